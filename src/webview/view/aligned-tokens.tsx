/** Source above draft, token under token, as one text that wraps between words: nothing has to be traced with a finger. */
import { useLayoutEffect } from 'preact/hooks';
import { currentStep, operations, source, tokens, words } from '../store';
import { DraftToken } from './draft-token';
import { Gap } from './gap';
import { Icon } from './icons';
import { SourceToken } from './source-token';
import { keepRovingReachable, moveByKey } from './token-keys';

export function AlignedTokens() {
  const bars = operations.value.size > 0;
  const leadingGap = currentStep.value?.leadingGap;
  useLayoutEffect(() => keepRovingReachable(source.value.length, tokens.value.length));
  return (
    <div class={`aligned${bars ? ' with-bars' : ''}`} role="group" aria-label="Source tokens above draft tokens; arrow keys move between them" data-own-keys onKeyDown={moveByKey}>
      <span class="column row-names" aria-hidden="true"><span class="cell source-cell">Source</span><span class="cell draft-cell">Draft</span></span>
      <span class="aligned-text">
        {leadingGap && leadingGap.count > 0 && <span class="column"><span class="cell source-cell" /><span class="cell draft-cell"><Gap gap={leadingGap} leading /></span></span>}
        {words.value!.map((word, index) => (
          <span class="word" key={index}>
            {word.columns.map((column) => (
              <span class={`column${column.source === undefined ? ' inserted-column' : ''}`} key={column.source ?? `new-${column.positions[0]}`}>
                <span class="cell source-cell">
                  {column.source === undefined
                    ? <span class="caret"><Icon name="caret" /></span>
                    : [column.source, ...(column.more ?? [])].map((index) => <SourceToken key={index} index={index} token={source.value[index]!} operation={operations.value.get(index)} />)}
                </span>
                <span class="cell draft-cell">
                  {column.positions.length === 0 && <span class="nothing" aria-hidden="true">·</span>}
                  {column.positions.map((position) => <DraftToken key={position} position={position} token={tokens.value[position]!} />)}
                </span>
              </span>
            ))}
          </span>
        ))}
      </span>
    </div>
  );
}
