/** The files that git says are changed: those of its index, or since a revision. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from './usage';

const execute = promisify(execFile);

async function git(...words: string[]): Promise<string> {
  const { stdout } = await execute('git', words, { maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' });
  return stdout;
}

/**
 * @param since a revision: what changed since the branch left it, in commits or not yet; undefined: what the index
 * holds for the next commit
 * @returns absolute paths; files that were deleted are not among them
 * @throws UsageError without git, outside of a repository, or for a revision that is none
 */
export async function changedFiles(since: string | undefined): Promise<Set<string>> {
  const option = since === undefined ? '--changed' : '--since';
  let root: string;
  try {
    root = (await git('rev-parse', '--show-toplevel')).replace(/\r?\n$/, '');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(
      isMissing
        ? `${option} needs git, which is not installed`
        : `${option} needs a git repository, and this folder is in none`,
    );
  }
  const base = since === undefined ? '--cached' : await baseOf(since);
  const names = await git('-C', root, 'diff', '--name-only', '-z', '--diff-filter=ACMRT', '--no-ext-diff', base, '--');
  return new Set(
    names
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => path.join(root, name)),
  );
}

/** Where the branch left the revision; the revision itself where both have no common past. */
async function baseOf(revision: string): Promise<string> {
  let commit: string;
  try {
    commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)).trim();
  } catch {
    throw new UsageError(`--since "${revision}" is no revision of this repository`);
  }
  return git('merge-base', commit, 'HEAD').then(
    (base) => base.trim(),
    () => commit,
  );
}
