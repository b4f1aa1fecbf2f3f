/** Source and draft as two running texts, with thin lines between shared tokens where both fit on one line each. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { groupDraft } from '../../logic/alignment';
import { draftView, isLong, rowData, sourceView, type RowData } from '../../row-data';
import { currentStep, source, tokens } from '../../store';
import { Chunked } from './chunked';
import { Connectors } from './connectors';
import { DraftToken } from './draft-token';
import { Gap } from './gap';
import { rowEvents, usePointerMarks } from './row-events';
import { SourceToken } from './source-token';
import { keepRovingReachable, moveByKey } from './token-keys';
import { t } from '../../l10n';

const sourceWords = (list: RowData['source']): number[][] =>
  list.reduce<number[][]>((words, { text }, index) => {
    if (words.length === 0 || /^\s/.test(text)) words.push([index]);
    else words.at(-1)!.push(index);
    return words;
  }, []);

const drawSourceWord = (word: number[], data: RowData) => (
  <span class="word" key={word[0]}>
    {word.map((index) => (
      <SourceToken key={index} {...sourceView(data, index)} />
    ))}
  </span>
);
const drawDraftWord = (word: number[], data: RowData) => (
  <span class="word" key={word[0]}>
    {word.map((position) => (
      <DraftToken key={position} {...draftView(data, position)} />
    ))}
  </span>
);

export function ReadingTokens() {
  const container = useRef<HTMLDivElement>(null),
    sourceLine = useRef<HTMLSpanElement>(null),
    draftLine = useRef<HTMLSpanElement>(null);
  const data = rowData.value;
  useLayoutEffect(() => keepRovingReachable(source.value.length, tokens.value.length));
  const markTokens = usePointerMarks(container, data);
  return (
    <div
      class={`reading${isLong(data) ? ' long' : ''}`}
      ref={container}
      role="group"
      aria-label={t('Source tokens, then draft tokens; arrow keys move between them')}
      data-own-keys
      onKeyDown={moveByKey}
      {...rowEvents}
    >
      {data.source.length > 0 && (
        <div class="line source-line">
          <span class="line-name" aria-hidden="true">
            {t('Source')}
          </span>
          <span class="line-text" ref={sourceLine}>
            <Chunked
              words={sourceWords(data.source)}
              data={data}
              draw={drawSourceWord}
              container={() => sourceLine.current}
              onDrawn={markTokens}
            />
          </span>
        </div>
      )}
      <Connectors container={container} />
      <div class="line draft-line">
        <span class="line-name" aria-hidden="true">
          {t('Draft')}
        </span>
        <span class="line-text" ref={draftLine}>
          {data.tokens.length === 0 && <span class="quiet">{t('No tokens yet in this step.')}</span>}
          {currentStep.value?.leadingGap && <Gap gap={currentStep.value.leadingGap} leading />}
          <Chunked
            words={groupDraft(data.tokens)}
            data={data}
            draw={drawDraftWord}
            container={() => draftLine.current}
            onDrawn={markTokens}
          />
        </span>
      </div>
    </div>
  );
}
