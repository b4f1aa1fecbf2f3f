/** The text that a draft stands for, with everything that the model left alone exactly as the person wrote it. */
import type { SourceToken, Step, TraceToken } from '../../protocol/trace';
import type { Substitution } from '../../protocol/panel';
import { alignColumns } from './alignment';

const visibleText = (token: TraceToken) => (token.state === 'deleted' || token.state === 'masked' ? '' : token.text);

/**
 * A draft whose tokens know their source is applied as edits to `sourceText`, so that markup and spacing between tokens
 * survive; any other draft is its own text.
 */
export function draftText(sourceText: string, source: readonly SourceToken[], tokens: readonly TraceToken[]): string {
  const columns = alignColumns(source.length, tokens);
  if (!columns) return tokens.map(visibleText).join('').replace(/^\s+/, '');
  let text = '',
    reached = 0;
  for (const column of columns) {
    const visible = column.positions.map((position) => tokens[position]!).filter((token) => visibleText(token) !== '');
    const origin = column.source === undefined ? undefined : source[column.source];
    if (!origin) {
      text += visible.map(visibleText).join('');
      continue;
    }
    text += sourceText.slice(reached, origin.start);
    reached = source[column.more?.at(-1) ?? column.source!]!.end;
    const original = sourceText.slice(origin.start, reached);
    if (!column.more && visible.length === 1 && visible[0]!.id === origin.id) {
      text += original;
      continue;
    }
    let replacement = visible.map(visibleText).join('');
    // Offsets may leave a token's own space outside (markup stands between): then the space is in `text` already.
    const spaceOutside = /^\s/.test(origin.text) && !/^\s/.test(original);
    if (spaceOutside) replacement = replacement.replace(/^\s+/, '');
    if (spaceOutside && replacement === '') text = text.replace(/[ \t]$/, '');
    text += replacement;
  }
  return text + sourceText.slice(reached);
}

/**
 * A step's tokens with the person's choices in place. A chosen token is certain, so it
 * carries no probability of its own.
 */
export function substituted(step: Step, index: number, substitutions: readonly Substitution[]): TraceToken[] {
  const chosen = new Map(substitutions.filter((one) => one.step === index).map((one) => [one.position, one]));
  if (chosen.size === 0) return step.tokens;
  return step.tokens.map((token, position) => {
    const substitution = chosen.get(position);
    return substitution ? { ...token, id: substitution.id, text: substitution.text, state: 'changed' } : token;
  });
}
