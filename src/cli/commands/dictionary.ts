/** nar-text dictionary: the words of the project that the working folder is in; with WORDS it puts them there. */
import path from 'node:path';
import { addWords } from '../../project/dictionary';
import { projectFileName } from '../../protocol/project-file';
import { wordsOf } from '../../project/word-list';
import { exitCodes, print, type Session } from '../session';
import { UsageError } from '../usage';

export async function dictionaryCommand({ line, projects }: Session): Promise<number> {
  const project = projects.ofFolder(process.cwd());
  if (!project)
    throw new UsageError(
      `This folder is in no project: put a ${projectFileName} that holds {} where its words should lie`,
    );
  const list = path.relative(process.cwd(), project.dictionary) || project.dictionary;
  if (line.files.length > 0) {
    const wrong = line.files.find((word) => wordsOf(word)[0] !== word);
    if (wrong !== undefined) throw new UsageError(`${JSON.stringify(wrong)} is no word that a dictionary can hold`);
    const added = addWords(project, line.files);
    const known = line.files.length - added.length;
    await print(`${added.length} added to ${list}${known > 0 ? `, ${known} already there` : ''}\n`);
    return exitCodes.done;
  }
  const words = projects.wordsOf(project);
  await print(
    line.json ? `${JSON.stringify({ dictionary: list, words })}\n` : words.map((word) => `${word}\n`).join(''),
  );
  return exitCodes.done;
}
