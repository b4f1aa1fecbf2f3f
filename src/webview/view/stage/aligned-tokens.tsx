/**
 * Source above draft, token under token, as one text that wraps between words: nothing has to be traced with a finger.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Column, Word } from '../../logic/alignment';
import { draftView, isLong, rowData, sourceView, type RowData } from '../../row-data';
import { currentStep, operations, source, tokens, words } from '../../store';
import { Chunked } from './chunked';
import { DraftToken } from './draft-token';
import { Gap } from './gap';
import { Icon } from '../parts/icons';
import { rowEvents, usePointerMarks } from './row-events';
import { SourceToken } from './source-token';
import { keepRovingReachable, moveByKey } from './token-keys';
import { t } from '../../l10n';

/**
 * Keys of a column's draft tokens: their place among the struck or the standing ones in it. A position in the draft
 * changes with every token that comes or goes before it, and the whole rest of the row would be made anew.
 */
function keysOf(positions: readonly number[], { tokens: draft }: RowData): string[] {
  const counts = { struck: 0, stands: 0 };
  return positions.map((position) => {
    const kind = draft[position]!.state === 'deleted' ? 'struck' : 'stands';
    return `${kind}-${counts[kind]++}`;
  });
}

function drawDraft(positions: readonly number[], data: RowData) {
  const keys = keysOf(positions, data);
  return positions.map((position, at) => <DraftToken key={keys[at]} {...draftView(data, position)} />);
}

const keyOf = ({ source: index, positions }: Column) => index ?? `new-${positions[0]}`;
const classOf = ({ source: index }: Column) => `column${index === undefined ? ' inserted-column' : ''}`;

const drawCells = ({ source: above, more = [], positions }: Column, data: RowData) => (
  <>
    <span class="cell source-cell">
      {above === undefined ? (
        <span class="caret">
          <Icon name="caret" />
        </span>
      ) : (
        [above, ...more].map((index) => <SourceToken key={index} {...sourceView(data, index)} />)
      )}
    </span>
    <span class="cell draft-cell">
      {positions.length === 0 && (
        <span class="nothing" aria-hidden="true">
          ·
        </span>
      )}
      {drawDraft(positions, data)}
    </span>
  </>
);

function drawWord({ columns }: Word, data: RowData) {
  const first = columns[0]!;
  // Most words are one column: then one element is both, and a changed word is laid out one level less deep.
  if (columns.length === 1)
    return (
      <span class={`word ${classOf(first)}`} key={keyOf(first)}>
        {drawCells(first, data)}
      </span>
    );
  return (
    <span class="word" key={keyOf(first)}>
      {columns.map((column) => (
        <span class={classOf(column)} key={keyOf(column)}>
          {drawCells(column, data)}
        </span>
      ))}
    </span>
  );
}

export function AlignedTokens() {
  const container = useRef<HTMLDivElement>(null),
    text = useRef<HTMLSpanElement>(null);
  const data = rowData.value;
  const bars = operations.value.size > 0;
  const leadingGap = currentStep.value?.leadingGap;
  useLayoutEffect(() => keepRovingReachable(source.value.length, tokens.value.length));
  const markTokens = usePointerMarks(container, data);
  return (
    <div
      class={`aligned${bars ? ' with-bars' : ''}${data.durations.size > 0 ? ' with-counts' : ''}${isLong(data) ? ' long' : ''}`}
      ref={container}
      role="group"
      aria-label={t('Source tokens above draft tokens; arrow keys move between them')}
      data-own-keys
      onKeyDown={moveByKey}
      {...rowEvents}
    >
      <span class="column row-names" aria-hidden="true">
        <span class="cell source-cell">{t('Source')}</span>
        <span class="cell draft-cell">{t('Draft')}</span>
      </span>
      <span class="aligned-text" ref={text}>
        {leadingGap && leadingGap.count > 0 && (
          <span class="column">
            <span class="cell source-cell" />
            <span class="cell draft-cell">
              <Gap gap={leadingGap} leading />
            </span>
          </span>
        )}
        <Chunked words={words.value!} data={data} draw={drawWord} container={() => text.current} onDrawn={markTokens} />
      </span>
    </div>
  );
}
