/** --output json: one document for all files (schemas/corrections.schema.json). */
import type { UnknownWord } from '../../protocol/requests';
import { Positions } from './positions';
import type { FileRemarks, Remark } from './remarks';

/** Fields of one correction; `--json` has them, too. */
export function correctionFields(remark: Remark): object {
  const { startIndex, endIndex, start, end, original, correction, type, confidence, explanation, sure, style } = remark;
  return {
    startIndex,
    endIndex,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    original,
    correction,
    type,
    confidence,
    sure,
    ...(style ? { style } : {}),
    explanation,
  };
}

export function jsonDocument(files: readonly FileRemarks[], problems: readonly string[], version: string): string {
  const document = {
    version: 1,
    program: { name: 'nar-text', version },
    files: files.map(({ name, format, remarks, failures, unread, unknownWords, text }) => ({
      file: name ?? null,
      format,
      corrections: remarks.map(correctionFields),
      ...(failures.length > 0 ? { failures } : {}),
      ...(unread.length > 0 ? { unread } : {}),
      ...(unknownWords.length > 0 ? { unknownWords: placed(text, unknownWords) } : {}),
    })),
    problems,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function placed(text: string, words: readonly UnknownWord[]): object[] {
  const positions = new Positions(text);
  return words.map((word) => ({
    ...word,
    word: text.slice(word.startIndex, word.endIndex),
    ...positions.at(word.startIndex),
  }));
}
