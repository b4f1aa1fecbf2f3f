/** nar-text correct: the text with its mistakes corrected; everything outside the edits byte for byte as it was. */
import { readFile } from 'node:fs/promises';
import type { CorrectParams, Correction, CorrectResult } from '../../protocol/requests';
import { unreadMessage } from '../../protocol/unread';
import { wordsOf } from '../../text/word-list';
import { eachFile } from '../each-file';
import { refuseEndless } from '../files';
import { Progress } from '../progress';
import { printable, type Session } from '../session';
import { UsageError } from '../usage';

/** "file:line:column: message", 1-based as compilers and editors read it. */
export function reportLines(name: string, text: string, corrections: Correction[]): string[] {
  let line = 1;
  let lineStart = 0;
  let index = 0;
  return corrections.map((correction) => {
    for (; index < correction.startIndex; index++) {
      if (text[index] === '\n' || (text[index] === '\r' && text[index + 1] !== '\n')) {
        line++;
        lineStart = index + 1;
      }
    }
    const percent = `${Math.round(correction.confidence * 100)} %`;
    return `${printable(name)}:${line}:${correction.startIndex - lineStart + 1}: ${correction.explanation} [${correction.type}, ${percent}]`;
  });
}

/** From 1. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

export async function dictionaryOf(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  try {
    await refuseEndless(file, 'a dictionary is a file');
    return wordsOf(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The dictionary ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function unreadNotes(name: string, text: string, { unread }: CorrectResult): string[] {
  if (!unread) return [];
  const lines = unread.map(({ startIndex, endIndex }) => [lineAt(text, startIndex), lineAt(text, endIndex)] as const);
  return [`${name}: ${unreadMessage(lines)}`];
}

export async function correctCommand(session: Session): Promise<number> {
  const { line, engine } = session;
  const options: Omit<CorrectParams, 'text' | 'format'> = {
    decoder: line.decoder,
    options: line.decodeOptions,
    dictionary: await dictionaryOf(line.dictionaryFile),
    ...(line.threshold === undefined ? {} : { threshold: line.threshold }),
    level: line.level,
    style: line.style,
    dialect: line.dialect,
  };
  return eachFile(session, {
    run: async ({ name, text, format }) => {
      const progress = new Progress(`Correcting ${name}`);
      try {
        const result = await engine.correct({ text, format, ...options }, { onProgress: progress.report });
        return {
          output: result.output,
          changed: result.output !== text,
          json: result,
          report: reportLines(name, text, result.corrections),
          problems: (result.failures ?? []).map(
            ({ startIndex, message }) =>
              `${name}:${lineAt(text, startIndex)}: this sentence could not be checked (${message}); the others were`,
          ),
          notes: unreadNotes(name, text, result),
        };
      } finally {
        progress.end();
      }
    },
    answer: async (text, format) => {
      const { output, milliseconds, passes, corrections, unread } = await engine.correct({ text, format, ...options });
      return {
        output,
        milliseconds,
        passes,
        corrections: corrections.map(({ explanation: _, ...correction }) => correction),
        ...(unread ? { unread } : {}),
      };
    },
  });
}
