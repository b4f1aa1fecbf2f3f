/**
 * Two decoders or two budgets on the same input, side by side: figures, the draft after the same
 * number of passes, the outputs.
 */
import { decoderRecords } from '../../../protocol/decoders';
import { useComputed } from '@preact/signals';
import type { Trace } from '../../../protocol/trace';
import { budgetName } from '../../logic/budgets';
import { contenderOf, keyOf, stepBeside, type Contender } from '../../logic/side-runs';
import { count } from '../../logic/format';
import { wordDifference, wordsOf } from '../../logic/word-difference';
import { dispatch, state } from '../../store';
import { CompareFigures } from './compare-figures';
import { CompareForm } from './compare-form';
import { ComparedDraft } from './compared-draft';
import { Icon } from '../parts/icons';
import { MarkedWords } from './marked-words';
import { About } from '../parts/about';
import { t } from '../../l10n';

export const nameOf = ({ decoder, passes }: Contender): string =>
  `${t(decoderRecords[decoder].title)}, ${budgetName(passes)}`;

function Sides({ one, other, names }: { one: Trace; other: Trace; names: [string, string] }) {
  const { stepIndex } = state.value;
  const beside = stepBeside(one.steps, stepIndex, other.steps);
  const [words, otherWords] = [wordsOf(one.output), wordsOf(other.output)];
  const trimmed = (list: string[]) => list.map((word) => word.trim());
  const difference = wordDifference(trimmed(words), trimmed(otherWords));
  const told =
    difference.count === 0
      ? t('Both outputs are the same.')
      : t('{0} between the outputs.', count(difference.count, 'word differs', 'words differ'));
  return (
    <>
      <p class="compare-verdict" role="status">
        {told}
      </p>
      <div class="sides">
        {(
          [
            [one, stepIndex, words, difference.one],
            [other, beside, otherWords, difference.other],
          ] as const
        ).map(([trace, index, list, marks], side) => (
          <section class="side" key={side} aria-label={names[side]}>
            <h3>
              <span class="side-letter" aria-hidden="true">
                {'AB'[side]}
              </span>
              {names[side]}
            </h3>
            <ComparedDraft
              trace={trace}
              index={index}
              other={side === 0 ? other.steps[beside] : one.steps[stepIndex]}
            />
            <p class="side-output">
              <MarkedWords words={list} marks={marks} />
            </p>
          </section>
        ))}
      </div>
      <CompareFigures one={one} other={other} names={names} />
    </>
  );
}

function Answer() {
  const { comparison, sides, shown, trace, phase, file } = state.value;
  if (!comparison || !shown || !trace || phase === 'running')
    return <p class="quiet">{t('The comparison follows when the run is done.')}</p>;
  const side = sides[keyOf(comparison)];
  if (side?.failure !== undefined)
    return (
      <p class="side-failure" role="alert">
        {t('{0} did not finish: {1}', nameOf(comparison), side.failure)}
      </p>
    );
  if (!side?.trace)
    return (
      <p class="quiet">
        <progress aria-label={t('Waiting for the other run')} /> {t('{0} is running.', nameOf(comparison))}
      </p>
    );
  return (
    <>
      <Sides one={trace} other={side.trace} names={[file ?? nameOf(contenderOf(shown)), nameOf(comparison)]} />
      <div class="buttons">
        <button type="button" onClick={() => dispatch({ type: 'swap' })}>
          <Icon name="swap" />
          {t('Look into B')}
        </button>
        <span class="quiet">{t('Brings B to the top, with every token and its alternatives.')}</span>
      </div>
    </>
  );
}

export function Compare() {
  const open = useComputed(() => state.value.comparison !== undefined).value;
  return (
    <section class="compare" aria-label={t('Compare')}>
      <h2>{t('Compare')}</h2>
      <About>
        {t(
          'The same text once more, by another method or with another number of rounds, beside this run: where both agree the words are plain, where they differ they are marked.',
        )}
      </About>
      <CompareForm />
      {open && <Answer />}
    </section>
  );
}
