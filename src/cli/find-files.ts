/** Which files the arguments of the command line mean: files, folders with all that is in them, patterns. */
import fs from 'node:fs';
import path from 'node:path';
import { escapePath, glob, isDynamicPattern, type FileSystemAdapter } from 'tinyglobby';
import { formatOfFile } from '../protocol/formats';
import { ProjectError } from '../project/project-file';
import type { Projects } from '../project/projects';

/** Folders in which nobody writes prose. */
const neverEntered = ['.git', '.hg', '.svn', '.jj', 'node_modules'];

export interface FoundFiles {
  /** As given, or relative to the working folder; each once, in the order of the arguments, in a folder by name. */
  files: string[];
  /** Arguments that mean nothing, for a person. */
  problems: string[];
  /** Named files that are ignored. */
  ignored: string[];
}

/**
 * @param only absolute paths: all others are left out (--changed)
 * @param anyKind what a pattern fits is taken whatever its kind is (--format)
 * @param ignoreUnknown named files of an unknown kind are left out, too
 */
export async function findFiles(
  names: readonly string[],
  projects: Projects,
  {
    only,
    anyKind = false,
    ignoreUnknown = false,
  }: { only?: ReadonlySet<string>; anyKind?: boolean; ignoreUnknown?: boolean } = {},
): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], problems: [], ignored: [] };
  const seen = new Set<string>();
  const take = (name: string): void => {
    const file = path.resolve(name);
    if (seen.has(file) || only?.has(file) === false) return;
    seen.add(file);
    found.files.push(name);
  };
  for (const name of names) {
    const kind = kindOf(name);
    if (kind === 'file') {
      if (name !== '-' && isIgnoredFile(name, projects)) found.ignored.push(name);
      else if (name === '-' || anyKind || !ignoreUnknown || isKnown(name, projects)) take(name);
      continue;
    }
    if (kind === 'folder' && anyKind) {
      found.problems.push(
        `--format needs file names or a pattern, and ${name} is a folder: "formats" in a project file says what its files are`,
      );
      continue;
    }
    const matches = await expand(name, kind, projects, anyKind, found.problems);
    if (matches.length === 0 && !only) found.problems.push(nothingIn(name, kind));
    for (const match of matches) take(match);
  }
  return found;
}

type Kind = 'file' | 'folder' | 'pattern';

/** What is not there, or cannot be looked at, and is no pattern counts as a file: reading it says what is wrong. */
function kindOf(name: string): Kind {
  const status = statusOf(name);
  if (status) return status.isDirectory() ? 'folder' : 'file';
  return isDynamicPattern(slashed(name)) ? 'pattern' : 'file';
}

function statusOf(name: string): fs.Stats | undefined {
  try {
    return fs.statSync(name);
  } catch {
    return undefined;
  }
}

function slashed(name: string): string {
  return path.sep === '\\' ? name.replaceAll('\\', '/') : name;
}

function nothingIn(name: string, kind: Kind): string {
  return kind === 'folder'
    ? `${name} holds no file of a kind that is known here, or all of them are ignored`
    : `${name} fits no file of a kind that is known here, or all that it fits are ignored`;
}

/** A project file that cannot be read ignores nothing: who works on the file tells the error. */
function isIgnoredFile(name: string, projects: Projects): boolean {
  try {
    return projects.isIgnored(path.resolve(name), { named: true });
  } catch (error) {
    if (error instanceof ProjectError) return false;
    throw error;
  }
}

async function expand(
  name: string,
  kind: Kind,
  projects: Projects,
  anyKind: boolean,
  problems: string[],
): Promise<string[]> {
  const told = (problem: string): void => void (problems.includes(problem) || problems.push(problem));
  const isLeftOut = (file: string, isFolder: boolean): boolean => {
    if (isFolder && neverEntered.includes(path.basename(file))) return true;
    try {
      return projects.isIgnored(file, { isFolder });
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      told(error.message);
      return false;
    }
  };
  const pattern = kind === 'folder' ? `${escapePath(path.posix.normalize(`${slashed(name)}/`))}**` : slashed(name);
  const matches = await glob(pattern, {
    dot: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    fs: withoutIgnored(isLeftOut),
  });
  return matches
    .map((match) => path.normalize(match))
    .filter((match) => anyKind || isKnown(match, projects))
    .sort(byName);
}

/** By its name or by its project. */
function isKnown(file: string, projects: Projects): boolean {
  try {
    return (projects.of(path.resolve(file))?.formatOf(path.resolve(file)) ?? formatOfFile(file)) !== undefined;
  } catch (error) {
    if (error instanceof ProjectError) return formatOfFile(file) !== undefined;
    throw error;
  }
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The file system as if what is left out were not there, so that no ignored folder is ever walked through. */
function withoutIgnored(isLeftOut: (file: string, isFolder: boolean) => boolean): FileSystemAdapter {
  const readdir = (
    folder: string,
    options: { withFileTypes: true },
    callback: (error: NodeJS.ErrnoException | null, entries: fs.Dirent[]) => void,
  ): void =>
    fs.readdir(folder, options, (error, entries) => {
      try {
        const kept = (entries ?? []).filter(
          (entry) => !isLeftOut(path.resolve(folder, entry.name), entry.isDirectory()),
        );
        callback(error, kept);
      } catch (problem) {
        callback(problem as NodeJS.ErrnoException, []);
      }
    });
  return { readdir: readdir as typeof fs.readdir };
}

/** What a person should know where all named files are ignored. */
export function ignoredNote({ files, problems, ignored }: FoundFiles): string | undefined {
  if (files.length > 0 || problems.length > 0 || ignored.length === 0) return undefined;
  const [first] = ignored;
  return ignored.length === 1
    ? `${first} is ignored by a project file or an ignore file; there is nothing to do`
    : `All ${ignored.length} files are ignored by a project file or an ignore file; there is nothing to do`;
}
