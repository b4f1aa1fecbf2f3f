/**
 * The lattice of a step: what stood to choose at every position, and the path that was chosen. Pure; read from the
 * tokens, which carry all of it.
 */
import type { Alternative, DecoderName, Step, VertexLink } from '../../protocol/trace';

/** Decoders whose positions are chosen together; for the others the best token of each place is the choice. */
const latticeDecoders: ReadonlySet<DecoderName> = new Set(['ctc', 'imputer', 'crf', 'da-transformer', 'ngram-fusion']);
/** Of these the shown tokens are an alignment: repeats and blanks are dropped from the output. */
const alignments: ReadonlySet<DecoderName> = new Set(['ctc', 'imputer']);

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
  if (
    !step ||
    !latticeDecoders.has(step.system) ||
    step.action === 'encode' ||
    step.tokens.every(({ alternatives }) => alternatives.length === 0)
  )
    return undefined;
  const alignment = alignments.has(step.system);
  const graph = step.system === 'da-transformer';
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
