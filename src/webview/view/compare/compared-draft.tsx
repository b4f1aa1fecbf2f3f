/**
 * One side's draft as a running text: how sure of each token, and which words the other side
 * does not have at this moment.
 */
import type { Step, Trace, TraceToken } from '../../../protocol/trace';
import { groupDraft } from '../../logic/alignment';
import { underlineOf } from '../../logic/confidence';
import { actionNames, count, shown } from '../../logic/format';
import { historyAt, oldestOf, type TokenHistory } from '../../logic/history';
import { markOf } from '../../logic/measures';
import { wordDifference } from '../../logic/word-difference';
import { digits, measure } from '../../store';
import { t } from '../../l10n';

const wordsIn = (tokens: readonly TraceToken[]): string[] =>
  groupDraft(tokens).map((word) =>
    word
      .map((position) => tokens[position]!)
      .map(({ state, text }) => (state === 'deleted' ? '' : text))
      .join('')
      .trim(),
  );

function Token({ token, history, oldest }: { token: TraceToken; history: TokenHistory | undefined; oldest: number }) {
  const mark = markOf(token, measure.value, history, oldest);
  if (token.state === 'masked') return <span class="slot" role="img" aria-label={t('empty slot')} />;
  const marks = mark ? ` sure level-${mark.level} underline-${underlineOf(mark.level)}` : '';
  const text = <span class="token-text">{shown(token.text)}</span>;
  return token.state === 'deleted' ? (
    <del class="token state-deleted">{text}</del>
  ) : (
    <span class={`token${marks}`} title={mark?.told}>
      {text}
      {digits.value && mark && <sup class="digit">{mark.digit}</sup>}
    </span>
  );
}

export function ComparedDraft({ trace, index, other }: { trace: Trace; index: number; other: Step | undefined }) {
  const step = trace.steps[index];
  if (!step) return <p class="quiet">{t('This run has no steps.')}</p>;
  const history = measure.value === 'changes' || measure.value === 'age' ? historyAt(trace.steps, index) : undefined;
  const oldest = oldestOf(history ?? []);
  const marks = wordDifference(wordsIn(step.tokens), wordsIn(other?.tokens ?? [])).one;
  return (
    <>
      <p class="quiet">
        {t(
          'Step {0} of {1}, {2}, {3} spent',
          index + 1,
          trace.steps.length,
          actionNames[step.action],
          count(step.passes, 'pass', 'passes'),
        )}
      </p>
      <p class="compared-draft">
        {groupDraft(step.tokens).map((word, at) => {
          const tokens = word.map((position) => (
            <Token key={position} token={step.tokens[position]!} history={history?.[position]} oldest={oldest} />
          ));
          return marks[at] ? (
            <mark class="word differs" key={word[0]}>
              {tokens}
            </mark>
          ) : (
            <span class="word" key={word[0]}>
              {tokens}
            </span>
          );
        })}
      </p>
    </>
  );
}
