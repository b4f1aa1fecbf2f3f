/** The documents of documents.tsv, from git repositories of a folder. */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const folder = path.join(process.env['NAR_TEXT_ROOT']!, 'bench/formats');

/** A line of documents.tsv. */
export interface Document {
  set: string;
  kind: string;
  repository: string;
  commit: string;
  path: string;
  sha256: string;
}

/** @param wanted only those of a set or a kind; undefined for all */
export function documents(wanted: { set?: string | undefined; kind?: string | undefined }): Document[] {
  const [, ...lines] = readFileSync(path.join(folder, 'documents.tsv'), 'utf8').trimEnd().split('\n');
  const all = lines.map((line) => {
    const [set, kind, repository, commit, file, sha256] = line.split('\t') as [string, ...string[]];
    return { set, kind: kind!, repository: repository!, commit: commit!, path: file!, sha256: sha256! };
  });
  return all.filter(({ set, kind }) => (wanted.set ?? set) === set && (wanted.kind ?? kind) === kind);
}

/** The name that git gives a message while it is written: such a document is the message of its commit. */
const messageName = 'COMMIT_EDITMSG';

/** @throws when no repository is there, when it lacks the commit, and when the text is another one */
export function textOf({ repository, commit, path: file, sha256 }: Document, repositories: string): string {
  const names = [repository.replace('/', '__'), `${repository.replace('/', '+')}/repo`, repository];
  const repositoryFolder = names
    .flatMap((name) => [path.join(repositories, name, '.git'), path.join(repositories, name)])
    .find((name) => existsSync(name));
  if (!repositoryFolder) throw new Error(`no repository ${repository} in ${repositories}`);
  const shown = file === messageName ? ['-s', '--format=%B', commit] : [`${commit}:${file}`];
  const bytes = execFileSync('git', ['--git-dir', repositoryFolder, 'show', ...shown], { maxBuffer: 1 << 26 });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Error(`${repository}/${file} at ${commit} is not the text that was read`);
  return bytes.toString('utf8');
}
