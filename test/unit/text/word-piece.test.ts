/**
 * The WordPiece tokenizer against the Python library (training/nar_training/reference/word_piece.py wrote the fixture).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenizerFromJson } from '../../../src/text/tokenizer';
import { leadingGap } from '../../../src/text/word-piece';
import { awkwardText } from './arbitraries';
import { processorTime } from '../processor-time';

const folder = path.join(__dirname, '../../fixtures/word-piece');
const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const json = readJson('tokenizer.json') as { model: { vocab: Record<string, number> } };
const tokenizer = tokenizerFromJson(json, {});
const texts = readJson('texts.json') as { text: string; ids: number[]; starts: number[]; ends: number[] }[];
const idOf = (piece: string): number => json.model.vocab[piece]!;

/** What the refusals below are about. */
interface Content {
  normalizer: { lowercase: boolean } | null;
  pre_tokenizer: { type: string };
  added_tokens: unknown[];
  model: { continuing_subword_prefix: string; vocab?: Record<string, number> };
}

describe('WordPiece', () => {
  it('gives the ids of the Python library and its ranges, the white space before a word aside', () => {
    expect(texts.length).toBeGreaterThan(200);
    for (const { text, ids, starts, ends } of texts) {
      const encoding = tokenizer.encode(text);
      expect(encoding.ids, JSON.stringify(text)).toEqual(ids);
      const words = encoding.starts.map((start, index) => start + leadingGap(text.slice(start, encoding.ends[index])));
      // What the normalizer removes belongs to the piece on its left there, and to the one on its right here.
      const removed = /[\p{Cc}\p{Cf}\p{Co}\ufffd]/gu;
      const shown = (from: readonly number[], to: readonly number[]): string[] =>
        from.map((start, index) => text.slice(start, to[index]).replaceAll(removed, ''));
      expect(shown(words, encoding.ends), JSON.stringify(text)).toEqual(shown(starts, ends));
    }
  });

  it('covers any text in order up to its last word, and never cuts a character', () => {
    fc.assert(
      fc.property(awkwardText, (text) => {
        const { ids, starts, ends } = tokenizer.encode(text);
        let at = 0;
        ids.forEach((id, index) => {
          expect(id).toBeGreaterThanOrEqual(32);
          expect(starts[index]).toBe(at);
          at = ends[index]!;
          expect(at).toBeGreaterThan(starts[index]!);
          expect(/[\ud800-\udbff]$/.test(text.slice(0, at)) && /^[\udc00-\udfff]/.test(text.slice(at))).toBe(false);
        });
        expect(leadingGap(text.slice(at))).toBe(text.length - at);
      }),
      { numRuns: 300 },
    );
  });

  it('makes one unknown token of a word that it cannot spell or that is too long', () => {
    for (const word of ['x\u05d0y', 'x'.repeat(101), '🙂']) {
      const { ids, starts, ends } = tokenizer.encode(`the ${word} the`);
      expect(ids).toEqual([idOf('the'), tokenizer.unknownId, idOf('the')]);
      expect([starts[1], ends[1]]).toEqual([3, 4 + word.length]);
    }
    expect(tokenizer.encode('x'.repeat(100)).ids).not.toContain(tokenizer.unknownId);
  });

  it('tells pieces that go on from those that begin', () => {
    expect(tokenizer.continues(idOf('##s'))).toBe(true);
    expect(tokenizer.continues(idOf('s'))).toBe(false);
    expect(tokenizer.continues(idOf('#'))).toBe(false);
    expect([idOf('the'), idOf('##s'), idOf(','), idOf('('), 1].map((id) => tokenizer.tokenText(id))).toEqual([
      ' the',
      's',
      ',',
      ' (',
      '',
    ]);
    expect([idOf('the'), idOf('##s'), 1, -1, 1e6].map((id) => tokenizer.pieceText(id))).toEqual([
      'the',
      's',
      '',
      '',
      '',
    ]);
  });

  it('writes white space by rule', () => {
    for (const text of [
      "It's the user's (first) state-of-the-art file, e.g. a list; see 3.14.",
      'He said "yes" and/or "no": 10:30, 1,000 of 50%.',
      "the users' files",
      'a - b',
    ]) {
      expect(tokenizer.decode(tokenizer.encode(text).ids)).toBe(text === 'a - b' ? 'a-b' : text);
    }
    expect(tokenizer.decode([0, 1, 2, 31])).toBe('');
    expect(tokenizer.decode([999_999, -1])).toBe('');
  });

  it('takes time in proportion to the text', () => {
    const spent = processorTime(() => {
      for (const text of ['word '.repeat(60_000), 'x'.repeat(200_000), ' '.repeat(50_000), '😀'.repeat(20_000)])
        tokenizer.encode(text);
    });
    expect(spent).toBeLessThan(8000);
  });

  const without = (change: (content: Content) => void) => () => {
    const content = structuredClone(json) as unknown as Content;
    change(content);
    tokenizerFromJson(content, {});
  };
  it('says what is wrong with a tokenizer that it would misread', () => {
    expect(without((content) => (content.normalizer!.lowercase = true))).toThrow('keep its case and accents');
    expect(without((content) => (content.normalizer = null))).toThrow('as the cased BERT does');
    expect(without((content) => (content.pre_tokenizer.type = 'Whitespace'))).toThrow('pre-tokenizer of BERT');
    expect(without((content) => (content.model.continuing_subword_prefix = '@@'))).toThrow('"##"');
    expect(without((content) => content.added_tokens.push({ id: 1, content: '<mask>' }))).toThrow('added tokens');
    expect(without((content) => delete content.model.vocab!['[UNK]'])).toThrow('no [UNK]');
    expect(without((content) => delete content.model.vocab)).toThrow('no vocabulary');
  });
});
