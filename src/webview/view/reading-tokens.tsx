/** Source and draft as two running texts, with thin lines between shared tokens where both fit on one line each. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { groupDraft } from '../logic/alignment';
import { currentStep, operations, source, tokens } from '../store';
import { Connectors } from './connectors';
import { DraftToken } from './draft-token';
import { Gap } from './gap';
import { SourceToken } from './source-token';
import { keepRovingReachable, moveByKey } from './token-keys';

export function ReadingTokens() {
  const container = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => keepRovingReachable(source.value.length, tokens.value.length));
  const sourceWords = source.value.reduce<number[][]>((words, { text }, index) => {
    if (words.length === 0 || /^\s/.test(text)) words.push([index]);
    else words.at(-1)!.push(index);
    return words;
  }, []);
  return (
    <div class="reading" ref={container} role="group" aria-label="Source tokens, then draft tokens; arrow keys move between them" data-own-keys onKeyDown={moveByKey}>
      {source.value.length > 0 && (
        <div class="line source-line">
          <span class="line-name" aria-hidden="true">Source</span>
          <span class="line-text">
            {sourceWords.map((word) => (
              <span class="word" key={word[0]}>
                {word.map((index) => <SourceToken key={index} index={index} token={source.value[index]!} operation={operations.value.get(index)} />)}
              </span>
            ))}
          </span>
        </div>
      )}
      <Connectors container={container} />
      <div class="line draft-line">
        <span class="line-name" aria-hidden="true">Draft</span>
        <span class="line-text">
          {tokens.value.length === 0 && <span class="quiet">No tokens yet in this step.</span>}
          {currentStep.value?.leadingGap && <Gap gap={currentStep.value.leadingGap} leading />}
          {groupDraft(tokens.value).map((word) => (
            <span class="word" key={word[0]}>
              {word.map((position) => <DraftToken key={position} position={position} token={tokens.value[position]!} />)}
            </span>
          ))}
        </span>
      </div>
    </div>
  );
}
