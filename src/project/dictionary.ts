/** Puts words into a project's dictionary, behind what a person wrote there. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { missingWords, withWords } from './word-list';
import { ProjectError } from './project-file';
import type { Project } from './project';

export const dictionaryHeader = '# Words that NAR Text Tools never calls misspelt, one a line.\n';

/**
 * The list is made where there is none yet; who reads meanwhile sees the old list or the new one.
 * @returns the words that were not there yet
 * @throws ProjectError when the list cannot be read or written; it is as it was then
 */
export function addWords(project: Project, words: readonly string[]): string[] {
  const list = project.dictionary;
  try {
    mkdirSync(path.dirname(list), { recursive: true });
    const exists = statSync(list, { throwIfNoEntry: false }) !== undefined;
    // A link stays a link: what it points to is written.
    const target = exists ? realpathSync(list) : list;
    const text = exists ? new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(target)) : dictionaryHeader;
    const added = missingWords(text, words);
    if (added.length > 0) replace(target, withWords(text, added));
    return added;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ProjectError(`${list} cannot be changed (${code ?? message}); no word was added`);
  }
}

function replace(target: string, text: string): void {
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, target);
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // It was not even made.
    }
    throw error;
  }
}
