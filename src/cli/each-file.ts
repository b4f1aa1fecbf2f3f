/** The loop that correct, paraphrase and summarize share: files or standard input, or a batch of lines. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CancelledError, ModelError, RuntimeError, messageOf } from '../engine/errors';
import type { GuardedWork } from '../engine/guarded-work';
import type { TextFormat } from '../protocol/requests';
import { runBatch } from './batch';
import { readInput, refuseEndless, type TextFile } from './files';
import { endReplacing, replaceFile } from './replace-file';
import { complain, exitCodes, print, type Session } from './session';
import { UsageError } from './usage';

export interface FileWork {
  /** Whether the text is different now, and what to print or write. */
  run(file: TextFile): Promise<{
    output: string;
    changed: boolean;
    json: object;
    report: string[];
    /** What could not be worked on, although the rest was. */
    problems?: string[];
    /** What else a person has to know; it makes nothing wrong. */
    notes?: string[];
  }>;
  /** Fields of a batch answer. */
  answer(text: string, format: TextFormat): Promise<object>;
}

/** Errors that every further file would meet. */
const concernsAll = [ModelError, RuntimeError, CancelledError];

/** @returns the exit code */
export async function eachFile({ line, guard }: Session, work: FileWork): Promise<number> {
  if (line.jsonl) return batch(line.files, line.format ?? 'plain', work, guard);
  let wrong = false;
  let changed = false;
  for (const name of line.files.length > 0 ? line.files : [undefined]) {
    try {
      const file = await readInput(name, line.format);
      const result = await guard.run(file.name, file.text, () => work.run(file));
      changed ||= result.changed;
      for (const entry of [...(result.problems ?? []), ...(result.notes ?? [])]) complain(entry);
      wrong ||= (result.problems ?? []).length > 0;
      if (line.json) await print(`${JSON.stringify({ file: name ?? null, ...result.json })}\n`);
      else if (line.check) for (const entry of result.report) await print(`${entry}\n`);
      else if (!line.write) await print((file.mark ? '\ufeff' : '') + result.output);
      else if (result.changed)
        await replaceFile(name!, file.bytes, Buffer.from((file.mark ? '\ufeff' : '') + result.output, 'utf8'));
    } catch (error) {
      if (concernsAll.some((kind) => error instanceof kind)) throw error;
      // One file that cannot be worked on does not stop the others.
      complain(error instanceof UsageError || name === undefined ? messageOf(error) : `${name}: ${messageOf(error)}`);
      wrong = true;
    }
  }
  endReplacing();
  return wrong ? exitCodes.wrong : line.check && changed ? exitCodes.wouldChange : exitCodes.done;
}

async function batch(files: string[], format: TextFormat, work: FileWork, guard: GuardedWork): Promise<number> {
  let failures = 0;
  for (const name of files.length > 0 ? files : [undefined]) {
    try {
      const isStandard = name === undefined || name === '-';
      if (!isStandard) await refuseEndless(name);
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
