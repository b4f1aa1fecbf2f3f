/**
 * Results by sentence, so that an edit in a document only re-runs the sentences that it changed.
 * Least recently used go first.
 */
import { createHash } from 'node:crypto';

export class SentenceCache<Value> {
  private readonly entries = new Map<string, Value>();
  hits = 0;
  misses = 0;

  /** @param capacity sentences; 20,000 hold several books */
  constructor(private readonly capacity = 20_000) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) {
      this.misses++;
      return undefined;
    }
    this.hits++;
    // A Map keeps the order of insertion: moving the entry to the end makes the first one the least recently used.
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value!);
  }

  clear(): void {
    this.entries.clear();
  }
}

/**
 * Key of a sentence under everything that can change its result. Parts are length-prefixed, so no two lists collide.
 */
export function cacheKey(...parts: (string | number)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) {
    const text = String(part);
    hash.update(`${text.length}:`).update(text, 'utf16le');
  }
  return hash.digest('base64');
}
