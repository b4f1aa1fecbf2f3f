/** Arbitrary decoding options, drawn from the table of options: a new one is tested without a line here. */
import { decoderRecords } from '../../../src/protocol/decoders';
import { keepsLocks } from '../../../src/protocol/decoder-facts';
import fc from 'fast-check';
import { decoderOptionNames, decoderOptions, type DecoderOptionName } from '../../../src/protocol/decoder-options';
import type { DecodeOptions, DecoderName, Task } from '../../../src/protocol/trace';
import { specialTokens } from './fake-network';

/** A few tokens come often, so that texts repeat them. */
export const token = fc.oneof(fc.integer({ min: 32, max: 63 }), fc.integer({ min: 40, max: 42 }));

/** A value within the bounds, with the ends more often than by chance. */
export function drawnValue(name: DecoderOptionName): fc.Arbitrary<unknown> {
  const option = decoderOptions[name];
  if (option.kind === 'flag') return fc.boolean();
  if (option.kind === 'choice') return fc.constantFrom(...option.choices);
  const { least, most, whole } = option;
  const inside = whole ? fc.integer({ min: least, max: most }) : fc.double({ min: least, max: most, noNaN: true });
  const small = whole
    ? fc.integer({ min: least, max: Math.min(most, least + 12) })
    : fc.double({ min: Math.max(least, -4), max: Math.min(most, 4), noNaN: true });
  return fc.oneof(small, inside, fc.constantFrom(least, most));
}

/** Any of these options with values within their bounds. */
export function drawnOptions(names: readonly DecoderOptionName[] = decoderOptionNames): fc.Arbitrary<DecodeOptions> {
  return fc.record(Object.fromEntries(names.map((name) => [name, drawnValue(name)])), { requiredKeys: [] });
}

/** Locks and drafts, contradictions and drafts above the limit of 64 positions included. */
export const drawnInput: fc.Arbitrary<DecodeOptions> = fc.record(
  {
    lockedTokens: fc.array(fc.integer({ min: -3, max: 70 }), { maxLength: 8 }),
    lockedDraft: fc.array(fc.nat(70), { maxLength: 6 }),
    draft: fc.array(
      fc.oneof(token, token, fc.constant(specialTokens.mask), fc.constantFrom(specialTokens.end, specialTokens.drop)),
      { maxLength: 70 },
    ),
  },
  { requiredKeys: [] },
);

/** Why this input has to be refused; undefined where it has to be accepted. */
export function refusal(
  name: DecoderName,
  task: Task,
  ids: readonly number[],
  options: DecodeOptions,
  maximumPositions = 64,
): RegExp | undefined {
  const { mask, end, drop } = specialTokens;
  const locked = [...new Set(options.lockedTokens)].filter((index) => index in ids).sort((left, right) => left - right);
  if (locked.length > 0 && !keepsLocks(name)) return /cannot keep tokens of the source: unlock them, or choose/;
  if (options.draft) {
    const use = name === 'insertion' && task === 'fix' ? 'edits' : decoderRecords[name].draft;
    if (!use) return /cannot go on from a draft: leave the draft out, or choose/;
    const open = options.draft.findIndex((id) => id === mask || id === end);
    const last = options.draft.indexOf(end);
    const text = options.draft.slice(0, last < 0 ? undefined : last).filter((id) => id !== drop);
    const read =
      use === 'edits'
        ? text.filter((id) => id !== mask).length + 1
        : use === 'whole'
          ? text.length
          : use === 'slots'
            ? options.draft.length
            : options.draft
                .slice(0, open < 0 ? undefined : options.draft[open] === end ? open + 1 : open)
                .filter((id) => id !== drop).length;
    if (read + 2 > maximumPositions)
      return new RegExp(`The draft takes ${read + 2} tokens.*at most ${maximumPositions}`);
    let next = 0;
    for (const index of locked) {
      next = text.indexOf(ids[index]!, next) + 1;
      if (next === 0) return /"lockedTokens" and "draft" contradict each other/;
    }
  }
  if (name === 'levenshtein-draft' && options.targetLength !== undefined && options.targetLength < locked.length)
    return /"lockedTokens" and "targetLength" contradict/;
  return undefined;
}

/** The members of `wanted` stand in `list` in their order. */
export function holds(list: readonly number[], wanted: readonly number[]): boolean {
  let next = 0;
  for (const id of list) if (id === wanted[next]) next++;
  return next === wanted.length;
}
