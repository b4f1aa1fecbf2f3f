/**
 * One record a decoder: its name, what it is, what it reads. The command line, the settings, the engine's checks, the
 * panel, the trace schema and the index of docs/decoders all take what they say from here (scripts/manifest.mjs).
 */
import type { DecoderOptionName } from './decoder-options';

/** What a model must have beyond the usual: the capability "ctc", or a table of its folder (docs/model-format.md). */
export type Need = 'ctc' | 'transitions' | 'links' | 'ngrams';

/**
 * What a decoder does with `draft`. slots: all tokens stay, `<mask>` is filled; edits: a correction goes on from it;
 * whole: it is one state among others, and only locked tokens are sure to stay; prefix: the tokens before the first
 * `<mask>` stay, the rest is written anew.
 */
export type DraftUse = 'slots' | 'edits' | 'whole' | 'prefix';

export interface DecoderRecord {
  /** What it does. The name of a training (MIST, JANUS) would promise what a model's weights need not have seen. */
  title: string;
  /** One line for the panel, the settings and the index of docs/decoders. */
  about: string;
  /** First author and year; docs/decoders says the rest. */
  paper: string;
  /** What it is for. */
  use: string;
  /** Forward passes beyond the encode. */
  cost: string;
  /** The options that it reads, each with what it does where nothing is chosen. */
  options: Partial<Record<DecoderOptionName, number | boolean | string | undefined>>;
  /** `lockedTokens` stay: it edits the sentence, begins with the locked tokens, or aligns its slots with the source. */
  keepsLocks?: true;
  /** Without this a draft is refused. */
  draft?: DraftUse;
  needs?: Need;
  /** Its passes grow with the text: it gets `passes` only where a person chose a number, which may cut the text off. */
  toTheEnd?: true;
  /** false: the training package has no reference for it, so no golden trace is asked for. */
  reference?: false;
}

/** The decoder finds the value out by itself. */
const byItself = undefined;

/** They begin with the user's sentence and edit it (src/decode/edit/correction-round.ts). */
const correcting = {
  keepBias: 0,
  minimumEditProbability: 0.2,
  minimumErrorProbability: 0,
  acceptConfidence: 0.5,
  ngramVeto: false,
};
/** They write a text of a length that is predicted, and end with src/decode/output.ts. */
const generating = { targetLength: byItself, collapseRepeats: false };
/** Slots are predicted, revealed and masked again (src/decode/refine/refinement.ts). */
const refining = {
  ...generating,
  lengthBeam: 1,
  rerankWeight: 0,
  sourceCopy: false,
  sureProbability: byItself,
  exact: true,
};

const records = {
  levenshtein: {
    title: 'Levenshtein',
    about: 'From your sentence: delete, place slots, fill them',
    paper: 'Gu 2019',
    use: 'correction',
    cost: '0 for a clean text, 1, then 2 a round',
    options: { ...correcting },
    keepsLocks: true,
    draft: 'edits',
  },
  'levenshtein-draft': {
    title: 'Levenshtein, empty draft',
    about: 'From nothing, or from the locked tokens: delete, place slots, fill them',
    paper: 'Gu 2019, Susanto 2020',
    use: 'rewriting',
    cost: '1, then 1 to 3 a round',
    options: { ...generating, keepBias: 0, noInsertionPenalty: 0 },
    keepsLocks: true,
    draft: 'whole',
  },
  insertion: {
    title: 'Insertion',
    about: 'Every gap takes one token in each pass, all gaps at once',
    paper: 'Stern 2019',
    use: 'correction, rewriting',
    cost: 'about log2 T + 1; correction 0, 1, then 2 a round',
    options: { ...correcting, noInsertionPenalty: 0, collapseRepeats: false },
    keepsLocks: true,
    draft: 'whole',
  },
  voting: {
    title: 'Voting',
    about: 'Three readings in columns; two must agree on a fix',
    paper: 'Leng 2021, Tarnavskyi 2022',
    use: 'correction',
    cost: '0 for a clean text, else up to 4',
    options: { ...correcting },
    keepsLocks: true,
  },
  'edit-tags': {
    title: 'Edit tags',
    about: 'Keep, delete or generate each token, then fill what is missing',
    paper: 'Malmi 2019, Mallinson 2020',
    use: 'correction (default)',
    cost: '0 or 1; P where an edit has several slots',
    options: { ...correcting },
    keepsLocks: true,
    draft: 'edits',
  },
  'fast-correct': {
    title: 'FastCorrect',
    about: 'Counts the tokens that each word becomes, then writes them in one pass',
    paper: 'Leng 2021',
    use: 'correction',
    cost: '0 or 1',
    options: { ...correcting },
    keepsLocks: true,
  },
  ctc: {
    title: 'CTC',
    about: 'A canvas of several slots a token; repeats and blanks collapse. Needs a CTC-trained model',
    paper: 'Graves 2006',
    use: 'any, with a CTC-trained model only',
    cost: '1',
    options: { upsampling: 2, beamWidth: 1, collapseRepeats: false },
    keepsLocks: true,
    needs: 'ctc',
  },
  imputer: {
    title: 'Imputer',
    about: 'A CTC canvas, the surest slot of each block first. Needs a CTC-trained model',
    paper: 'Chan 2020',
    use: 'any, with a CTC-trained model only',
    cost: 'b',
    options: { upsampling: 2, collapseRepeats: false },
    keepsLocks: true,
    needs: 'ctc',
  },
  crf: {
    title: 'CRF layer',
    about: 'One pass whose neighbours are chosen together. Needs a model with a transition table',
    paper: 'Sun 2019',
    use: 'rewriting, with a transition table only',
    cost: '1',
    options: { ...generating },
    draft: 'slots',
    needs: 'transitions',
  },
  'da-transformer': {
    title: 'DA-Transformer',
    about: 'One pass over a graph of several vertices a token, then one path through it. Needs a model with links',
    paper: 'Huang 2022',
    use: 'any, with links between vertices only',
    cost: '1',
    options: { upsampling: byItself, pathSearch: 'lookahead', lengthPenalty: 1, collapseRepeats: false },
    keepsLocks: true,
    needs: 'links',
  },
  'ngram-fusion': {
    title: 'N-gram fusion',
    about: 'One pass, chosen together with counted n-grams. Needs a model with an n-gram table',
    paper: 'Gu & Kong 2021',
    use: 'rewriting, with an n-gram table only',
    cost: '1',
    options: { ...generating, languageModelWeight: 0.4 },
    draft: 'slots',
    needs: 'ngrams',
  },
  'single-pass': {
    title: 'Single pass',
    about: 'The whole text in one pass, several lengths tried',
    paper: 'Gu 2018',
    use: 'rewriting',
    cost: '1',
    options: { ...generating, lengthBeam: 3, rerankWeight: 0, sourceCopy: false },
    draft: 'slots',
  },
  'mask-predict': {
    title: 'Mask-Predict',
    about: 'All at once, then the least sure tokens again',
    paper: 'Ghazvininejad 2019',
    use: 'rewriting (default)',
    cost: 'P',
    options: { ...refining, lengthBeam: 3, stopWhenStable: false },
    draft: 'slots',
  },
  mist: {
    title: 'Mixed source',
    about: 'The draft is mixed into the source for the next pass. Made for weights trained with MIST',
    paper: 'Jiang 2021',
    use: 'rewriting',
    cost: '1, then 2 an iteration',
    options: { ...generating },
  },
  autoregressive: {
    title: 'Autoregressive',
    about: 'Left to right, one token a pass, same weights',
    paper: 'Liang 2022',
    use: 'baseline, re-ranker',
    cost: 'one a token',
    options: { ...generating },
    draft: 'prefix',
    toTheEnd: true,
  },
  inat: {
    title: 'Iterative refinement',
    about: 'Every token again from the last draft, until nothing changes',
    paper: 'Lee 2018',
    use: 'rewriting',
    cost: '1 an iteration',
    options: { ...refining },
    draft: 'slots',
  },
  llada: {
    title: 'LLaDA',
    about: 'Masked diffusion: reveals the most probable share each pass',
    paper: 'Nie 2025',
    use: 'rewriting',
    cost: 'P',
    options: { ...refining, blockSize: byItself },
    draft: 'slots',
  },
  dream: {
    title: 'Dream',
    about: 'Masked diffusion: reveals by entropy, margin or probability',
    paper: 'Ye 2025',
    use: 'rewriting',
    cost: 'P',
    options: { ...refining, order: 'entropy' },
    draft: 'slots',
  },
  'fast-dllm': {
    title: 'Fast-dLLM',
    about: 'Masked diffusion: reveals every token that is sure enough',
    paper: 'Wu 2025',
    use: 'rewriting',
    cost: '1 to P',
    options: { ...refining, sureProbability: 0.7 },
    draft: 'slots',
  },
  remdm: {
    title: 'ReMDM',
    about: 'Masked diffusion: revealed tokens may be taken back',
    paper: 'Wang 2025',
    use: 'rewriting',
    cost: 'P',
    options: { ...refining, seed: 0 },
    draft: 'slots',
  },
  'mist-cached': {
    title: 'Mixed source, cached',
    about: 'The draft stands behind the source as a second context. Made for weights trained with MIST',
    paper: 'Jiang 2021',
    use: 'rewriting',
    cost: '1 an iteration',
    options: { ...generating },
  },
  'semi-autoregressive': {
    title: 'Semi-autoregressive',
    about: 'Left to right in blocks, each block all at once',
    paper: 'Wang 2018',
    use: 'rewriting',
    cost: '⌈T / K⌉',
    options: { ...generating, blockSize: 4 },
    draft: 'prefix',
    toTheEnd: true,
  },
  'blockwise-parallel': {
    title: 'Blockwise parallel',
    about: 'Proposes a block at once, keeps what left-to-right agrees with',
    paper: 'Stern 2018',
    use: 'rewriting',
    cost: '⌈T / accepted⌉ to 2 T',
    options: { ...generating, blockSize: 8 },
    draft: 'prefix',
    toTheEnd: true,
  },
  'noisy-parallel': {
    title: 'Noisy parallel',
    about: 'Several samples at once, the best by left-to-right score',
    paper: 'Gu 2018',
    use: 'rewriting',
    cost: '2',
    options: { ...generating, lengthBeam: 5, rerankWeight: 1, seed: 0 },
  },
  janus: {
    title: 'Draft and re-rank',
    about: 'Mask-Predict, re-ranked and rescued by the left-to-right mode of the same weights',
    paper: 'Liang 2022',
    use: 'rewriting',
    cost: '5, + T in the fallback',
    options: { ...refining, lengthBeam: 5, rerankWeight: 0.5, stopWhenStable: false, fallbackProbability: 0.1 },
    draft: 'slots',
    toTheEnd: true,
  },
  bang: {
    title: 'BANG',
    about: 'One pass over spare slots, cut where the network ends the text',
    paper: 'Qi 2021',
    use: 'rewriting',
    cost: '1',
    options: { ...generating, sourceCopy: false },
    draft: 'slots',
  },
} satisfies Record<string, DecoderRecord>;

export type DecoderName = keyof typeof records;
export const decoderRecords: Readonly<Record<DecoderName, DecoderRecord>> = records;
export const decoderNames = Object.keys(records) as readonly DecoderName[];

/** The decoders of which something is true, in the order of the records. */
export const decodersThat = (holds: (record: DecoderRecord) => boolean): DecoderName[] =>
  decoderNames.filter((name) => holds(decoderRecords[name]));

/** Begins with the source and edits it; the others write a text of their own. */
export const editsSource = (name: DecoderName): boolean => 'acceptConfidence' in decoderRecords[name].options;

/** Writes from left to right, token by token or block by block. */
export const writesInOrder = (name: DecoderName): boolean => decoderRecords[name].draft === 'prefix';

export const keepsLocks = (name: DecoderName): boolean => decoderRecords[name].keepsLocks ?? false;
