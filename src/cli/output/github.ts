/** --output github: workflow commands, which GitHub Actions show as annotations of the changed lines. */
import type { FileRemarks } from './remarks';

/** As the runner's own toolkit escapes them. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

export function githubLines({ name, remarks }: FileRemarks): string {
  return remarks
    .map(({ start, end, type, style, confidence, explanation }) => {
      const where = {
        ...(name === undefined ? {} : { file: name }),
        line: start.line,
        endLine: end.line,
        // A column is shown only where line and end are one.
        ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
        title: `nar-text: ${type} (${Math.round(confidence * 100)} %)`,
      };
      const properties = Object.entries(where).map(([key, value]) => `${key}=${property(String(value))}`);
      return `::${style ? 'notice' : 'warning'} ${properties.join(',')}::${data(explanation)}\n`;
    })
    .join('');
}
