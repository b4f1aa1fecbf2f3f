/**
 * Alignments of connectionist temporal classification (Graves 2006): a canvas of `upsampling` slots for each source
 * token, each slot holds a token or the blank; equal neighbours collapse to one token, then blanks go.
 */
import type { DecodeOptions, Step } from '../../protocol/trace';
import type { DecoderSource } from '../decoder';
import { sourceRequest } from '../layout';
import { lockedIndices } from '../locked-draft';
import type { ForwardResult, Network } from '../network';
import { plainToken, type Run } from '../step';

export const usualUpsampling = 2;

export interface Canvas {
  /** Slots for each source token; fewer than asked for where the positions do not suffice, at least 1. */
  upsampling: number;
  /** Per slot: its source token. */
  owners: number[];
  /**
   * Per slot: the locked or protected token, or the blanks after it; −1 where the network decides (SoftCorrect's
   * constrained CTC, Leng 2023).
   */
  fixed: number[];
}

/** @throws RangeError when the model's head has no blank, or for an upsampling that is no whole number of at least 1 */
export function openCanvas(network: Network, source: DecoderSource, options: DecodeOptions): Canvas {
  if (!network.capabilities?.includes('ctc')) {
    throw new RangeError(
      'This decoder needs a model that was trained with connectionist temporal classification ("ctc" among the "capabilities" of its manifest), ' +
        'and this one was not. Choose another decoder.',
    );
  }
  const wanted = options.upsampling ?? usualUpsampling;
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new RangeError(`"upsampling" is ${wanted}: give a whole number of slots for each token, 1 or more.`);
  const upsampling = Math.max(
    1,
    Math.min(wanted, Math.floor((network.graph.maximumPositions - 2) / Math.max(1, source.ids.length))),
  );
  const locked = new Set(lockedIndices(source, options));
  const owners = source.ids.flatMap((_, index) => new Array<number>(upsampling).fill(index));
  const fixed = owners.map((index, slot) =>
    source.protected[index] || locked.has(index)
      ? slot % upsampling === 0
        ? source.ids[index]!
        : network.specialTokens.blank
      : -1,
  );
  return { upsampling, owners, fixed };
}

/** The step of the encode pass, and what the passes over the canvas need. Errors of `openCanvas`. */
export async function* encodeCanvas(
  run: Run,
  source: DecoderSource,
  options: DecodeOptions,
): AsyncGenerator<Step, Canvas & { encoded: ForwardResult }> {
  const { network } = run.context;
  const canvas = openCanvas(network, source, options);
  const encoded = await run.forward(sourceRequest(network, source));
  yield run.step(
    'encode',
    source.ids.map((id, index) => plainToken(run.context, id, 'given', { sourceIndex: index })),
  );
  return { ...canvas, encoded };
}

/** Per slot: 1 where it gives a token of the output. A fixed token never merges with the slot before it. */
export function collapse(alignment: readonly number[], fixed: readonly number[], blank: number): Uint8Array {
  return Uint8Array.from(alignment, (id, slot) =>
    id !== blank && (id !== alignment[slot - 1] || fixed[slot]! >= 0) ? 1 : 0,
  );
}

export interface SlotReading {
  ids: number[];
  logProbabilities: number[];
  /** A locked or protected token: it never merges with the slot before it. */
  fixed?: boolean;
}

/** The network's candidates of one query, without `<end>` and `<drop>`, which mean nothing on a canvas. */
export function slotReading(network: Network, result: ForwardResult, query: number): SlotReading {
  const { end, drop } = network.specialTokens;
  const reading: SlotReading = { ids: [], logProbabilities: [] };
  for (let at = query * network.graph.candidates; at < (query + 1) * network.graph.candidates; at++) {
    const id = result.candidateIds[at]!;
    if (id === end || id === drop) continue;
    reading.ids.push(id);
    reading.logProbabilities.push(result.candidateLogProbs[at]!);
  }
  return reading;
}

interface Prefix {
  ids: number[];
  /** Log-probability of all alignments that end with the blank, and of those that do not. */
  blank: number;
  token: number;
}

const logAdd = (left: number, right: number): number => {
  const high = Math.max(left, right);
  return high === -Infinity ? high : high + Math.log(Math.exp(left - high) + Math.exp(right - high));
};

/**
 * Prefix beam search (Hannun 2014, Alg. 1, without a language model): outputs by the sum over their alignments, best
 * first. Tokens of a slot are its candidates only, so what is not among the best eight of a
 * slot has probability 0 there.
 * @param blanks log-probability of the blank for each slot
 */
export function prefixBeam(
  slots: readonly SlotReading[],
  blanks: ArrayLike<number>,
  blank: number,
  width: number,
): { ids: number[]; logProbability: number }[] {
  let beam: Prefix[] = [{ ids: [], blank: 0, token: -Infinity }];
  slots.forEach(({ ids, logProbabilities, fixed = false }, slot) => {
    const next = new Map<string, Prefix>();
    const entry = (prefix: number[]): Prefix => {
      const key = prefix.join(' ');
      let found = next.get(key);
      if (!found) next.set(key, (found = { ids: prefix, blank: -Infinity, token: -Infinity }));
      return found;
    };
    for (const prefix of beam) {
      const total = logAdd(prefix.blank, prefix.token);
      const same = entry(prefix.ids);
      same.blank = logAdd(same.blank, total + blanks[slot]!);
      ids.forEach((id, rank) => {
        if (id === blank) return;
        const logProbability = logProbabilities[rank]!;
        const repeats = !fixed && id === prefix.ids.at(-1);
        if (repeats) same.token = logAdd(same.token, prefix.token + logProbability);
        const longer = entry([...prefix.ids, id]);
        longer.token = logAdd(longer.token, (repeats ? prefix.blank : total) + logProbability);
      });
    }
    beam = [...next.values()]
      .filter((prefix) => logAdd(prefix.blank, prefix.token) > -Infinity)
      .sort((left, right) => logAdd(right.blank, right.token) - logAdd(left.blank, left.token))
      .slice(0, width);
  });
  return beam.map(({ ids, blank: ended, token }) => ({ ids, logProbability: logAdd(ended, token) }));
}
