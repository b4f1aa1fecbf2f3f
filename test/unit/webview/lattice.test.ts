import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/protocol/trace';
import { latticeOf } from '../../../src/webview/logic/lattice';
import { step, token } from './tokens';

const alternatives = [
  { id: 5, text: 'a', probability: 0.6 },
  { id: 6, text: 'b', probability: 0.3 },
];

describe('the lattice of a step', () => {
  it('has the candidates of every position, the path, and where it overrules the most probable token', () => {
    const lattice = latticeOf(
      step(
        [
          { ...token('b'), id: 6, state: 'new', alternatives, marginals: [0.2, 0.75] },
          { ...token('a'), id: 5, state: 'new', alternatives },
        ],
        { system: 'crf', action: 'predict' },
      ),
    )!;
    expect(lattice.positions.map(({ chosen, overruled }) => [chosen, overruled])).toEqual([
      [1, true],
      [0, false],
    ]);
    expect(lattice.positions[0]!.candidates[1]).toEqual({ id: 6, text: 'b', probability: 0.3, marginal: 0.75 });
    expect(lattice.alignment).toBe(false);
  });
  it('of CTC drops blanks and repeats from the output', () => {
    const lattice = latticeOf(
      step(
        [
          { ...token(''), id: 9, state: 'deleted', alternatives: [{ id: 9, text: '', probability: 0.9 }] },
          { ...token('a'), id: 5, state: 'new', alternatives },
        ],
        { system: 'ctc', action: 'predict' },
      ),
    )!;
    expect(lattice.positions.map(({ output }) => output)).toEqual([undefined, 'a']);
    expect(lattice.alignment).toBe(true);
  });
  it('of a directed acyclic transformer skips the vertices off the path and says where each leads', () => {
    const links = [
      { position: 1, probability: 0.7 },
      { position: 2, probability: 0.3 },
    ];
    const lattice = latticeOf(
      step(
        [
          { ...token('a'), id: 5, state: 'new', alternatives, links },
          { ...token('a'), id: 5, state: 'deleted', alternatives, links: [{ position: 2, probability: 1 }] },
        ],
        { system: 'da-transformer', action: 'predict' },
      ),
    )!;
    expect(lattice.positions.map(({ chosen, overruled, output }) => [chosen, overruled, output])).toEqual([
      [0, false, 'a'],
      [-1, false, undefined],
    ]);
    expect(lattice.positions[0]!.links).toEqual(links);
    expect(lattice).toMatchObject({ graph: true, alignment: false });
  });
  it('is for decoders that choose positions together, after the reading', () => {
    expect(
      latticeOf(step([{ ...token('a'), alternatives }], { system: 'mask-predict', action: 'predict' })),
    ).toBeUndefined();
    expect(latticeOf(step([{ ...token('a'), alternatives }], { system: 'crf', action: 'encode' }))).toBeUndefined();
    expect(latticeOf(undefined)).toBeUndefined();
  });
  const folder = path.resolve(__dirname, '../../fixtures/tiny/traces');
  it.each(readdirSync(folder).filter((name) => /^(ctc|imputer|crf|da-transformer|ngram)/.test(name)))(
    'of %s leads through its candidates to its output',
    (name) => {
      const { trace, result } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
        trace: Trace;
        result: { ids: number[] };
      };
      const last = trace.steps.findLast(({ action }) => action !== 'encode');
      const lattice = latticeOf(last);
      if (!lattice)
        return expect(last === undefined || last.tokens.every((one) => one.alternatives.length === 0)).toBe(true);
      expect(lattice.positions.every(({ chosen, candidates }) => chosen >= -1 && chosen < candidates.length)).toBe(
        true,
      );
      if (lattice.graph)
        expect(
          lattice.positions.flatMap(({ chosen, candidates }) => (chosen < 0 ? [] : [candidates[chosen]!.id])),
        ).toEqual(result.ids);
      if (!lattice.alignment) expect(lattice.positions.length).toBeGreaterThanOrEqual(result.ids.length);
      expect(lattice.positions.filter(({ output }) => output !== undefined).length).toBeGreaterThanOrEqual(
        trace.options.draft ? 0 : 1,
      );
    },
  );
});
