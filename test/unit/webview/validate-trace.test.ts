import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/protocol/trace';
import { checkTrace, readTrace } from '../../../src/webview/logic/validate-trace';
import { workOutAll } from './everything';
import { step, token, trace } from './tokens';

const fault = (value: unknown) => {
  const reading = checkTrace(value);
  return 'fault' in reading ? reading.fault : undefined;
};

describe('reading a trace file', () => {
  const folder = path.resolve(__dirname, '../../fixtures/traces-demo');
  it.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('opens %s', (name) => {
    expect(readTrace(readFileSync(path.join(folder, name), 'utf8'))).toHaveProperty('trace');
  });

  it('says what is wrong with other files', () => {
    expect(readTrace('{')).toHaveProperty('fault', expect.stringMatching(/^This file is not JSON: /));
    expect(fault([])).toMatch(/must be an object/);
    expect(fault({})).toMatch(/has no "version"/);
    expect(fault({ ...trace(), version: 2 })).toMatch(/version 2.*reads version 1\. Update/);
    expect(fault({ ...trace(), version: 'x' })).toMatch(/Record it again/);
  });

  it('tells a cut file and an unknown decoder from other damage', () => {
    const whole = JSON.stringify(trace());
    expect(readTrace(whole.slice(0, -20))).toHaveProperty(
      'fault',
      expect.stringMatching(/^This file is not JSON: .*Its end is missing/),
    );
    expect(readTrace('[1,')).not.toHaveProperty('fault', expect.stringContaining('Its end is missing'));
    expect(fault({ ...trace(), system: 'quantum' })).toBe(
      'This trace was recorded by the decoder "quantum", which this panel does not know. Update NAR Text Tools to open it.',
    );
  });

  it('names the place of the first fault', () => {
    expect(
      fault({ ...trace(), steps: [step([token('a'), { ...token('b'), logProbability: null as unknown as number }])] }),
    ).toContain('steps[0].tokens[1].logProbability must be a number');
    const piece = { viewStart: 0, sourceStart: -1, length: 1, protected: false };
    expect(fault({ ...trace(), sentences: [{ start: 0, length: 1, pieces: [piece] }] })).toContain(
      'sentences[0].pieces[0].sourceStart must be a whole number',
    );
    expect(fault({ ...trace(), task: 'guess' })).toContain('task must be one of fix');
    expect(fault({ ...trace(), steps: [step([token('a', { sourceIndex: 9 })])] })).toContain(
      'steps[0].tokens[0].sourceIndex must point into the source',
    );
    expect(
      fault({ ...trace(), steps: [step([token('a', { operation: [1, 0] as unknown as [number, number, number] })])] }),
    ).toContain('operation must be three probabilities');
    expect(fault({ ...trace(), steps: new Array(2001).fill(step([])) })).toContain('at most 2000');
  });

  it('never throws and never lets a damaged trace through', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(checkTrace(value)).toHaveProperty('fault');
      }),
    );
    const required = [
      'task',
      'system',
      'model',
      'options',
      'sourceText',
      'source',
      'steps',
      'output',
      'stop',
      'passes',
      'milliseconds',
    ];
    for (const name of required) expect(fault({ ...trace(), [name]: undefined }), name).toMatch(/damaged/);
  });
});

type Place = (string | number)[];
const fixtures = path.resolve(__dirname, '../../fixtures');
const golden = (name: string): Trace =>
  (JSON.parse(readFileSync(path.join(fixtures, 'tiny/traces', `${name}.json`), 'utf8')) as { trace: Trace }).trace;
const demo = (name: string): Trace =>
  JSON.parse(readFileSync(path.join(fixtures, 'traces-demo', `${name}.json`), 'utf8')) as Trace;
/** Together they have every field of the format, and options of every kind. */
const traces: Record<string, () => Trace> = {
  ...Object.fromEntries(['correction', 'mask-predict', 'crf'].map((name) => [name, () => demo(name)])),
  ...Object.fromEntries(
    [
      'da-transformer-4',
      'blockwise-parallel-2',
      'crf-2',
      'janus-3',
      'insertion-2',
      'levenshtein-1',
      'levenshtein-draft-2',
      'fast-correct-3',
      'voting-2',
      'mask-predict-5',
      'ctc-3',
      'dream-3',
      'semi-autoregressive-2',
      'single-pass-3',
      'edit-tags-3',
      'noisy-parallel-2',
    ].map((name) => [name, () => golden(name)]),
  ),
};

/** Every place of a trace, and of each the value that is there. */
function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [
    ...(place.length > 0 ? [place] : []),
    ...Object.entries(value).flatMap(([name, field]) => placesOf(field, [...place, name])),
  ];
}
/** Puts `wrong` there while `look` looks. */
function damaged(whole: unknown, place: Place, wrong: unknown, look: () => void): void {
  let at = whole as Record<string | number, unknown>;
  for (const name of place.slice(0, -1)) at = at[name] as Record<string, unknown>;
  const last = place.at(-1)!,
    right = at[last];
  at[last] = wrong;
  try {
    look();
  } finally {
    at[last] = right;
  }
}
/**
 * What can be right at no place of its kind: an object without any field may be right where all fields are optional.
 */
function wrongFor(whole: unknown, place: Place, index: number): unknown {
  const right = place.reduce<unknown>((value, name) => (value as Record<string | number, unknown>)[name], whole);
  return typeof right === 'object' ? [null, 5, 'x'][index % 3] : [null, { a: 1 }, NaN][index % 3];
}
/** A part of a long trace's places that does not change from run to run. */
const some = <T>(list: readonly T[], most: number): T[] =>
  list.filter((_, index) => index % Math.ceil(list.length / most) === 0);

describe.each(Object.keys(traces))('damage in %s', (name) => {
  const whole = traces[name]!();
  const all = placesOf(whole);

  it('is found at any place, options included', () => {
    for (const [index, place] of some(all, 400).entries()) {
      damaged(whole, place, wrongFor(whole, place, index), () =>
        expect(checkTrace(whole), place.join('.')).toHaveProperty('fault'),
      );
    }
    for (const place of placesOf(whole.options, ['options']))
      damaged(whole, place, NaN, () => expect(checkTrace(whole), place.join('.')).toHaveProperty('fault'));
    expect(checkTrace(whole)).toHaveProperty('trace');
  });

  it('that is let through breaks nothing that the page works out', () => {
    const wrongs = [undefined, 0, -1, 1e9, 0.5, '', 'x', true, false, [], {}, [5], 5];
    for (const [index, place] of some(all, 20).entries()) {
      for (const wrong of wrongs.slice(index % 3)) {
        damaged(whole, place, wrong, () => {
          const reading = checkTrace(JSON.parse(JSON.stringify(whole)));
          if ('trace' in reading)
            expect(() => workOutAll(reading.trace), `${place.join('.')} = ${JSON.stringify(wrong)}`).not.toThrow();
        });
      }
    }
  });
});

describe('fields that once were not looked at', () => {
  it.each([
    [
      'accepted',
      { ...trace(), steps: [{ ...step([]), accepted: {} }] },
      'steps[0].accepted.tokens must be a whole number',
    ],
    [
      'links',
      { ...trace(), steps: [step([{ ...token('a'), links: 5 as never }])] },
      'steps[0].tokens[0].links must be a list',
    ],
    [
      'links that lead nowhere',
      { ...trace(), steps: [step([{ ...token('a'), links: [{ position: 2, probability: 1 }] }])] },
      'steps[0].tokens[0].links must point to',
    ],
    ['lockedTokens', { ...trace(), options: { lockedTokens: 5 } }, 'options.lockedTokens must be a list'],
    [
      'an option',
      { ...trace(), options: { order: 'best' } },
      'options.order must be one of entropy, margin, probability',
    ],
    [
      'columns',
      { ...trace(), steps: [{ ...step([]), columns: [{ start: 2, end: 1, texts: [], agreement: 1 }] }] },
      'steps[0].columns[0] must lie within the source',
    ],
  ])('%s', (_, value, expected) => {
    expect(fault(value)).toContain(expected);
  });
});
