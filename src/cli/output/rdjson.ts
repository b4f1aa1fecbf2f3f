/** --output rdjson: the diagnostic format of reviewdog, version of its JSON schema `DiagnosticResult`. */
import { standardInput, type FileRemarks, type Remark } from './remarks';

function range({ start, end }: Remark): object {
  // Its columns count bytes of UTF-8.
  return {
    start: { line: start.line, column: start.byteColumn },
    end: { line: end.line, column: end.byteColumn },
  };
}

export function rdjsonDocument(files: readonly FileRemarks[]): string {
  const diagnostics = files.flatMap(({ name, remarks }) =>
    remarks.map((remark) => ({
      message: remark.explanation,
      location: { path: name ?? standardInput, range: range(remark) },
      severity: remark.style ? 'INFO' : 'WARNING',
      code: { value: remark.type },
      suggestions: [{ range: range(remark), text: remark.correction }],
      original_output: remark.original,
    })),
  );
  return `${JSON.stringify({ source: { name: 'nar-text' }, severity: 'WARNING', diagnostics }, null, 2)}\n`;
}
