/** Source above draft, token under token, as one text that wraps between words: nothing has to be traced with a finger. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Word } from '../logic/alignment';
import { draftView, isLong, rowData, sourceView, type RowData } from '../row-data';
import { currentStep, operations, source, tokens, words } from '../store';
import { Chunked } from './chunked';
import { DraftToken } from './draft-token';
import { Gap } from './gap';
import { Icon } from './icons';
import { rowEvents, usePointerMarks } from './row-events';
import { SourceToken } from './source-token';
import { keepRovingReachable, moveByKey } from './token-keys';

function drawWord({ columns }: Word, data: RowData) {
  const first = columns[0]!;
  return (
    <span class="word" key={first.source ?? `new-${first.positions[0]}`}>
      {columns.map((column) => (
        <span class={`column${column.source === undefined ? ' inserted-column' : ''}`} key={column.source ?? `new-${column.positions[0]}`}>
          <span class="cell source-cell">
            {column.source === undefined
              ? <span class="caret"><Icon name="caret" /></span>
              : [column.source, ...(column.more ?? [])].map((index) => <SourceToken key={index} {...sourceView(data, index)} />)}
          </span>
          <span class="cell draft-cell">
            {column.positions.length === 0 && <span class="nothing" aria-hidden="true">·</span>}
            {column.positions.map((position) => <DraftToken key={position} {...draftView(data, position)} />)}
          </span>
        </span>
      ))}
    </span>
  );
}

export function AlignedTokens() {
  const container = useRef<HTMLDivElement>(null), text = useRef<HTMLSpanElement>(null);
  const data = rowData.value;
  const bars = operations.value.size > 0;
  const leadingGap = currentStep.value?.leadingGap;
  useLayoutEffect(() => keepRovingReachable(source.value.length, tokens.value.length));
  usePointerMarks(container, data);
  return (
    <div
      class={`aligned${bars ? ' with-bars' : ''}${isLong(data) ? ' long' : ''}`} ref={container} role="group" aria-label="Source tokens above draft tokens; arrow keys move between them"
      data-own-keys onKeyDown={moveByKey} {...rowEvents}
    >
      <span class="column row-names" aria-hidden="true"><span class="cell source-cell">Source</span><span class="cell draft-cell">Draft</span></span>
      <span class="aligned-text" ref={text}>
        {leadingGap && leadingGap.count > 0 && <span class="column"><span class="cell source-cell" /><span class="cell draft-cell"><Gap gap={leadingGap} leading /></span></span>}
        <Chunked words={words.value!} data={data} draw={drawWord} container={() => text.current} />
      </span>
    </div>
  );
}
