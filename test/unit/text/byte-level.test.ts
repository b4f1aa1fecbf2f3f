import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteLevelTokenizer } from '../../../src/text/byte-level';
import { awkwardText } from './arbitraries';
import { tinyTokenizer } from './tiny-tokenizer';
import { processorTime } from '../processor-time';

const tiny = ByteLevelTokenizer.fromJson(tinyTokenizer(), {});
const file = path.join(__dirname, '../../../models/nar-base/tokenizer.json');
const trained = fs.existsSync(file)
  ? ByteLevelTokenizer.fromJson(JSON.parse(fs.readFileSync(file, 'utf8')), {})
  : undefined;

for (const [name, tokenizer] of [
  ['tiny', tiny],
  ['trained', trained],
] as const) {
  describe.skipIf(tokenizer === undefined)(`the ${name} tokenizer`, () => {
    const { encode, decode } = {
      encode: (text: string) => tokenizer!.encode(text),
      decode: (ids: number[]) => tokenizer!.decode(ids),
    };

    it('covers any text in order, and never cuts a character', () => {
      fc.assert(
        fc.property(awkwardText, (text) => {
          const { ids, starts, ends } = encode(text);
          expect(starts.length).toBe(ids.length);
          expect(ends.length).toBe(ids.length);
          let at = 0;
          ids.forEach((id, index) => {
            expect(id).toBeGreaterThanOrEqual(32);
            expect(starts[index]).toBe(at);
            at = ends[index]!;
            expect(at).toBeGreaterThanOrEqual(starts[index]!);
            expect(/[\ud800-\udbff]$/.test(text.slice(0, at)) && /^[\udc00-\udfff]/.test(text.slice(at))).toBe(false);
          });
          expect(at).toBe(text.length);
          // @ts-expect-error toWellFormed is in Node 20, not in the ES2023 library
          expect(decode(ids)).toBe(text.toWellFormed());
        }),
        { numRuns: 1000 },
      );
    });

    it('gives each whole token the text at its offsets', () => {
      const text = 'The café — naïve 日本 😀 e\u0301\r\n\ttab \ud83d lone. the the';
      const { ids, starts, ends } = encode(text);
      ids.forEach((id, index) => {
        const shown = tokenizer!.tokenText(id);
        if (!shown.includes('\ufffd')) expect(shown).toBe(text.slice(starts[index], ends[index]));
      });
      expect(ids.map((id) => tokenizer!.tokenText(id)).filter((shown) => shown.startsWith(' ')).length).toBeGreaterThan(
        3,
      );
    });

    it('reads names of special tokens as plain text and leaves reserved ids out', () => {
      expect(decode(encode('<mask> and </deleted> <pad>').ids)).toBe('<mask> and </deleted> <pad>');
      expect(decode([0, 1, 2, 31])).toBe('');
      expect(decode([])).toBe('');
      expect(decode([999_999, -1])).toBe('');
      expect(tokenizer!.tokenText(1)).toBe('');
    });

    it('takes time in proportion to the text', () => {
      const spent = processorTime(() => {
        for (const text of ['word '.repeat(60_000), 'x'.repeat(20_000), ' '.repeat(50_000), '😀'.repeat(20_000)]) {
          const { ends } = encode(text);
          expect(ends[ends.length - 1]).toBe(text.length);
        }
      });
      expect(spent).toBeLessThan(8000);
    });
  });
}

describe('a tokenizer that does not fit', () => {
  const without = (change: (json: ReturnType<typeof tinyTokenizer>) => unknown) => () => {
    const json = tinyTokenizer();
    change(json);
    ByteLevelTokenizer.fromJson(json, {});
  };
  it('is refused with a reason', () => {
    expect(() => ByteLevelTokenizer.fromJson(null, {})).toThrow('no vocabulary');
    expect(() => ByteLevelTokenizer.fromJson({}, {})).toThrow('no vocabulary');
    expect(
      without((json) => {
        json.pre_tokenizer.add_prefix_space = true;
      }),
    ).toThrow('without a prefix space');
    expect(
      without((json) => {
        json.pre_tokenizer.type = 'Whitespace';
      }),
    ).toThrow('ByteLevel');
    expect(
      without((json) => {
        json.normalizer = { type: 'NFC' } as never;
      }),
    ).toThrow('must not normalize');
    expect(
      without((json) => {
        json.added_tokens.push({ id: 1, content: '<mask>' } as never);
      }),
    ).toThrow('added tokens');
    expect(
      without((json) => {
        json.model.vocab['日'] = 400;
      }),
    ).toThrow('no ByteLevel token');
  });
});
