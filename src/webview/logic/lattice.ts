/** The lattice of a step: what stood to choose at every position, and the path that was chosen. Pure; read from the tokens, which carry all of it. */
import type { Alternative, DecoderName, Step } from '../../protocol/trace';

/** Decoders whose positions are chosen together; for the others the best token of each place is the choice. */
const latticeDecoders: ReadonlySet<DecoderName> = new Set(['ctc', 'imputer', 'crf', 'ngram-fusion']);
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
  /** What the position adds to the output: nothing for a blank or a repeat. */
  output: string | undefined;
}

export interface Lattice {
  alignment: boolean;
  positions: LatticePosition[];
}

export function latticeOf(step: Step | undefined): Lattice | undefined {
  if (!step || !latticeDecoders.has(step.system) || step.action === 'encode' || step.tokens.every(({ alternatives }) => alternatives.length === 0)) return undefined;
  const alignment = alignments.has(step.system);
  const positions = step.tokens.flatMap(({ id, text, state, alternatives, marginals }, position): LatticePosition[] => {
    if (alternatives.length === 0) return alignment ? [] : [{ position, candidates: [{ id, text, probability: 1 }], chosen: 0, overruled: false, output: text }];
    const candidates = alternatives.map((one, index) => (marginals?.[index] === undefined ? one : { ...one, marginal: marginals[index] }));
    const chosen = candidates.findIndex((one) => one.id === id);
    return [{ position, candidates, chosen, overruled: chosen !== 0 && state !== 'masked', output: state === 'deleted' || state === 'masked' ? undefined : text }];
  });
  return positions.length > 0 ? { alignment, positions } : undefined;
}
