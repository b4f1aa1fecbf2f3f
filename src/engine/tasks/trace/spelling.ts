/**
 * How the tokens of a trace read. ByteLevel tokens bring their white space along; WordPiece tokens bring none, so what
 * is kept is shown as it stands in the source, and what is new with white space by rule (text/piece-spacing).
 */
import type { Step, TraceToken } from '../../../protocol/trace';
import { standsDirectlyBehind } from '../../../text/piece-spacing';
import type { Tokenizer } from '../../../text/tokenizer';
import type { OffsetEncoding } from '../../../text/types';

export interface Spelling {
  /** Text of source token `index`, white space before it included. */
  source(id: number, index: number): string;
  step(step: Step): Step;
}

export function spelling(tokenizer: Tokenizer, view: string, { ids, starts, ends }: OffsetEncoding): Spelling {
  if (tokenizer.carriesSpace) return { source: (id) => tokenizer.tokenText(id), step: (step) => step };
  const own = (index: number): string => view.slice(starts[index], ends[index]);
  const token = (before: string, { id, text, sourceIndex, alternatives, ...rest }: TraceToken): TraceToken => {
    const written = (piece: number, plain: string): string => {
      if (plain === '' || tokenizer.continues(piece)) return tokenizer.pieceText(piece);
      const bare = tokenizer.pieceText(piece);
      return standsDirectlyBehind(before, bare) ? bare : ` ${bare}`;
    };
    const isKept = sourceIndex !== undefined && ids[sourceIndex] === id;
    return {
      ...rest,
      id,
      ...(sourceIndex === undefined ? {} : { sourceIndex }),
      text: isKept ? own(sourceIndex) : written(id, text),
      alternatives: alternatives.map((one) => ({ ...one, text: written(one.id, one.text) })),
    };
  };
  return {
    source: (_, index) => own(index),
    step: (step) => {
      let before = '';
      const tokens = step.tokens.map((given) => {
        const shown = token(before, given);
        if (shown.state !== 'deleted') before += shown.text;
        return shown;
      });
      return { ...step, tokens };
    },
  };
}
