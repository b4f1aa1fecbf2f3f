import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SentenceCache, cacheKey } from '../../../src/engine/cache';

describe('SentenceCache', () => {
  it('forgets the least recently used', () => {
    const cache = new SentenceCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3);
    expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual([1, undefined, 3, 2]);
  });

  it('never holds more than its capacity and always finds what was set last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), fc.nat())),
        (capacity, entries) => {
          const cache = new SentenceCache<number>(capacity);
          for (const [key, value] of entries) {
            cache.set(key, value);
            expect(cache.get(key)).toBe(value);
            expect(cache.size).toBeLessThanOrEqual(capacity);
          }
        },
      ),
    );
  });
});

describe('cacheKey', () => {
  it('differs when the parts differ, also where their joined text is the same', () => {
    expect(cacheKey('ab', 'c')).not.toBe(cacheKey('a', 'bc'));
    expect(cacheKey('a', '')).not.toBe(cacheKey('a'));
    expect(cacheKey('1:a')).not.toBe(cacheKey('a', ''));
    // Lone surrogates are text too; in UTF-8 both would be the same replacement character.
    expect(cacheKey('\ud800')).not.toBe(cacheKey('\ud801'));
    expect(cacheKey('same', 3)).toBe(cacheKey('same', 3));
  });
});
