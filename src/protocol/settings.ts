/** Settings under "narTextTools.*", as the engine reads them with workspace/configuration. Defaults are in package.json and here: keep equal (a test compares). */
import type { CorrectionType, Device, ParaphraseMode, SummaryLength } from './requests';
import { efforts, type Effort } from './effort';
import type { DecoderName } from './trace';

export interface Settings {
  enable: boolean;
  /** Where decoder or passes say nothing of their own ("auto", null): both come from here. */
  effort: Effort;
  correct: {
    asYouType: boolean;
    /** Milliseconds of quiet before a changed sentence is checked. */
    delay: number;
    /** 0..1; null takes the model's own calibrated thresholds. */
    confidence: number | null;
    ignoredTypes: CorrectionType[];
    decoder: DecoderName;
    passes: number;
  };
  dictionary: string[];
  ignoredSentences: string[];
  paraphrase: { mode: ParaphraseMode; candidates: number; decoder: DecoderName; passes: number; automatic: boolean };
  summarize: { length: SummaryLength };
  model: { path: string; dtype: string };
  device: Device;
  threads: number;
  /** Minutes without a request after which the engine frees the model; 0 never. */
  idleMinutes: number;
}

export const defaultSettings: Settings = {
  enable: true,
  effort: 'balanced',
  correct: { asYouType: true, delay: 300, confidence: null, ignoredTypes: [], ...efforts.balanced.correct },
  dictionary: [],
  ignoredSentences: [],
  paraphrase: { mode: 'rephrase', candidates: 3, ...efforts.balanced.paraphrase, automatic: false },
  summarize: { length: 'sentence' },
  model: { path: '', dtype: 'auto' },
  device: 'auto',
  threads: 1,
  idleMinutes: 10,
};
