/**
 * Finds the project of a file: the nearest project file in its folder or above, else the repository that it lies in.
 * Files are read once; whoever watches them says when to read again.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ignoreFileName, projectFileName } from '../protocol/project-file';
import { wordsOf } from './word-list';
import { Patterns } from './patterns';
import { Project } from './project';
import { ProjectError, readProjectFile } from './project-file';

/** Bytes; no list of words or patterns is as long. */
const mostBytes = 16_000_000;

export class Projects {
  private readonly byFolder = new Map<string, Project | ProjectError | undefined>();
  private readonly words = new Map<string, readonly string[]>();
  private readonly patterns = new Map<string, Patterns | undefined>();

  /** @param shown the name of a file in messages; default: its path */
  constructor(private readonly shown: (file: string) => string = (file) => file) {}

  /** @param file absolute @throws ProjectError when the project file that holds for it cannot be used */
  of(file: string): Project | undefined {
    return this.ofFolder(path.dirname(file));
  }

  /** @param folder absolute @throws ProjectError */
  ofFolder(folder: string): Project | undefined {
    const found = this.find(folder);
    if (found instanceof ProjectError) throw found;
    return found;
  }

  /** The words of a project. @throws ProjectError for a list that cannot be read */
  wordsOf(project: Project | undefined): readonly string[] {
    return [...new Set((project?.dictionaries ?? []).flatMap((list) => this.wordsIn(list, project!)))];
  }

  /**
   * Whether a file is left alone by its project or by an ignore file of its folder or one above it.
   * @param named a person named it: what git ignores is no reason then
   * @throws ProjectError
   */
  isIgnored(file: string, { isFolder = false, named = false } = {}): boolean {
    const project = this.of(file);
    // A list of words is no text: nothing in it is an error.
    if (project?.dictionaries.includes(file) || project?.ignores(file, isFolder)) return true;
    return (
      this.fits(file, isFolder, ignoreFileName) === true || (!named && this.fits(file, isFolder, '.gitignore') === true)
    );
  }

  /** Files have changed: what is known of them is read again when it is asked for. */
  forget(): void {
    this.byFolder.clear();
    this.words.clear();
    this.patterns.clear();
  }

  private find(folder: string): Project | ProjectError | undefined {
    if (this.byFolder.has(folder)) return this.byFolder.get(folder);
    const file = path.join(folder, projectFileName);
    const parent = path.dirname(folder);
    let found: Project | ProjectError | undefined;
    if (existsSync(file)) {
      try {
        found = new Project(folder, file, readProjectFile(readSmallText(file, this.shown(file)), this.shown(file)));
      } catch (error) {
        found = asProjectError(error, this.shown(file));
      }
    } else {
      found = parent === folder ? undefined : this.find(parent);
      // A repository in a folder of a project is still that project's.
      if (found === undefined && existsSync(path.join(folder, '.git'))) found = new Project(folder, undefined);
    }
    this.byFolder.set(folder, found);
    return found;
  }

  private wordsIn(list: string, project: Project): readonly string[] {
    let words = this.words.get(list);
    if (words) return words;
    const isAsked = project.namesDictionary && list === project.dictionary;
    if (!existsSync(list) && !isAsked) words = [];
    else {
      try {
        words = wordsOf(readSmallText(list, this.shown(list)));
      } catch (error) {
        if (!isAsked) throw asProjectError(error, this.shown(list));
        const { message } = asProjectError(
          error,
          this.shown(list),
          `, the dictionary of ${this.shown(project.file!)},`,
        );
        throw new ProjectError(`${message}: mend the list, or name another one under "dictionary"`);
      }
    }
    this.words.set(list, words);
    return words;
  }

  /** What the deepest ignore file says that says anything; those of git count within the repository only. */
  private fits(file: string, isFolder: boolean, name: string): boolean | undefined {
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      const said = this.patternsIn(path.join(folder, name))?.fits(file, isFolder);
      if (said !== undefined) return said;
      const isLast =
        folder === path.dirname(folder) || (name === '.gitignore' && existsSync(path.join(folder, '.git')));
      if (isLast) return undefined;
    }
  }

  private patternsIn(list: string): Patterns | undefined {
    if (this.patterns.has(list)) return this.patterns.get(list);
    let patterns: Patterns | undefined;
    if (existsSync(list)) {
      try {
        patterns = new Patterns(path.dirname(list), readSmallText(list, this.shown(list)));
      } catch (error) {
        throw asProjectError(error, this.shown(list));
      }
    }
    this.patterns.set(list, patterns);
    return patterns;
  }
}

/** UTF-8 text of an ordinary file: a device or a pipe may never end. */
function readSmallText(file: string, shown: string): string {
  const status = statSync(file);
  if (!status.isFile()) throw new ProjectError(`${shown} is no ordinary file; it cannot be read`);
  if (status.size > mostBytes) throw new ProjectError(`${shown} is too large (more than ${mostBytes / 1e6} MB)`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new ProjectError(`${shown} is not valid UTF-8: convert it first`);
    throw error;
  }
}

function asProjectError(error: unknown, shown: string, what = ''): ProjectError {
  if (error instanceof ProjectError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? message})`;
  return new ProjectError(`${shown}${what} ${reason}`);
}
