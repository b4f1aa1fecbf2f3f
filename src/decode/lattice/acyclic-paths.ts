/**
 * Paths through a directed acyclic graph of V vertices (Huang 2022, §3): from the first to the last, always forward.
 * The ends hold no token; every other vertex offers its best one. Links and emissions are natural logarithms; of equal
 * choices the earlier vertex is taken.
 *
 *   greedy      a_k = argmax_j E[a_{k−1}, j]
 *   lookahead   a_k = argmax_j E[a_{k−1}, j] · max_v p(v | j)
 *   Viterbi     A = argmax_A log( Π_k E[a_{k−1}, a_k] · max_v p(v | a_k) ) / T^β        over all lengths T (Shao 2022)
 */
import type { PathSearch } from '../../protocol/trace';

export interface AcyclicGraph {
  /** With both ends. */
  vertices: number;
  /** log E [vertices, vertices]; −Infinity where no link is, and nowhere to earlier vertices. */
  links: Float64Array;
  /** Log-probability of the best token of each vertex; 0 at the ends. */
  emissions: Float64Array;
}

/** The vertices of the path without the ends. */
export function findPath(graph: AcyclicGraph, search: PathSearch, lengthPenalty: number): number[] {
  if (search === 'viterbi') return viterbi(graph, lengthPenalty);
  return stepByStep(graph, search === 'lookahead');
}

function stepByStep({ vertices, links, emissions }: AcyclicGraph, lookahead: boolean): number[] {
  const path: number[] = [];
  const last = vertices - 1;
  for (let at = 0; ; ) {
    let next = last;
    let highest = -Infinity;
    for (let to = at + 1; to < vertices; to++) {
      const score = links[at * vertices + to]! + (lookahead ? emissions[to]! : 0);
      if (score > highest) [highest, next] = [score, to];
    }
    if (next === last) return path;
    path.push((at = next));
  }
}

/** O(V³) in the worst case: the length is part of the state, because only its end is divided by T^β. */
function viterbi({ vertices, links, emissions }: AcyclicGraph, lengthPenalty: number): number[] {
  const last = vertices - 1;
  let reached = Float64Array.from(emissions, (emission, vertex) => links[vertex]! + emission); // by paths of one vertex
  const back: Int16Array[] = [];
  let best = { value: -Infinity, length: 0, vertex: 0 };
  for (let length = 1; length < last; length++) {
    for (let vertex = length; vertex < last; vertex++) {
      const value = (reached[vertex]! + links[vertex * vertices + last]!) / length ** lengthPenalty;
      if (value > best.value) best = { value, length, vertex };
    }
    const longer = new Float64Array(vertices).fill(-Infinity);
    const from = new Int16Array(vertices);
    for (let vertex = length; vertex < last; vertex++) {
      const own = reached[vertex]!;
      if (own === -Infinity) continue;
      for (let to = vertex + 1; to < last; to++) {
        const score = own + links[vertex * vertices + to]!;
        if (score > longer[to]!) {
          longer[to] = score;
          from[to] = vertex;
        }
      }
    }
    for (let to = 0; to < last; to++) longer[to]! += emissions[to]!;
    back.push(from);
    reached = longer;
  }
  if (best.length === 0) return [];
  const path = [best.vertex];
  for (let step = best.length - 2; step >= 0; step--) path.unshift(back[step]![path[0]!]!);
  return path;
}

/** Log-probability of a path: its links, the last one to the end included, and its tokens. */
export function pathScore({ vertices, links, emissions }: AcyclicGraph, path: readonly number[]): number {
  let at = 0;
  let score = 0;
  for (const to of [...path, vertices - 1]) {
    score += links[at * vertices + to]! + emissions[to]!;
    at = to;
  }
  return score;
}

/** Takes away the links that jump over one of these vertices: every path then leads through all of them. */
export function leadThrough({ vertices, links }: AcyclicGraph, fixed: readonly number[]): void {
  for (const vertex of fixed) {
    for (let from = 0; from < vertex; from++)
      links.fill(-Infinity, from * vertices + vertex + 1, (from + 1) * vertices);
  }
}
