/**
 * Settings under "narTextTools.*", as engine and editor read them (read-settings.ts). Defaults are in package.json and
 * here: keep equal (a test compares).
 */
import {
  type CorrectionLevel,
  type CorrectionType,
  type Device,
  type DialectChoice,
  type ParaphraseMode,
  type StyleChoice,
  type SummaryLength,
  usualMode,
} from './tasks';
import { efforts, type DecodedTask, type Effort, type Preset } from './effort';
import { formatOfLanguage, isCode } from './formats';
import type { IgnoredRemark } from './requests';
import type { DecodeOptions, DecoderName } from './trace';

/** A decoder of one's own for a task, for those who want to try one; what is left out goes with the effort. */
export interface ExperimentalDecoding {
  decoder?: DecoderName;
  passes?: number;
  options?: DecodeOptions;
}

/**
 * What decodes a task, from `effort` and `experimental`. `options`: only what the decoder reads (decoder-options.ts).
 */
export type Decoding = Preset & { options: DecodeOptions };

export interface Settings {
  enable: boolean;
  /** What is checked, by an editor's language or by `markup` and `code`; see `checksLanguage`. */
  languages: Record<string, boolean>;
  /** Decoder and passes of every task, but for what `experimental` says. */
  effort: Effort;
  experimental: Partial<Record<DecodedTask, ExperimentalDecoding>>;
  correct: Decoding & {
    asYouType: boolean;
    /** Milliseconds of quiet before a changed sentence is checked. */
    delay: number;
    /** How much to see. */
    level: CorrectionLevel;
    /** Matters of style beside errors. */
    style: StyleChoice;
    /** Words of the other dialect are misspelt; "either": of none. */
    dialect: DialectChoice;
    /** 0..1; null takes the model's own calibrated thresholds of the level. */
    confidence: number | null;
    ignoredTypes: CorrectionType[];
  };
  dictionary: string[];
  ignoredSentences: string[];
  /** No setting of package.json: what the editor's side keeps for the one document that it answers for. */
  ignoredRemarks: IgnoredRemark[];
  paraphrase: Decoding & { mode: ParaphraseMode; candidates: number; automatic: boolean };
  summarize: Decoding & { length: SummaryLength };
  model: { path: string; dtype: string };
  device: Device;
  threads: number;
  /** Minutes without a request after which the engine frees the model; 0 never. */
  idleMinutes: number;
}

export const defaultSettings: Settings = {
  enable: true,
  languages: {},
  effort: 'balanced',
  experimental: {},
  correct: {
    asYouType: true,
    delay: 300,
    level: 'balanced',
    style: 'auto',
    dialect: 'either',
    confidence: null,
    ignoredTypes: [],
    ...efforts.balanced.correct,
    options: {},
  },
  dictionary: [],
  ignoredSentences: [],
  ignoredRemarks: [],
  paraphrase: { mode: usualMode, candidates: 3, ...efforts.balanced.paraphrase, options: {}, automatic: false },
  summarize: { length: 'sentence', ...efforts.balanced.summarize, options: {} },
  model: { path: '', dtype: 'auto' },
  device: 'auto',
  threads: 1,
  idleMinutes: 10,
};

/**
 * Whether texts of an editor's language are checked: what the setting says of the language itself, or else of markup
 * (all text formats) or code (comments of programs), or else yes.
 */
export function checksLanguage({ languages }: Pick<Settings, 'languages'>, language: string): boolean {
  const format = formatOfLanguage(language);
  if (format === undefined) return false;
  return languages[language] ?? languages[isCode(format) ? 'code' : 'markup'] ?? true;
}
