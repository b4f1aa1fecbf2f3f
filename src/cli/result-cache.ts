/**
 * What was found in a text, kept from one run to the next in the user's cache folder: by a hash of the text, of
 * everything that a correction depends on, and of the program itself. Texts are not kept; what is told about them is.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CorrectParams, CorrectResult, ModelDescription } from '../protocol/requests';

/** Days after which an entry goes: whoever still needs it has it made again. */
const keptDays = 30;
const day = 24 * 60 * 60_000;

/** What is kept; the new text is made from the corrections again. */
type Entry = Pick<CorrectResult, 'corrections' | 'highConfidence' | 'foreign' | 'unknownWords'>;

/** The folder of this program's caches, as the system has it. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const home = os.homedir();
  if (environment['XDG_CACHE_HOME']) return path.join(environment['XDG_CACHE_HOME'], 'nar-text');
  if (process.platform === 'win32')
    return path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'nar-text', 'Cache');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'nar-text');
  return path.join(home, '.cache', 'nar-text');
}

/**
 * A hash of what answers: the program, the lists of words and the models, each by its manifest, which holds the hashes
 * of its files. Where they lie does not matter: a pipeline may bring the cache from another machine.
 */
export async function identityOf(
  program: string,
  modelsFolder: string,
  models: readonly Pick<ModelDescription, 'folder'>[],
  settings: object,
): Promise<string> {
  const lexicon = path.join(modelsFolder, 'lexicon');
  const lists = await readdir(lexicon).catch(() => []);
  const files = [
    program,
    ...lists.sort().map((name) => path.join(lexicon, name)),
    ...models.map(({ folder }) => path.join(folder, 'manifest.json')),
  ];
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const file of files) hash.update(`\0${path.basename(file)}\0`).update(await readFile(file).catch(() => ''));
  return hash.digest('hex');
}

export class ResultCache {
  private readonly folder: string;

  /** @param identity of what answers (identityOf) */
  constructor(
    private readonly identity: string,
    folder = cacheFolder(),
  ) {
    this.folder = path.join(folder, 'results');
  }

  /** What an earlier run found; undefined where nothing, or nothing that can be read, is kept. */
  get(params: CorrectParams): CorrectResult | undefined {
    try {
      const entry = JSON.parse(readFileSync(this.fileOf(params), 'utf8')) as Entry;
      return { ...entry, output: applied(params.text, entry), milliseconds: 0, passes: 0 };
    } catch {
      return undefined;
    }
  }

  /** Never rejects: a cache that cannot be written is no reason to stop. What could not be checked is not kept. */
  async put(params: CorrectParams, { failures, unread, ...result }: CorrectResult): Promise<void> {
    if (failures || unread) return;
    const file = this.fileOf(params);
    const temporary = `${file}.${randomUUID()}.tmp`;
    const { corrections, highConfidence, foreign, unknownWords } = result;
    const entry: Entry = {
      corrections,
      highConfidence,
      ...(foreign ? { foreign } : {}),
      ...(unknownWords ? { unknownWords } : {}),
    };
    try {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(temporary, JSON.stringify(entry), { mode: 0o600 });
      await rename(temporary, file);
    } catch {
      await unlink(temporary).catch(() => undefined);
    }
  }

  /** Removes old entries, at most once a day. Never rejects. */
  async tidy(now = Date.now()): Promise<void> {
    const mark = path.join(this.folder, 'tidied');
    try {
      const latest = await stat(mark).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      if (now - latest < day) return;
      await writeFile(mark, '', { mode: 0o600 });
      for (const name of await readdir(this.folder, { recursive: true })) {
        const file = path.join(this.folder, name);
        const status = await stat(file);
        if (status.isFile() && file !== mark && now - status.mtimeMs > keptDays * day) await unlink(file);
      }
    } catch {
      // There is none yet, or another run tidies.
    }
  }

  private fileOf({ text, ...settings }: CorrectParams): string {
    const hash = createHash('sha256')
      .update(`${this.identity}\0${JSON.stringify(settings)}\0`)
      .update(text)
      .digest('hex');
    return path.join(this.folder, hash.slice(0, 2), `${hash.slice(2)}.json`);
  }
}

/** @throws for an entry that is none, or is of another text */
function applied(text: string, { corrections, highConfidence }: Entry): string {
  if (typeof highConfidence !== 'number') throw new TypeError('no entry');
  let output = '';
  let at = 0;
  for (const { startIndex, endIndex, correction } of corrections) {
    if (!(startIndex >= at && endIndex >= startIndex && endIndex <= text.length)) throw new RangeError('another text');
    output += text.slice(at, startIndex) + correction;
    at = endIndex;
  }
  return output + text.slice(at);
}
