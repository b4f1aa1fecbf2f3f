/**
 * What the model is trained for and what a person may ask for, once. Lists elsewhere are made from
 * these (scripts/manifest.mjs).
 */

/** The tasks of the model, each with its title. Every one is a special token (docs/model-format.md). */
export const taskTitles = {
  fix: 'Fix errors',
  rephrase: 'Rephrase',
  simplify: 'Simplify',
  shorten: 'Shorten',
  summarize: 'Summarize',
} as const;
export type Task = keyof typeof taskTitles;
export const tasks = Object.keys(taskTitles) as readonly Task[];

/** What a wording must be: other words, plainer words (none is rarer than before), fewer letters. */
export const paraphraseAims = ['other', 'plainer', 'fewer'] as const;
export type ParaphraseAim = (typeof paraphraseAims)[number];

/** What a person may ask for: the task that writes it, how it is offered, what it does, what it aims at. */
export const paraphraseModes = {
  rephrase: { task: 'rephrase', title: 'Rewrite in other words', about: 'Says the same in other words.', aim: 'other' },
  simpler: { task: 'simplify', title: 'Make simpler', about: 'Says it in plainer words.', aim: 'plainer' },
  shorter: { task: 'shorten', title: 'Make shorter', about: 'Says it in fewer words.', aim: 'fewer' },
} as const satisfies Record<string, { task: Task; title: string; about: string; aim: ParaphraseAim }>;
export type ParaphraseMode = keyof typeof paraphraseModes;
export const paraphraseModeNames = Object.keys(paraphraseModes) as readonly ParaphraseMode[];
/** What is meant where nobody names a mode, and the others. */
export const usualMode: ParaphraseMode = 'rephrase';
export const specialModes = paraphraseModeNames.filter((mode) => mode !== usualMode);

export const summaryLengths = {
  headline: 'A few words.',
  sentence: 'One sentence, as for a description.',
  short: 'A short paragraph.',
  'key-sentences': 'The most important sentences as they stand.',
} as const;
export type SummaryLength = keyof typeof summaryLengths;
export const summaryLengthNames = Object.keys(summaryLengths) as readonly SummaryLength[];

/** Kinds of errors, each with what it means. The data sets name them alike. */
export const correctionKinds = {
  spelling: 'A misspelt word.',
  casing: 'A capital letter too many or too few.',
  punctuation: 'A missing, wrong or superfluous mark.',
  spacing: 'A missing or superfluous space.',
  'doubled-word': 'The same word twice in a row.',
  article: '*a*, *an*, *the*: wrong, missing or superfluous.',
  agreement: 'Subject and verb, or number, do not agree.',
  'verb-form': 'A wrong form of a verb.',
  preposition: 'A wrong preposition.',
  confusable: 'A word taken for a similar one (*its*, *it’s*).',
  'missing-word': 'A word is missing.',
  'extra-word': 'A word is superfluous.',
  hyphen: 'A missing or wrong hyphen.',
  other: 'Anything else.',
} as const;
export type CorrectionType = keyof typeof correctionKinds;
export const correctionTypes = Object.keys(correctionKinds) as readonly CorrectionType[];

/** How much to see: the share of remarks that are right falls, and what is found grows (thresholds of the model). */
export const levelTexts = {
  careful: 'Only what is nearly always right: 98 of 100 remarks on unseen READMEs, 2 in 1,000 words.',
  balanced: 'Most errors, few false remarks: 93 of 100 right, 4 in 1,000 words.',
  thorough: 'Doubtful cases as well, words that no list knows, and matters of style as hints.',
} as const;
export type CorrectionLevel = keyof typeof levelTexts;
export const correctionLevels = Object.keys(levelTexts) as readonly CorrectionLevel[];

/** Whether matters of style are told beside errors. */
export const styleTexts = {
  auto: 'With the level *thorough*.',
  on: 'Always.',
  off: 'Never.',
} as const;
export type StyleChoice = keyof typeof styleTexts;
export const styleChoices = Object.keys(styleTexts) as readonly StyleChoice[];

/** Whose spelling is right. */
export const dialectTexts = {
  either: 'Both; nothing is told of it.',
  american: 'American: *color*, *organize*, *labeled*.',
  british: 'British: *colour*, *labelled*; *organise* and *organize*.',
} as const;
export type DialectChoice = keyof typeof dialectTexts;
export const dialectChoices = Object.keys(dialectTexts) as readonly DialectChoice[];
export type Dialect = Exclude<DialectChoice, 'either'>;

/** Where the network may run. */
export const deviceTexts = {
  auto: 'The fastest that works; for these small models mostly the CPU.',
  cpu: 'Works everywhere.',
  webgpu: 'Graphics card through Vulkan, Direct3D 12 or Metal.',
  dml: 'Graphics card through Direct3D 12 (Windows).',
  coreml: 'Apple’s graphics and neural engines (macOS).',
  cuda: 'NVIDIA graphics card; needs the CUDA libraries of ONNX Runtime.',
  wasm: 'No native code; four to six times slower.',
} as const;
export type Device = keyof typeof deviceTexts;
export const devices = Object.keys(deviceTexts) as readonly Device[];
