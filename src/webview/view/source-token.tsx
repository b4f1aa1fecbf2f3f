/** One source token: hover or focus shows its decision, a click locks it against change. */
import { useComputed } from '@preact/signals';
import type { SourceToken as Token } from '../../protocol/trace';
import { percent, shown } from '../logic/format';
import { closeSoon, linkedSource, open, roving, target } from '../pointer';
import { dispatch, locked as lockedTokens } from '../store';
import { Icon } from './icons';
import { OperationBars } from './operation-bars';

interface SourceTokenProps {
  index: number;
  token: Token;
  /** Keep, delete, generate, where a step decided on this token. */
  operation: [number, number, number] | undefined;
}

export function SourceToken({ index, token, operation }: SourceTokenProps) {
  const locked = lockedTokens.value.includes(index);
  const linked = useComputed(() => linkedSource.value === index);
  const tab = useComputed(() => (roving.value.row === 'source' && roving.value.index === index ? 0 : -1));
  const here = { row: 'source', index } as const;
  const label = [
    `Source: ${shown(token.text)}`,
    ...(token.protected ? ['protected'] : []),
    ...(operation ? [`keep ${percent(operation[0])}, delete ${percent(operation[1])}, generate ${percent(operation[2])}`] : []),
  ].join(', ');
  return (
    <button
      type="button" class={`source-token${locked ? ' locked' : ''}${token.protected ? ' protected' : ''}`} data-row="source" data-index={index}
      data-linked={linked} tabIndex={tab} aria-pressed={locked} aria-label={`${label}${locked ? ', locked' : ''}`}
      onMouseEnter={() => open(here, index)} onMouseLeave={closeSoon}
      onFocus={() => { roving.value = here; open(here, index); }} onBlur={() => { if (target.value?.row === 'source') closeSoon(); }}
      onClick={() => { if (!token.protected) dispatch({ type: 'lock', index }); }}
    >
      {operation && <OperationBars operation={operation} />}
      <span>{locked && <Icon name="locked" />}{shown(token.text)}</span>
    </button>
  );
}
