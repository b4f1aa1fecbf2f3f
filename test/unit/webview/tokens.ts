/** Small builders for the webview's tests. */
import type { SourceToken, Step, TraceToken, Trace } from '../../../src/protocol/trace';

export function token(text: string, fields: Partial<TraceToken> = {}): TraceToken {
  // The text decides the id, so that equal texts are equal tokens.
  const id =
    fields.state === 'masked'
      ? 1
      : 32 + [...text].reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 16000, 0);
  return { id, text, state: 'kept', logProbability: 0, entropy: 0, alternatives: [], ...fields };
}
export const slot = (fields: Partial<TraceToken> = {}): TraceToken => token('', { state: 'masked', ...fields });

export function step(tokens: TraceToken[], fields: Partial<Step> = {}): Step {
  return {
    index: 0,
    system: 'levenshtein',
    action: 'fill',
    tokens,
    score: 0,
    passes: 1,
    queryTokens: 0,
    milliseconds: 1,
    repetitionRatio: 0,
    ...fields,
  };
}

/** Tokens of a text in the manner of ByteLevel BPE: a word carries the space before it, so offsets cover it. */
export function sourceOf(text: string): SourceToken[] {
  return [...text.matchAll(/ ?[^\s.,]+|[.,]|\s/g)].map((match) => ({
    id: token(match[0]).id,
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

export function trace(fields: Partial<Trace> = {}): Trace {
  const sourceText = fields.sourceText ?? 'It work.';
  return {
    version: 1,
    task: 'fix',
    system: 'levenshtein',
    model: { name: 'm', version: '1', device: 'cpu', dtype: 'int8' },
    options: {},
    sourceText,
    source: sourceOf(sourceText),
    steps: [step([token('It')])],
    output: 'It works.',
    stop: 'fixed',
    passes: 1,
    milliseconds: 2,
    ...fields,
  };
}
