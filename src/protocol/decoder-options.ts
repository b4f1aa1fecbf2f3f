/**
 * Every option of `DecodeOptions` that a person may choose, once, with its bounds. Which decoders read it, and what
 * they do without it, stands in their records (decoders.ts). The command line, the settings, the engine's checks and
 * the panel's form all read this table. Not here: `passes`, which every decoder has, and what only code fills in
 * (`temperatures`, tokens of drafts and locks).
 */
import { decoderRecords } from './decoders';
import { decodersThat } from './decoder-facts';
import type { DecoderName } from './decoders';
import { pathSearches, type DecodeOptions } from './trace';

export type DecoderOptionName = Exclude<
  keyof DecodeOptions,
  'passes' | 'temperatures' | 'draft' | 'lockedDraft' | 'lockedTokens'
>;

interface Described {
  /** Short name for a form. */
  title: string;
  /** One sentence, as the field has it; the unit where there is one. */
  about: string;
}
export type DecoderOption = Described &
  (
    | { kind: 'number'; least: number; most: number; whole: boolean }
    | { kind: 'flag' }
    | { kind: 'choice'; choices: readonly string[] }
  );

export const decoderOptions: Record<DecoderOptionName, DecoderOption> = {
  lengthBeam: {
    kind: 'number',
    least: 1,
    most: 9,
    whole: true,
    title: 'Length beam',
    about: 'Lengths that are decoded side by side',
  },
  targetLength: {
    kind: 'number',
    least: 1,
    most: 512,
    whole: true,
    title: 'Length',
    about: 'Length of the target in tokens, instead of the predicted one',
  },
  rerankWeight: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    title: 'Re-ranking λ',
    about: 'Weight of the left-to-right score when the beam is ranked; above 0 it takes one pass',
  },
  sourceCopy: {
    kind: 'flag',
    title: 'Copy the source',
    about: 'The slots of the first pass hold source tokens, evenly spread, instead of masks',
  },
  order: {
    kind: 'choice',
    choices: ['entropy', 'margin', 'probability'],
    title: 'Order',
    about: 'What is revealed first',
  },
  sureProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    title: 'Sure from τ',
    about:
      'Probability from which a slot counts as sure: Fast-dLLM reveals it at once, the others end when all open slots are sure',
  },
  stopWhenStable: {
    kind: 'flag',
    title: 'Stop when stable',
    about: 'End when a pass changed nothing, though passes are left',
  },
  exact: {
    kind: 'flag',
    title: 'Exact',
    about: 'Off: after the first pass only open slots and changed tokens are computed, an approximation',
  },
  blockSize: {
    kind: 'number',
    least: 1,
    most: 512,
    whole: true,
    title: 'Block size',
    about: 'Tokens a block',
  },
  fallbackProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    title: 'Fall back below',
    about: 'Mean probability a token below which the text is written from left to right; 0 never',
  },
  seed: {
    kind: 'number',
    least: 0,
    most: 2 ** 32 - 1,
    whole: true,
    title: 'Seed',
    about: 'Start of the random numbers',
  },
  keepBias: {
    kind: 'number',
    least: -1000,
    most: 1000,
    whole: false,
    title: 'Keep bias',
    about: 'Added to the logit of "keep", nats: more is left as it is',
  },
  minimumEditProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    title: 'Propose from',
    about: 'Least probability at which a correction is proposed',
  },
  minimumErrorProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    title: 'Sentence gate',
    about: 'Where no word and no gap is wrong with this probability, nothing is proposed',
  },
  acceptConfidence: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    title: 'Take from',
    about: 'Least confidence at which a correction enters the output and the next round',
  },
  noInsertionPenalty: {
    kind: 'number',
    least: -100,
    most: 100,
    whole: false,
    title: 'End penalty',
    about: 'Taken off the logit of "no insertion here", nats: more is inserted',
  },
  ngramVeto: {
    kind: 'flag',
    title: 'n-gram veto',
    about: 'Leave out corrections that make attested pairs of tokens unattested; needs ngrams.bin',
  },
  languageModelWeight: {
    kind: 'number',
    least: 0,
    most: 100,
    whole: false,
    title: 'n-gram weight α',
    about: "Weight of the n-gram log score beside the network's",
  },
  upsampling: {
    kind: 'number',
    least: 1,
    most: 8,
    whole: true,
    title: 'Upsampling r',
    about: 'Slots or vertices for each source token',
  },
  beamWidth: {
    kind: 'number',
    least: 1,
    most: 9,
    whole: true,
    title: 'Prefix beam',
    about: 'Width of the prefix beam; 1 is greedy',
  },
  pathSearch: {
    kind: 'choice',
    choices: pathSearches,
    title: 'Path',
    about: 'How a path through the graph is found',
  },
  lengthPenalty: {
    kind: 'number',
    least: 0,
    most: 10,
    whole: false,
    title: 'Length exponent β',
    about: 'Viterbi search: larger means longer',
  },
  collapseRepeats: {
    kind: 'flag',
    title: 'Collapse repeats',
    about: 'Equal neighbouring tokens of the finished text become one; steps show the raw text',
  },
};

export const decoderOptionNames = Object.keys(decoderOptions) as DecoderOptionName[];

/** The options that a decoder reads, in the table's order. */
export function optionsOf(decoder: DecoderName): DecoderOptionName[] {
  return decoderOptionNames.filter((name) => name in decoderRecords[decoder].options);
}

/** The decoders that read an option. */
export function readersOf(name: DecoderOptionName): DecoderName[] {
  return decodersThat(({ options }) => name in options);
}

/** What a decoder does where nothing is chosen; undefined where it finds out by itself. */
export function usualValue(name: DecoderOptionName, decoder: DecoderName): number | boolean | string | undefined {
  return decoderRecords[decoder].options[name];
}

/** What is wrong with a value ("must be a whole number from 1 to 9"); undefined for a good one. */
export function optionProblem(name: DecoderOptionName, value: unknown): string | undefined {
  const option = decoderOptions[name];
  if (option.kind === 'flag') return typeof value === 'boolean' ? undefined : 'must be true or false';
  if (option.kind === 'choice')
    return option.choices.includes(value as string) ? undefined : `must be one of ${option.choices.join(', ')}`;
  const { least, most, whole } = option;
  const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
  return fits ? undefined : `must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`;
}

/**
 * The first option that the decoder does not read, or whose value is out of bounds, as a sentence; undefined where all
 * are right. What is no option of the table (passes, temperatures, drafts and locks, unknown names) is not looked at.
 */
export function checkOptions(decoder: DecoderName, options: DecodeOptions): string | undefined {
  for (const name of decoderOptionNames) {
    const value: unknown = options[name];
    if (value === undefined) continue;
    if (!(name in decoderRecords[decoder].options))
      return `"${name}" does nothing with ${decoder}: it belongs to ${listOf(readersOf(name))}.`;
    const problem = optionProblem(name, value);
    if (problem) return `"${name}" ${problem}.`;
  }
  return undefined;
}

const listOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
