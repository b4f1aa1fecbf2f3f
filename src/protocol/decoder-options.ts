/**
 * Every option of `DecodeOptions` that a person may choose, once: its bounds, the decoders that read it, and what they do
 * without it. The command line, the settings, the engine's checks and the panel's form all read this table.
 * Not here: `passes`, which every decoder has, and what only code fills in (`temperatures`, tokens of drafts and locks).
 */
import { decoderNames, pathSearches, type DecodeOptions, type DecoderName } from './trace';

export type DecoderOptionName = Exclude<
  keyof DecodeOptions,
  'passes' | 'temperatures' | 'draft' | 'lockedDraft' | 'lockedTokens'
>;

interface Described {
  /** Short name for a form. */
  title: string;
  /** One sentence, as the field has it; the unit where there is one. */
  about: string;
  decoders: readonly DecoderName[];
}
export type DecoderOption = Described &
  (
    | {
        kind: 'number';
        least: number;
        most: number;
        whole: boolean;
        usual?: number | Partial<Record<DecoderName, number>>;
      }
    | { kind: 'flag'; usual: boolean }
    | { kind: 'choice'; choices: readonly string[]; usual: string }
  );

/** Slots are predicted, revealed and masked again (src/decode/refine/refinement.ts). */
const refinement = [
  'single-pass',
  'mask-predict',
  'inat',
  'llada',
  'dream',
  'fast-dllm',
  'remdm',
  'janus',
] as const satisfies readonly DecoderName[];
/** They write a text in more than one pass over the same slots. */
const repeating = refinement.filter((name) => name !== 'single-pass');
const leftToRight = [
  'autoregressive',
  'semi-autoregressive',
  'blockwise-parallel',
] as const satisfies readonly DecoderName[];
/** Their passes grow with the text: they get `passes` only where a person chose a number, which may cut the text off. */
export const decodersToTheEnd: readonly DecoderName[] = [...leftToRight, 'janus'];
/** Begin with the user's sentence and edit it (src/decode/edit/correction-round.ts). */
const correcting = [
  'levenshtein',
  'edit-tags',
  'voting',
  'fast-correct',
  'insertion',
] as const satisfies readonly DecoderName[];
/** They end with src/decode/output.ts. */
const generating = decoderNames.filter(
  (name) => !['levenshtein', 'edit-tags', 'voting', 'fast-correct'].includes(name),
);

export const decoderOptions: Record<DecoderOptionName, DecoderOption> = {
  lengthBeam: {
    kind: 'number',
    least: 1,
    most: 9,
    whole: true,
    usual: {
      'single-pass': 3,
      'mask-predict': 3,
      janus: 5,
      'noisy-parallel': 5,
      inat: 1,
      llada: 1,
      dream: 1,
      'fast-dllm': 1,
      remdm: 1,
    },
    title: 'Length beam',
    about: 'Lengths that are decoded side by side',
    decoders: [...refinement, 'noisy-parallel'],
  },
  targetLength: {
    kind: 'number',
    least: 1,
    most: 512,
    whole: true,
    title: 'Length',
    about: 'Length of the target in tokens, instead of the predicted one',
    decoders: [
      ...refinement,
      'bang',
      'noisy-parallel',
      'mist',
      'mist-cached',
      ...leftToRight,
      'crf',
      'ngram-fusion',
      'levenshtein-draft',
    ],
  },
  rerankWeight: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    usual: {
      janus: 0.5,
      'noisy-parallel': 1,
      'single-pass': 0,
      'mask-predict': 0,
      inat: 0,
      llada: 0,
      dream: 0,
      'fast-dllm': 0,
      remdm: 0,
    },
    title: 'Re-ranking λ',
    about: 'Weight of the left-to-right score when the beam is ranked; above 0 it takes one pass',
    decoders: [...refinement, 'noisy-parallel'],
  },
  sourceCopy: {
    kind: 'flag',
    usual: false,
    title: 'Copy the source',
    about: 'The slots of the first pass hold source tokens, evenly spread, instead of masks',
    decoders: [...refinement, 'bang'],
  },
  order: {
    kind: 'choice',
    choices: ['entropy', 'margin', 'probability'],
    usual: 'entropy',
    title: 'Order',
    about: 'What is revealed first',
    decoders: ['dream'],
  },
  sureProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    usual: { 'fast-dllm': 0.7 },
    title: 'Sure from τ',
    about:
      'Probability from which a slot counts as sure: Fast-dLLM reveals it at once, the others end when all open slots are sure',
    decoders: repeating,
  },
  stopWhenStable: {
    kind: 'flag',
    usual: false,
    title: 'Stop when stable',
    about: 'End when a pass changed nothing, though passes are left',
    decoders: ['mask-predict', 'janus'], // the others end so anyway, or never write a slot twice
  },
  exact: {
    kind: 'flag',
    usual: true,
    title: 'Exact',
    about: 'Off: after the first pass only open slots and changed tokens are computed, an approximation',
    decoders: repeating,
  },
  blockSize: {
    kind: 'number',
    least: 1,
    most: 512,
    whole: true,
    usual: { 'semi-autoregressive': 4, 'blockwise-parallel': 8 },
    title: 'Block size',
    about: 'Tokens a block',
    decoders: ['llada', 'semi-autoregressive', 'blockwise-parallel'],
  },
  fallbackProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    usual: { janus: 0.1 },
    title: 'Fall back below',
    about: 'Mean probability a token below which the text is written from left to right; 0 never',
    decoders: ['janus'],
  },
  seed: {
    kind: 'number',
    least: 0,
    most: 2 ** 32 - 1,
    whole: true,
    usual: { 'noisy-parallel': 0, remdm: 0 },
    title: 'Seed',
    about: 'Start of the random numbers',
    decoders: ['noisy-parallel', 'remdm'],
  },
  keepBias: {
    kind: 'number',
    least: -1000,
    most: 1000,
    whole: false,
    usual: { levenshtein: 0, 'edit-tags': 0, voting: 0, 'fast-correct': 0, insertion: 0, 'levenshtein-draft': 0 },
    title: 'Keep bias',
    about: 'Added to the logit of "keep", nats: more is left as it is',
    decoders: [...correcting, 'levenshtein-draft'],
  },
  minimumEditProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    usual: { levenshtein: 0.2, 'edit-tags': 0.2, voting: 0.2, 'fast-correct': 0.2, insertion: 0.2 },
    title: 'Propose from',
    about: 'Least probability at which a correction is proposed',
    decoders: correcting,
  },
  minimumErrorProbability: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    usual: { levenshtein: 0, 'edit-tags': 0, voting: 0, 'fast-correct': 0, insertion: 0 },
    title: 'Sentence gate',
    about: 'Where no word and no gap is wrong with this probability, nothing is proposed',
    decoders: correcting,
  },
  acceptConfidence: {
    kind: 'number',
    least: 0,
    most: 1,
    whole: false,
    usual: { levenshtein: 0.5, 'edit-tags': 0.5, voting: 0.5, 'fast-correct': 0.5, insertion: 0.5 },
    title: 'Take from',
    about: 'Least confidence at which a correction enters the output and the next round',
    decoders: correcting,
  },
  noInsertionPenalty: {
    kind: 'number',
    least: -100,
    most: 100,
    whole: false,
    usual: { insertion: 0, 'levenshtein-draft': 0 },
    title: 'End penalty',
    about: 'Taken off the logit of "no insertion here", nats: more is inserted',
    decoders: ['insertion', 'levenshtein-draft'],
  },
  ngramVeto: {
    kind: 'flag',
    usual: false,
    title: 'n-gram veto',
    about: 'Leave out corrections that make attested pairs of tokens unattested; needs ngrams.bin',
    decoders: correcting,
  },
  languageModelWeight: {
    kind: 'number',
    least: 0,
    most: 100,
    whole: false,
    usual: { 'ngram-fusion': 0.4 },
    title: 'n-gram weight α',
    about: "Weight of the n-gram log score beside the network's",
    decoders: ['ngram-fusion'],
  },
  upsampling: {
    kind: 'number',
    least: 1,
    most: 8,
    whole: true,
    usual: { ctc: 2, imputer: 2 },
    title: 'Upsampling r',
    about: 'Slots or vertices for each source token',
    decoders: ['ctc', 'imputer', 'da-transformer'],
  },
  beamWidth: {
    kind: 'number',
    least: 1,
    most: 9,
    whole: true,
    usual: { ctc: 1 },
    title: 'Prefix beam',
    about: 'Width of the prefix beam; 1 is greedy',
    decoders: ['ctc'],
  },
  pathSearch: {
    kind: 'choice',
    choices: pathSearches,
    usual: 'lookahead',
    title: 'Path',
    about: 'How a path through the graph is found',
    decoders: ['da-transformer'],
  },
  lengthPenalty: {
    kind: 'number',
    least: 0,
    most: 10,
    whole: false,
    usual: { 'da-transformer': 1 },
    title: 'Length exponent β',
    about: 'Viterbi search: larger means longer',
    decoders: ['da-transformer'],
  },
  collapseRepeats: {
    kind: 'flag',
    usual: false,
    title: 'Collapse repeats',
    about: 'Equal neighbouring tokens of the finished text become one; steps show the raw text',
    decoders: generating,
  },
};

/**
 * Decoders that keep tokens of the source (`lockedTokens`): they edit the sentence, begin with the locked tokens, or align
 * their slots with the source. All others write a new text in which no token has a place of its own.
 */
export const lockKeepers: readonly DecoderName[] = [
  'levenshtein',
  'levenshtein-draft',
  'insertion',
  'voting',
  'edit-tags',
  'fast-correct',
  'ctc',
  'imputer',
  'da-transformer',
];

/** `lockedTokens` stay in the output of this decoder; the others refuse them. */
export const keepsLocks = (name: DecoderName): boolean => lockKeepers.includes(name);

/**
 * What a decoder does with `draft`; one that is not named here refuses it. slots: all tokens stay, `<mask>` is filled; edits:
 * a correction goes on from it; whole: it is one state among others, and only locked tokens are sure to stay; prefix: the
 * tokens before the first `<mask>` stay, the rest is written anew.
 */
export const draftReaders: Partial<Record<DecoderName, 'slots' | 'edits' | 'whole' | 'prefix'>> = {
  'mask-predict': 'slots',
  'single-pass': 'slots',
  inat: 'slots',
  llada: 'slots',
  dream: 'slots',
  'fast-dllm': 'slots',
  remdm: 'slots',
  janus: 'slots',
  bang: 'slots',
  crf: 'slots',
  'ngram-fusion': 'slots',
  levenshtein: 'edits',
  'edit-tags': 'edits',
  'levenshtein-draft': 'whole',
  insertion: 'whole',
  autoregressive: 'prefix',
  'semi-autoregressive': 'prefix',
  'blockwise-parallel': 'prefix',
};

export const decoderOptionNames = Object.keys(decoderOptions) as DecoderOptionName[];

/** The options that a decoder reads, in the table's order. */
export function optionsOf(decoder: DecoderName): DecoderOptionName[] {
  return decoderOptionNames.filter((name) => decoderOptions[name].decoders.includes(decoder));
}

/** What a decoder does where nothing is chosen; undefined where it finds out by itself. */
export function usualValue(name: DecoderOptionName, decoder: DecoderName): number | boolean | string | undefined {
  const { usual } = decoderOptions[name];
  return typeof usual === 'object' ? usual[decoder] : usual;
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
 * The first option that the decoder does not read, or whose value is out of bounds, as a sentence; undefined where all are
 * right. What is no option of the table (passes, temperatures, drafts and locks, unknown names) is not looked at.
 */
export function checkOptions(decoder: DecoderName, options: DecodeOptions): string | undefined {
  for (const name of decoderOptionNames) {
    const value: unknown = options[name];
    if (value === undefined) continue;
    const { decoders } = decoderOptions[name];
    if (!decoders.includes(decoder))
      return `"${name}" does nothing with ${decoder}: it belongs to ${listOf(decoders)}.`;
    const problem = optionProblem(name, value);
    if (problem) return `"${name}" ${problem}.`;
  }
  return undefined;
}

const listOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
