/** What the colour of a token shows: four measures on one scale of ten levels, 0 is where to look. */
import type { TraceToken } from '../../protocol/trace';
import { levelOf, levels, sureness, type Measure } from './confidence';
import { count, percent } from './format';
import type { TokenHistory } from './history';

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
    return { level, digit: String(level), told: `${percent(sure)} sure` };
  }
  if (history?.age === undefined || token.state === 'masked' || token.state === 'deleted') return undefined;
  const { age, changes } = history;
  if (measure === 'changes')
    return {
      level: levelOfChanges(changes),
      digit: String(changes),
      told: changes === 0 ? 'never changed' : `changed ${count(changes, 'time')}`,
    };
  return {
    level: levelOfAge(age, oldest),
    digit: String(age),
    told: age === 0 ? 'written in this step' : `written ${count(age, 'step')} ago`,
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
  confidence: { title: 'Confidence', caption: 'Confidence', low: 'unsure', high: 'sure', swatches: tenLevels },
  entropy: {
    title: 'Entropy',
    caption: 'Certainty e⁻ᴴ of the entropy',
    low: 'unsure',
    high: 'sure',
    swatches: tenLevels,
  },
  changes: {
    title: 'Changes',
    caption: 'Times changed',
    low: 'often',
    high: 'never',
    swatches: [9, 4, 3, 2, 1, 0].map((changes) => ({ level: levelOfChanges(changes), digit: String(changes) })),
  },
  age: {
    title: 'Age',
    caption: 'Written',
    low: 'in this step',
    high: 'long ago',
    swatches: tenLevels.map(({ level }) => ({ level, digit: '' })),
  },
};
