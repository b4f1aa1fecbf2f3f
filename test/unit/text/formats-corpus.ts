/** The documents under test/fixtures/formats, and how their prose is shown in them. */
import fs from 'node:fs';
import path from 'node:path';
import { formatOfFile, type TextFormat } from '../../../src/protocol/formats';
import { proseSentences } from '../../../src/text/prose';
import type { Sentence } from '../../../src/text/types';

export interface FormatDocument {
  /** `folder/file`. */
  name: string;
  file: string;
  format: TextFormat;
  source: string;
}

const root = path.join(__dirname, '../../fixtures/formats');

/** Documents of one folder; those of `commit` are commit messages whatever their names. */
export function documentsOf(folder: string): FormatDocument[] {
  return fs
    .readdirSync(path.join(root, folder))
    .filter((file) => !file.endsWith('.prose'))
    .map((file) => ({
      name: `${folder}/${file}`,
      file: path.join(root, folder, file),
      format: folder === 'commit' ? 'commit' : formatOfFile(file)!,
      source: fs.readFileSync(path.join(root, folder, file), 'utf8'),
    }));
}

export const folders = fs.readdirSync(root);

export type Span = readonly [start: number, end: number];

/** Source ranges whose letters may change, sorted: text that is neither protected nor a name. */
export function proseSpans(sentences: readonly Sentence[]): Span[] {
  const spans: Span[] = [];
  for (const { pieces, names = [] } of sentences) {
    for (const piece of pieces) {
      if (piece.protected) continue;
      let from = piece.viewStart;
      const push = (to: number): void => {
        const shift = piece.sourceStart - piece.viewStart;
        if (to > from) spans.push([from + shift, to + shift]);
      };
      for (const [start, end] of names) {
        if (end <= from || start >= piece.viewStart + piece.length) continue;
        push(Math.max(from, start));
        from = Math.max(from, Math.min(end, piece.viewStart + piece.length));
      }
      push(piece.viewStart + piece.length);
    }
  }
  return spans.sort((left, right) => left[0] - right[0]);
}

/** The document with « and » around its prose; a name, whose case alone may change, stands outside of them. */
export function marked({ source, format }: FormatDocument): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of proseSpans(proseSentences(source, format))) {
    parts.push(source.slice(at, start), '«', source.slice(start, end), '»');
    at = end;
  }
  return parts.join('') + source.slice(at);
}
