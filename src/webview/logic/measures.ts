/** What the colour of a token shows: four measures on one scale of ten levels, 0 is where to look. */
import type { TraceToken } from '../../protocol/trace';
import { levelOf, levels, sureness, type Measure } from './confidence';
import { count, percent } from './format';
import type { TokenHistory } from './history';
import { t } from '../l10n';

export interface Mark {
  level: number;
  /** The digit beside the token, for those who do not go by colour. */
  digit: string;
  /** As part of a sentence. */
  told: string;
}

/** @param oldest age of the token of this draft that has stood longest: the calm end of the scale */
export function markOf(
  token: TraceToken,
  measure: Measure,
  history: TokenHistory | undefined,
  oldest: number,
): Mark | undefined {
  if (measure === 'confidence' || measure === 'entropy') {
    const sure = sureness(token, measure);
    if (sure === undefined) return undefined;
    const level = levelOf(sure);
    return { level, digit: String(level), told: t('{0} sure', percent(sure)) };
  }
  if (history?.age === undefined || token.state === 'masked' || token.state === 'deleted') return undefined;
  const { age, changes } = history;
  if (measure === 'changes')
    return {
      level: levelOfChanges(changes),
      digit: String(changes),
      told: changes === 0 ? t('never changed') : t('changed {0}', count(changes, 'time')),
    };
  return {
    level: levelOfAge(age, oldest),
    digit: String(age),
    told: age === 0 ? t('written in this step') : t('written {0} ago', count(age, 'step')),
  };
}

/** Never changed is the calm end; every further change counts for less. */
export const levelOfChanges = (changes: number): number => levelOf(1 / (1 + changes));

export const levelOfAge = (age: number, oldest: number): number =>
  Math.min(levels - 1, Math.round((age / Math.max(1, oldest)) * (levels - 1)));

export interface MeasureTexts {
  title: string;
  caption: string;
  /** Words at the ends of the scale. */
  low: string;
  high: string;
  /** What the legend shows, level and digit. */
  swatches: { level: number; digit: string }[];
}

const tenLevels = Array.from({ length: levels }, (_, level) => ({ level, digit: String(level) }));

export const measureTexts: Record<Measure, MeasureTexts> = {
  confidence: {
    title: t('Confidence'),
    caption: t('Confidence'),
    low: t('unsure'),
    high: t('sure'),
    swatches: tenLevels,
  },
  entropy: {
    title: t('Entropy'),
    caption: t('Certainty e⁻ᴴ of the entropy'),
    low: t('unsure'),
    high: t('sure'),
    swatches: tenLevels,
  },
  changes: {
    title: t('Changes'),
    caption: t('Times changed'),
    low: t('often'),
    high: t('never'),
    swatches: [9, 4, 3, 2, 1, 0].map((changes) => ({ level: levelOfChanges(changes), digit: String(changes) })),
  },
  age: {
    title: t('Age'),
    caption: t('Written'),
    low: t('in this step'),
    high: t('long ago'),
    swatches: tenLevels.map(({ level }) => ({ level, digit: '' })),
  },
};
