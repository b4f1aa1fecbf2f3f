/** Pure: the text of a project file as checked values. */
import { projectSchema, type ProjectFile } from '../protocol/project-file';
import { schemaProblem } from './check-schema';

/**
 * A project file, a dictionary or a list of ignored files that cannot be used: one line that names it and what to do.
 */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}

/**
 * @param name of the file, for messages
 * @throws ProjectError that names the file and the key
 */
export function readProjectFile(text: string, name: string): ProjectFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ProjectError(`${name} is not valid JSON: ${(error as Error).message.replace(/[\r\n]+/g, ' ')}`);
  }
  const problem = schemaProblem(value, projectSchema);
  if (problem !== undefined) throw new ProjectError(`${name}: ${problem}`);
  const file = value as ProjectFile;
  if (file.dictionary !== undefined && !isInside(file.dictionary)) {
    throw new ProjectError(
      `${name}: "dictionary" is ${JSON.stringify(file.dictionary)}; it must be the path of a file in the folder of the project file`,
    );
  }
  return file;
}

/** A relative path that stays in its folder: a project of somebody else must not have words written anywhere. */
function isInside(path: string): boolean {
  const parts = path.split(/[\\/]/);
  return !/^(?:[\\/]|[a-z]:)/i.test(path) && !parts.includes('..') && !/[\\/]$/.test(path);
}
