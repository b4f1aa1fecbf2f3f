/**
 * node bench/run.mjs formats --repositories FOLDER [--set NAME] [--kind NAME] [--level NAME] [--remarks FILE]: real
 * documents of the formats that people write in, named by repository, commit, path and SHA-256 in
 * bench/formats/documents.tsv and read from git repositories below FOLDER (<owner>__<name>, <owner>+<name>/repo or
 * <owner>/<name>, bare or not). Of each kind it counts words of prose and remarks, and how many of these a reader has
 * judged wrong (bench/formats/judged.jsonl). Exit code 1 where a piece of the view is not what stands in the source,
 * where a remark lies outside of prose, or where a document is not the one that was read.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../src/engine/engine';
import { formatOfFile } from '../src/protocol/formats';
import { correctionLevels } from '../src/protocol/tasks';
import { grammarReady, readProse } from '../src/text/prose';
import { editableRanges, faultsOf } from '../test/unit/text/fuzzed-texts';
import { documents, folder, textOf } from './formats/documents';

type Mark = 'right' | 'style' | 'wrong';

/** A line of judged.jsonl; `offset` in UTF-16 units. */
interface Remark {
  repository: string;
  path: string;
  offset: number;
  text: string;
  correction: string;
  mark?: Mark;
}

const keyOf = (remark: Remark): string =>
  [remark.repository, remark.path, remark.offset, remark.text, remark.correction].join('\t');

function judged(): Map<string, Mark> {
  const lines = readFileSync(path.join(folder, 'judged.jsonl'), 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line) as Remark).map((remark) => [keyOf(remark), remark.mark!]));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      repositories: { type: 'string' },
      set: { type: 'string' },
      kind: { type: 'string' },
      level: { type: 'string', default: 'balanced' },
      remarks: { type: 'string' },
      models: { type: 'string', default: path.join(process.env['NAR_TEXT_ROOT']!, 'models') },
    },
  });
  if (!values.repositories) throw new Error('--repositories FOLDER is needed.');
  const level = correctionLevels.find((name) => name === values.level);
  if (!level) throw new Error(`--level is one of ${correctionLevels.join(', ')}.`);
  const engine = new Engine({
    modelsFolder: values.models,
    settings: { model: { path: '', dtype: 'auto' }, device: 'cpu', threads: 1, idleMinutes: 0 },
  });
  const marks = judged();
  const counts = new Map<string, { documents: number; words: number; remarks: Record<Mark | 'unread', number> }>();
  const lines: string[] = [];
  let faults = 0;
  for (const document of documents(values)) {
    const name = `${document.repository}/${document.path}`;
    const fault = (message: string): void => {
      faults += 1;
      console.error(`${name}: ${message}`);
    };
    const text = textOf(document, values.repositories);
    const format = formatOfFile(document.path)!;
    await grammarReady(format);
    const prose = readProse(text, format);
    const key = `${document.set}\t${document.kind}`;
    const count = counts.get(key) ?? { documents: 0, words: 0, remarks: { right: 0, style: 0, wrong: 0, unread: 0 } };
    counts.set(key, count);
    count.documents += 1;
    for (const { text: view, pieces } of prose.sentences) {
      count.words += view.match(/\p{L}[\p{L}'’-]*/gu)?.length ?? 0;
      for (const { viewStart, sourceStart, length } of pieces)
        if (text.slice(sourceStart, sourceStart + length) !== view.slice(viewStart, viewStart + length))
          fault(`the view differs from the source at ${sourceStart}`);
    }
    const result = await engine.correct({ text, format, level });
    for (const { message } of result.failures ?? []) fault(`a sentence failed: ${message}`);
    if (result.unread) fault('a part is left unread');
    for (const message of faultsOf(text, result, editableRanges(prose))) fault(message);
    for (const { startIndex, endIndex, correction, type, confidence } of result.corrections) {
      const remark = {
        set: document.set,
        kind: document.kind,
        repository: document.repository,
        path: document.path,
        offset: startIndex,
        before: text.slice(Math.max(0, startIndex - 60), startIndex),
        text: text.slice(startIndex, endIndex),
        correction,
        after: text.slice(endIndex, endIndex + 60),
        type,
        confidence: Math.round(confidence * 1000) / 1000,
      };
      const mark = marks.get(keyOf(remark));
      count.remarks[mark ?? 'unread'] += 1;
      lines.push(JSON.stringify({ ...remark, mark }));
    }
  }
  await engine.dispose();
  if (values.remarks) writeFileSync(values.remarks, lines.map((line) => `${line}\n`).join(''));
  const totals = new Map<string, { documents: number; words: number; remarks: Record<Mark | 'unread', number> }>();
  for (const [key, count] of counts) {
    const set = `${key.split('\t')[0]}\tall`;
    const total = totals.get(set) ?? { documents: 0, words: 0, remarks: { right: 0, style: 0, wrong: 0, unread: 0 } };
    totals.set(set, total);
    total.documents += count.documents;
    total.words += count.words;
    for (const mark of ['right', 'style', 'wrong', 'unread'] as const) total.remarks[mark] += count.remarks[mark];
  }
  console.log('set     kind              documents  words  right  style  wrong  unread  wrong in 1,000 words');
  for (const [key, { documents: number, words, remarks }] of [...counts, ...totals]) {
    const [set, kind] = key.split('\t') as [string, string];
    const figures = [number, words, remarks.right, remarks.style, remarks.wrong, remarks.unread];
    console.log(
      set.padEnd(8) +
        kind.padEnd(16) +
        figures.map((figure) => String(figure).padStart(8)).join('') +
        ((1000 * remarks.wrong) / Math.max(1, words)).toFixed(2).padStart(8),
    );
  }
  process.exitCode = faults === 0 ? 0 : 1;
}

void main();
