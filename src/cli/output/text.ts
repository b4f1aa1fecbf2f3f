/** --check and --output text: "file:line:column: message", 1-based as compilers and editors read it. */
import { printable } from '../printable';
import { unknownWordCode, unknownWordMessage } from '../../protocol/unknown-word';
import { Positions } from './positions';
import { standardInput, type FileRemarks } from './remarks';

export function textLines({ name, remarks }: FileRemarks): string {
  return remarks
    .map(({ start, explanation, type, confidence }) => {
      const percent = `${Math.round(confidence * 100)} %`;
      return `${printable(name ?? standardInput)}:${start.line}:${start.column}: ${oneLine(explanation)} [${type}, ${percent}]\n`;
    })
    .join('');
}

/** Words that nothing knows: told, and no reason for an exit code, for nothing would change. */
export function unknownLines({ name, text, unknownWords }: FileRemarks): string[] {
  const positions = new Positions(text);
  return unknownWords.map(({ startIndex, endIndex, suggestions }) => {
    const { line, column } = positions.at(startIndex);
    const perhaps = suggestions.map((suggestion) => `“${suggestion}”`).join(', ');
    const message = unknownWordMessage(text.slice(startIndex, endIndex));
    return `${printable(name ?? standardInput)}:${line}:${column}: ${message}${perhaps === '' ? '' : ` Perhaps ${perhaps}?`} [${unknownWordCode}]`;
  });
}

function oneLine(text: string): string {
  return text.split(/[\r\n]+/).join(' ');
}
