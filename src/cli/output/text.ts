/** --check and --output text: "file:line:column: message", 1-based as compilers and editors read it. */
import { printable } from '../printable';
import { standardInput, type FileRemarks } from './remarks';

export function textLines({ name, remarks }: FileRemarks): string {
  return remarks
    .map(({ start, explanation, type, confidence }) => {
      const percent = `${Math.round(confidence * 100)} %`;
      return `${printable(name ?? standardInput)}:${start.line}:${start.column}: ${oneLine(explanation)} [${type}, ${percent}]\n`;
    })
    .join('');
}

function oneLine(text: string): string {
  return text.split(/[\r\n]+/).join(' ');
}
