/** The decoders' roles, and that no other file of src names a decoder where a role or a record's field would do. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decoderFor, draftUse, inRounds, watchedDecoder } from '../../../src/protocol/decoder-facts';
import { decoderNames, decoderRecords } from '../../../src/protocol/decoders';

const source = path.resolve(import.meta.dirname, '../../../src');

/** Words that happen to be a decoder's name: a temperature, a model's capability, a mode whose probability is shown. */
const otherMeaning = [
  'engine/model/read-manifest.ts: insertion',
  'protocol/decoder-record.ts: ctc',
  'protocol/manifest.ts: ctc',
  'webview/logic/lattice.ts: ctc',
  'webview/view/steps/modes.tsx: autoregressive',
];

describe('roles', () => {
  it('each has one decoder', () => {
    const roles = decoderNames.flatMap((name) => decoderRecords[name].role ?? []);
    expect([...roles].sort()).toEqual(['fix', 'fixInRounds', 'write', 'writeInOrder', 'writeInRounds']);
  });

  it('a decoder of one round is followed by one that goes on, which is also what there is to watch', () => {
    expect(inRounds(decoderFor('fix'))).toBe(watchedDecoder('fix'));
    expect(inRounds(decoderFor('write'))).toBe(watchedDecoder('shorten'));
    expect(inRounds(watchedDecoder('fix'))).toBeUndefined();
  });

  it('insertion corrects by edits and writes from a whole state', () => {
    expect([draftUse('insertion', 'fix'), draftUse('insertion', 'rephrase')]).toEqual(['edits', 'whole']);
    expect([draftUse('mask-predict', 'fix'), draftUse('voting', 'fix')]).toEqual(['slots', undefined]);
  });
});

it('a decoder is named in its record, in its family and in the table of decode alone', () => {
  const literal = new RegExp(`'(${decoderNames.join('|')})'`, 'g');
  const named = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => /\.tsx?$/.test(file) && file !== 'protocol/decoders.ts' && !file.startsWith('decode/'))
    .flatMap((file) =>
      [...readFileSync(path.join(source, file), 'utf8').matchAll(literal)].map(([, name]) => `${file}: ${name}`),
    );
  expect(named.sort()).toEqual(otherMeaning);
});
