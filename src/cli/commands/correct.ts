/** nar-text correct: the text with its mistakes corrected; everything outside the edits byte for byte as it was. */
import { readFile } from 'node:fs/promises';
import { ignoredKinds } from '../../project/project';
import type { CorrectParams, CorrectResult } from '../../protocol/requests';
import { defaultSettings } from '../../protocol/settings';
import { unreadMessage } from '../../protocol/unread';
import { wordsOf } from '../../project/word-list';
import { eachFile, type FileResult } from '../each-file';
import { refuseEndless, type TextFile } from '../files';
import { correctionFields } from '../output/json';
import { Positions } from '../output/positions';
import { remarksOf } from '../output/remarks';
import { textLines, unknownLines } from '../output/text';
import { Progress } from '../progress';
import { identityOf, ResultCache } from '../result-cache';
import { modelsFolder, type Session } from '../session';
import { UsageError } from '../usage';

type Settings = Omit<CorrectParams, 'text' | 'format'>;

export async function dictionaryOf(file: string | undefined): Promise<string[]> {
  if (file === undefined) return [];
  try {
    refuseEndless(file, 'a dictionary is a file');
    return wordsOf(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The dictionary ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** What the command line says, else the project of the text, else what is usual. @throws ProjectError */
export function settingsFor(
  { line, projects }: Pick<Session, 'line' | 'projects'>,
  { project, path }: Pick<TextFile, 'project' | 'path'>,
  words: readonly string[],
): Settings {
  const usual = defaultSettings.correct;
  const said = project?.settingsFor(path) ?? {};
  // A level on the command line means its thresholds, and not the one that the project has.
  const threshold = line.threshold ?? (line.level === undefined ? said.confidence : undefined);
  const ignoredTypes = ignoredKinds(said);
  return {
    dictionary: [...new Set([...words, ...projects.wordsOf(project)])],
    ...(threshold === undefined ? {} : { threshold }),
    ...(ignoredTypes.length > 0 ? { ignoredTypes } : {}),
    level: line.level ?? said.level ?? usual.level,
    style: line.style ?? said.style ?? usual.style,
    dialect: line.dialect ?? said.dialect ?? usual.dialect,
  };
}

export async function correctCommand(session: Session): Promise<number> {
  const { line, engine } = session;
  const words = await dictionaryOf(line.dictionaryFile);
  const decoding = { decoder: line.decoder, options: line.decodeOptions };
  const paramsOf = (file: Pick<TextFile, 'text' | 'format' | 'project' | 'path'>): CorrectParams => ({
    text: file.text,
    format: file.format,
    ...decoding,
    ...settingsFor(session, file, words),
  });
  const cache = await cacheOf(session);
  const code = await eachFile(session, {
    known: async (file) => {
      const kept = file.path === undefined ? undefined : cache?.get(paramsOf(file));
      return kept && fileResult(file, kept, line.fix);
    },
    run: async (file) => {
      const progress = new Progress(`Correcting ${file.name}`);
      try {
        const params = paramsOf(file);
        const result = await engine.correct(params, { onProgress: progress.report });
        // Without its model the engine answers, and knows less than it will.
        if (file.path !== undefined && engine.status.state !== 'failed') await cache?.put(params, result);
        return fileResult(file, result, line.fix);
      } finally {
        progress.end();
      }
    },
    answer: async (text, format) => {
      const params = paramsOf({ text, format, project: undefined, path: undefined });
      const { output, milliseconds, passes, corrections, unread, unknownWords } = await engine.correct(params);
      return {
        output,
        milliseconds,
        passes,
        corrections: corrections.map(({ explanation: _, ...correction }) => correction),
        ...(unread ? { unread } : {}),
        ...(unknownWords ? { unknownWords } : {}),
      };
    },
  });
  await cache?.tidy();
  return code;
}

async function cacheOf({ line, engine }: Session): Promise<ResultCache | undefined> {
  if (!line.cache || line.jsonl || (line.files.length === 0 && !line.changed)) return undefined;
  const { model, dtype, device } = line;
  return new ResultCache(await identityOf(__filename, modelsFolder, await engine.models(), { model, dtype, device }));
}

/** @param sureOnly what is doubtful stays as it is, and is told */
function fileResult(file: TextFile, result: CorrectResult, sureOnly: boolean): FileResult {
  const { text } = file;
  const name = file.path === undefined ? undefined : file.name;
  const remarks = remarksOf(name, file.format, text, result);
  const taken = remarks.remarks.filter(({ sure }) => sure || !sureOnly);
  const edits = taken.map(({ startIndex, endIndex, correction }) => ({
    start: startIndex,
    end: endIndex,
    text: correction,
  }));
  const output = sureOnly ? withEdits(text, edits) : result.output;
  const positions = new Positions(text);
  const left = remarks.remarks.length - taken.length;
  const lines = (result.unread ?? []).map(
    ({ startIndex, endIndex }) => [positions.at(startIndex).line, positions.at(endIndex).line] as const,
  );
  return {
    output,
    changed: output !== text,
    edits,
    remarks,
    json: {
      ...result,
      corrections: remarks.remarks.map((remark, index) => ({
        ...result.corrections[index],
        ...correctionFields(remark),
      })),
    },
    report: [...textLines(remarks).split('\n').slice(0, -1), ...unknownLines(remarks)],
    problems: (result.failures ?? []).map(
      ({ startIndex, message }) =>
        `${file.name}:${positions.at(startIndex).line}: this sentence could not be checked (${message}); the others were`,
    ),
    notes: [
      ...(lines.length > 0 ? [`${file.name}: ${unreadMessage(lines)}`] : []),
      ...(left > 0
        ? [
            `${file.name}: ${left} doubtful ${left === 1 ? 'correction is' : 'corrections are'} left; --check shows what`,
          ]
        : []),
    ],
  };
}

function withEdits(text: string, edits: FileResult['edits']): string {
  let at = 0;
  const parts = edits.map(({ start, end, text: inserted }) => {
    const part = text.slice(at, start) + inserted;
    at = end;
    return part;
  });
  return parts.join('') + text.slice(at);
}
