/** Paths against all paths written out, the links and their file, locked tokens, and models without links. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPath, leadThrough, pathScore, type AcyclicGraph } from '../../../src/decode/lattice/acyclic-paths';
import { lastValues, readLinkTable } from '../../../src/decode/lattice/link-table';
import { pathSearches } from '../../../src/protocol/trace';
import { fakeNetwork, graph as shape, run, source, specialTokens, tables } from './fake-network';

const { mask } = specialTokens;
const probability = fc.double({ min: 0.01, max: 1, noNaN: true });

/** Two to seven vertices between the ends, rows that sum to one, no link from end to end. */
const graphs: fc.Arbitrary<AcyclicGraph> = fc.integer({ min: 3, max: 8 }).chain((vertices) =>
  fc
    .tuple(
      fc.array(probability, { minLength: vertices * vertices, maxLength: vertices * vertices }),
      fc.array(probability, { minLength: vertices, maxLength: vertices }),
    )
    .map(([weights, tokens]) => {
      const links = new Float64Array(vertices * vertices).fill(-Infinity);
      for (let from = 0; from < vertices - 1; from++) {
        const last = from === 0 ? vertices - 1 : vertices;
        let sum = 0;
        for (let to = from + 1; to < last; to++) sum += weights[from * vertices + to]!;
        for (let to = from + 1; to < last; to++)
          links[from * vertices + to] = Math.log(weights[from * vertices + to]! / sum);
      }
      return {
        vertices,
        links,
        emissions: Float64Array.from(tokens, (one, vertex) =>
          vertex === 0 || vertex === vertices - 1 ? 0 : Math.log(one),
        ),
      };
    }),
);

function allPaths({ vertices }: AcyclicGraph): number[][] {
  const inner = vertices - 2;
  return Array.from({ length: 2 ** inner - 1 }, (_, bits) =>
    Array.from({ length: inner }, (__, at) => at + 1).filter((vertex) => ((bits + 1) >> (vertex - 1)) & 1),
  );
}

describe('paths', () => {
  it('of the Viterbi search are the best of all under any length penalty', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(0, 0.5, 1, 2), (graph, penalty) => {
        const value = (one: number[]): number => pathScore(graph, one) / one.length ** penalty;
        expect(value(findPath(graph, 'viterbi', penalty))).toBeCloseTo(Math.max(...allPaths(graph).map(value)), 9);
      }),
    );
  });

  it('of the other two take the best next vertex at every step', () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), (graph, lookahead) => {
        const found = findPath(graph, lookahead ? 'lookahead' : 'greedy', 1);
        let at = 0;
        for (const to of [...found, graph.vertices - 1]) {
          const score = (vertex: number): number =>
            graph.links[at * graph.vertices + vertex]! + (lookahead ? graph.emissions[vertex]! : 0);
          for (let other = at + 1; other < graph.vertices; other++) expect(score(other)).toBeLessThanOrEqual(score(to));
          at = to;
        }
      }),
    );
  });

  it('lead through every fixed vertex', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...pathSearches),
        (graph, drawn, search) => {
          const fixed = [...new Set(drawn.map((one) => 1 + (one % (graph.vertices - 2))))];
          leadThrough(graph, fixed);
          expect(findPath(graph, search, 1)).toEqual(expect.arrayContaining(fixed));
        },
      ),
    );
  });

  it('differ where a likely step leads to an unsure word', () => {
    // 0 goes to 1 (0.6) or 2 (0.4); 1 holds its token with 0.1, 2 with 0.9; both go to the end.
    const links = new Float64Array(16).fill(-Infinity);
    for (const [from, to, share] of [
      [0, 1, 0.6],
      [0, 2, 0.4],
      [1, 2, 0.1],
      [1, 3, 0.9],
      [2, 3, 1],
    ] as const)
      links[from * 4 + to] = Math.log(share);
    const graph = { vertices: 4, links, emissions: Float64Array.of(0, Math.log(0.1), Math.log(0.9), 0) };
    expect(findPath(graph, 'greedy', 1)).toEqual([1]);
    expect(findPath(graph, 'lookahead', 1)).toEqual([2]);
    expect(findPath(graph, 'viterbi', 0)).toEqual([2]);
    expect(findPath(graph, 'viterbi', 3)).toEqual([1, 2]); // a heavy penalty on shortness
  });
});

describe('the links', () => {
  const bytes = new Uint8Array(readFileSync(path.join(__dirname, '../../fixtures/tiny/dag.bin')));

  it('lead forward only, sum to one, and never from end to end', () => {
    const table = readLinkTable(bytes, 32);
    expect(table.upsampling).toBe(3);
    const vertices = 9;
    const links = table.logProbabilities(
      Float64Array.from({ length: vertices * 32 }, (_, at) => Math.sin(at * at)),
      vertices,
    );
    for (let from = 0; from < vertices; from++) {
      const row = Array.from(links.subarray(from * vertices, (from + 1) * vertices), Math.exp);
      expect(row.slice(0, from + 1).every((share) => share === 0)).toBe(true);
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(from === vertices - 1 ? 0 : 1, 12);
    }
    expect(links[vertices - 1]).toBe(-Infinity);
  });

  it('are refused when they are damaged or of another network', () => {
    expect(() => readLinkTable(bytes, 48)).toThrow(/width 32, the model has 48/);
    expect(() => readLinkTable(bytes.subarray(0, 900), 32)).toThrow(/900 bytes/);
    expect(() => readLinkTable(bytes.subarray(8), 32)).toThrow(/holds no links/);
    expect(() => readLinkTable(new Uint8Array(3), 32)).toThrow(RangeError);
  });

  it('read the last layer, its heads side by side', () => {
    // [layers, batch, heads, length, headSize]
    const values = Float32Array.from({ length: 2 * 1 * 2 * 3 * 2 }, (_, at) => at);
    expect(Array.from(lastValues({ ...shape, layers: 2 }, { batch: 1, length: 3, keys: values, values }))).toEqual([
      12, 13, 18, 19, 14, 15, 20, 21, 16, 17, 22, 23,
    ]);
  });
});

describe('da-transformer', () => {
  it('writes the tokens of a path through vertices that all were masks', async () => {
    const network = fakeNetwork({ seed: 2, fill: (_, row) => 39 + row });
    const { result, steps } = await run('da-transformer', network, source([40, 41]), { upsampling: 2 });
    expect(Array.from(network.calls[1]!.tokenIds)).toEqual([
      specialTokens.begin,
      mask,
      mask,
      mask,
      mask,
      specialTokens.end,
    ]);
    const { tokens } = steps[1]!;
    expect(tokens.map(({ sourceIndex }) => sourceIndex)).toEqual([0, 0, 1, 1]);
    expect(result.ids).toEqual(tokens.filter(({ state }) => state === 'new').map(({ id }) => id));
    const shown = tokens.flatMap(({ state }, position) => (state === 'new' ? [position] : []));
    shown.forEach((position, at) =>
      expect(tokens[position]!.links!.map((link) => link.position)).toContain(shown[at + 1] ?? tokens.length),
    );
  });

  it.each(pathSearches)(
    'copies locked and protected tokens in their order, with nothing between neighbours: %s',
    async (pathSearch) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 100, max: 105 }), { minLength: 1, maxLength: 10 }),
          fc.nat(),
          fc.array(fc.nat(9), { maxLength: 5 }),
          async (ids, seed, lockedTokens) => {
            const network = fakeNetwork({ seed });
            network.graph.vocabulary = 200;
            const { result } = await run(
              'da-transformer',
              network,
              source(ids, { protected: Uint8Array.from(ids, (_, index) => (index < 2 ? 1 : 0)) }),
              { lockedTokens, pathSearch },
            );
            expect(result.ids.filter((id) => id >= 100)).toEqual(
              ids.filter((_, index) => index < 2 || lockedTokens.includes(index)),
            );
            expect(result.ids.slice(0, 2)).toEqual(ids.slice(0, 2));
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it('takes fewer vertices a token where the positions do not suffice', async () => {
    const network = fakeNetwork({ seed: 1, maximumPositions: 20 });
    await run('da-transformer', network, source([40, 41, 42, 43, 44]), { upsampling: 8 });
    expect(network.calls[1]!.length).toBe(3 * 5 + 2);
    await expect(run('da-transformer', network, source([40]), { upsampling: 0 })).rejects.toThrow(/"upsampling" is 0/);
  });

  it('refuses a model without links, and says what to do', async () => {
    const others = { transitions: tables.transitions!, ngrams: tables.ngrams! };
    await expect(run('da-transformer', fakeNetwork({ seed: 1 }), source([40]), {}, { tables: others })).rejects.toThrow(
      /dag\.bin in its folder.*Choose another decoder/,
    );
  });
});
