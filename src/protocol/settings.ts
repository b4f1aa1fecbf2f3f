/** Settings under "narTextTools.*", as engine and editor read them (read-settings.ts). Defaults are in package.json and here: keep equal (a test compares). */
import type {
  CorrectionLevel,
  CorrectionType,
  Device,
  DialectChoice,
  ParaphraseMode,
  StyleChoice,
  SummaryLength,
} from './requests';
import { efforts, type Effort, type Preset } from './effort';
import type { DecodeOptions } from './trace';

export interface Settings {
  enable: boolean;
  /** Where decoder or passes say nothing of their own ("auto", null): both come from here. */
  effort: Effort;
  correct: Preset & {
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
    /** Only what the decoder reads (decoder-options.ts). */
    options: DecodeOptions;
  };
  dictionary: string[];
  ignoredSentences: string[];
  paraphrase: Preset & { mode: ParaphraseMode; candidates: number; options: DecodeOptions; automatic: boolean };
  summarize: Preset & { length: SummaryLength };
  model: { path: string; dtype: string };
  device: Device;
  threads: number;
  /** Minutes without a request after which the engine frees the model; 0 never. */
  idleMinutes: number;
}

export const defaultSettings: Settings = {
  enable: true,
  effort: 'balanced',
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
  paraphrase: { mode: 'rephrase', candidates: 3, ...efforts.balanced.paraphrase, options: {}, automatic: false },
  summarize: { length: 'sentence', ...efforts.balanced.summarize },
  model: { path: '', dtype: 'auto' },
  device: 'auto',
  threads: 1,
  idleMinutes: 10,
};
