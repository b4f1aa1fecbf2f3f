/** The loop that correct, paraphrase and summarize share: files or standard input, or a batch of lines. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { CancelledError, ModelError, RuntimeError, messageOf } from '../engine/errors';
import type { GuardedWork } from '../engine/guarded-work';
import { ProjectError } from '../project/project-file';
import type { TextFormat } from '../protocol/requests';
import { runBatch } from './batch';
import { changedFiles } from './changed-files';
import { readInput, refuseEndless, type TextFile } from './files';
import { findFiles, ignoredNote } from './find-files';
import { Reporter } from './output/output';
import type { FileRemarks } from './output/remarks';
import { endReplacing, replaceFile } from './replace-file';
import { complain, exitCodes, print, type Session } from './session';
import { unifiedDiff, type TextEdit } from './unified-diff';
import { UsageError } from './usage';

export interface FileResult {
  output: string;
  /** The text is different now. */
  changed: boolean;
  /** What gives `output`: sorted and disjoint. */
  edits: TextEdit[];
  json: object;
  /** Lines of --check. */
  report: string[];
  /** For --output. */
  remarks?: FileRemarks;
  /** What could not be worked on, although the rest was. */
  problems?: string[];
  /** What else a person has to know; it makes nothing wrong. */
  notes?: string[];
}

export interface FileWork {
  /** What is known without any work. */
  known?(file: TextFile): Promise<FileResult | undefined>;
  /** What to print or write. */
  run(file: TextFile): Promise<FileResult>;
  /** Fields of a batch answer. */
  answer(text: string, format: TextFormat): Promise<object>;
}

/** Errors that every further file would meet. */
const concernsAll = [ModelError, RuntimeError, CancelledError];

/** @returns the exit code */
export async function eachFile(session: Session, work: FileWork): Promise<number> {
  const { line, guard, reading } = session;
  if (line.jsonl) return batch(line.files, line.format ?? 'plain', work, guard);
  const told: string[] = [];
  // Every file of a folder meets the same wrong project file: it is told once.
  const tell = (problem: string): void => {
    if (told.includes(problem)) return;
    told.push(problem);
    complain(problem);
  };
  const reporter = line.output && new Reporter(line.output, print);
  let changed = false;
  for (const name of await inputsOf(session, tell)) {
    try {
      const file = await readInput(name, reading);
      const result =
        (await (isLeftAlone(session, file) ? unchanged(file) : work.known?.(file))) ??
        (await guard.run(file.name, file.text, () => work.run(file)));
      changed ||= result.changed;
      for (const entry of result.notes ?? []) complain(entry);
      for (const entry of result.problems ?? []) tell(entry);
      if (reporter) await (result.remarks && reporter.file(result.remarks));
      else if (line.diff) await print(unifiedDiff(diffName(file), ...withMark(file, result.edits)));
      else await give(session, name, file, result);
    } catch (error) {
      if (concernsAll.some((kind) => error instanceof kind)) throw error;
      // One file that cannot be worked on does not stop the others.
      const isNamed = error instanceof UsageError || error instanceof ProjectError || name === undefined;
      tell(isNamed ? messageOf(error) : `${name}: ${messageOf(error)}`);
    }
  }
  await reporter?.end(told);
  endReplacing();
  return told.length > 0 ? exitCodes.wrong : line.check && changed ? exitCodes.wouldChange : exitCodes.done;
}

/** Names of the files that are worked on; undefined: standard input. */
async function inputsOf({ line, projects }: Session, tell: (problem: string) => void): Promise<(string | undefined)[]> {
  const { files, format, changed, since, ignoreUnknown } = line;
  if (files.length === 0 && !changed) return [undefined];
  const only = changed ? await changedFiles(since) : undefined;
  const asked = files.length > 0 || !only ? files : [...only].map((file) => path.relative(process.cwd(), file)).sort();
  const found = await findFiles(asked, projects, {
    ...(only ? { only } : {}),
    anyKind: format !== undefined,
    ignoreUnknown: ignoreUnknown || changed,
  });
  for (const problem of found.problems) tell(problem);
  const note = changed ? undefined : ignoredNote(found);
  if (note !== undefined) complain(note);
  return found.files;
}

/** A text on standard input that has the name of an ignored file. */
function isLeftAlone({ line, projects }: Session, file: TextFile): boolean {
  return line.standardInputName !== undefined && projects.isIgnored(file.path!, { named: true });
}

function unchanged(file: TextFile): Promise<FileResult> {
  const { text } = file;
  return Promise.resolve({ output: text, changed: false, edits: [], json: { output: text }, report: [] });
}

/** Prints or writes what a command made of a file. */
async function give({ line }: Session, name: string | undefined, file: TextFile, result: FileResult): Promise<void> {
  const mark = file.mark ? '\ufeff' : '';
  if (line.json) await print(`${JSON.stringify({ file: name ?? null, ...result.json })}\n`);
  else if (line.check) for (const entry of result.report) await print(`${entry}\n`);
  else if (!line.write && !line.fix) await print(mark + result.output);
  else if (result.changed) await replaceFile(name!, file.bytes, Buffer.from(mark + result.output, 'utf8'));
}

/** With the byte order mark as the first character of the text. */
function withMark({ text, mark }: TextFile, edits: readonly TextEdit[]): [string, TextEdit[]] {
  const shift = mark ? 1 : 0;
  return [
    mark ? `\ufeff${text}` : text,
    edits.map(({ start, end, text: inserted }) => ({ start: start + shift, end: end + shift, text: inserted })),
  ];
}

/** Relative to the working folder, as `git apply` takes it. */
function diffName({ path: file, name }: TextFile): string {
  const relative = file === undefined ? name : path.relative(process.cwd(), file);
  return relative.split(path.sep).join('/');
}

async function batch(files: string[], format: TextFormat, work: FileWork, guard: GuardedWork): Promise<number> {
  let failures = 0;
  for (const name of files.length > 0 ? files : [undefined]) {
    try {
      const isStandard = name === undefined || name === '-';
      if (!isStandard) refuseEndless(name);
      const input: Readable = isStandard ? process.stdin : createReadStream(name);
      failures += await runBatch(
        input,
        ({ id, text }) => guard.run(`The text with the id ${id}`, text, () => work.answer(text, format)),
        (entry) => print(`${entry}\n`),
        complainLine,
      );
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!(error instanceof UsageError) && code === undefined) throw error;
      complain(error instanceof UsageError ? error.message : `${name} cannot be read (${code})`);
      failures++;
    }
  }
  return failures > 0 ? exitCodes.wrong : exitCodes.done;
}

function complainLine(entry: string): void {
  process.stderr.write(`${entry}\n`);
}
