/**
 * The lattice of a step: what stood to choose at every position, and the path that was chosen. Pure; read from the
 * tokens, which carry all of it.
 */
import { decoderRecords } from '../../protocol/decoders';
import type { Alternative, Step, VertexLink } from '../../protocol/trace';

export interface LatticePosition {
  /** Index into the step's tokens. */
  position: number;
  /** Best first, at most 8; `marginal` under all paths, where the decoder has it. */
  candidates: (Alternative & { marginal?: number })[];
  /** Index into `candidates` of the chosen one; -1 where it is none of them. */
  chosen: number;
  /** The path took another token than the one that was most probable by itself. */
  overruled: boolean;
  /** What the position adds to the output: nothing for a blank, a repeat or a vertex off the path. */
  output: string | undefined;
  /** Directed acyclic transformer: where the text may go on; `position` as above, the number of tokens is the end. */
  links?: VertexLink[];
}

export interface Lattice {
  alignment: boolean;
  /** The positions are vertices of a graph: the path skips those that it does not need. */
  graph: boolean;
  positions: LatticePosition[];
}

export function latticeOf(step: Step | undefined): Lattice | undefined {
  // Without a need the best token of each place is the choice; the others choose their positions together.
  const need = step && decoderRecords[step.system].needs;
  if (
    !step ||
    need === undefined ||
    step.action === 'encode' ||
    step.tokens.every(({ alternatives }) => alternatives.length === 0)
  )
    return undefined;
  // Repeats and blanks of an alignment are dropped from the output.
  const alignment = need === 'ctc';
  const graph = need === 'links';
  const positions = step.tokens.flatMap(
    ({ id, text, state, alternatives, marginals, links }, position): LatticePosition[] => {
      const more = links ? { links } : {};
      if (alternatives.length === 0)
        return alignment
          ? []
          : [
              {
                position,
                candidates: [{ id, text, probability: 1 }],
                chosen: 0,
                overruled: false,
                output: text,
                ...more,
              },
            ];
      const candidates = alternatives.map((one, index) =>
        marginals?.[index] === undefined ? one : { ...one, marginal: marginals[index] },
      );
      const skipped = graph && state === 'deleted';
      const chosen = skipped ? -1 : candidates.findIndex((one) => one.id === id);
      return [
        {
          position,
          candidates,
          chosen,
          overruled: !skipped && chosen !== 0 && state !== 'masked',
          output: state === 'deleted' || state === 'masked' ? undefined : text,
          ...more,
        },
      ];
    },
  );
  return positions.length > 0 ? { alignment, graph, positions } : undefined;
}
