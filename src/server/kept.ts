/**
 * Dictionaries and ignored remarks of clients that keep none themselves. The words of a project lie in its folder,
 * one a line, where others may share them and the VS Code extension reads them, too; all else lies in a folder of the
 * user's.
 * Every answer is read anew: several servers and the user's own editor write to the same small files.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../engine/errors';
import { addWords } from '../project/dictionary';
import { Project } from '../project/project';
import { ProjectError } from '../project/project-file';
import type { Projects } from '../project/projects';
import { isIgnoredRemark } from '../protocol/read-settings';
import type { CorrectionType, IgnoredRemark } from '../protocol/requests';
import type { Settings } from '../protocol/settings';
import { correctionTypes } from '../protocol/tasks';
import { isSamePlace } from '../protocol/remark-place';
import { withWords, wordsOf } from '../project/word-list';

interface Ignored {
  /** By the address of the document. */
  remarks: Record<string, IgnoredRemark[]>;
  sentences: string[];
  kinds: CorrectionType[];
}

/** The folder of the user's own, by the customs of the system. */
export function usualFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const home = os.homedir();
  if (platform === 'win32') return path.join(environment['APPDATA'] ?? path.join(home, 'AppData/Roaming'), 'nar-text');
  if (platform === 'darwin') return path.join(home, 'Library/Application Support/nar-text');
  return path.join(environment['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'nar-text');
}

export interface KeptPlaces {
  /** Of the user's own. */
  folder: string;
  /** Addresses of the client's workspace folders. */
  roots: readonly string[];
  projects: Projects;
}

export class Kept {
  private readonly told = new Set<string>();
  /** Acts come one after the other, so that none writes over what another one has just written. */
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param tell what could not be read, for the log; each sentence once
   */
  constructor(
    private readonly places: KeptPlaces,
    private readonly tell: (message: string) => void,
  ) {}

  /** Whether a document has a dictionary of a project. */
  hasProject(uri: string): boolean {
    return this.projectOf(uri) !== undefined;
  }

  private get ownList(): string {
    return path.join(this.places.folder, 'dictionary.txt');
  }

  /** The project of a file, or else what the client calls one of its folders. */
  private projectOf(uri: string): Project | undefined {
    if (!uri.startsWith('file:')) return undefined;
    const { projects, roots } = this.places;
    try {
      const found = projects.of(fileURLToPath(uri));
      if (found) return found;
    } catch (error) {
      // A wrong project file is told where settings are read.
      if (error instanceof ProjectError) return undefined;
      throw error;
    }
    const root = roots
      .filter((each) => uri.startsWith(each.endsWith('/') ? each : `${each}/`))
      .reduce((longest, each) => (each.length > longest.length ? each : longest), '');
    return root === '' ? undefined : new Project(fileURLToPath(root), undefined);
  }

  /** The settings of a document with everything that is kept about it. */
  async addTo(settings: Settings, uri: string): Promise<Settings> {
    // A project's own list comes with the settings; here it is read for the client's folders that are no project.
    const lists = [this.ownList, this.projectOf(uri)?.dictionary];
    const [ignored, ...words] = await Promise.all([this.ignored(), ...lists.map((list) => this.wordsIn(list))]);
    return {
      ...settings,
      dictionary: [...new Set([...settings.dictionary, ...words.flat()])],
      ignoredSentences: [...settings.ignoredSentences, ...ignored.sentences],
      ignoredRemarks: [...settings.ignoredRemarks, ...(ignored.remarks[uri] ?? [])],
      correct: { ...settings.correct, ignoredTypes: [...settings.correct.ignoredTypes, ...ignored.kinds] },
    };
  }

  /** Resolves to the file; rejects where it cannot be written. */
  addWord(word: string, target: 'user' | 'workspace', uri: string): Promise<string> {
    return this.inTurn(async () => {
      const project = target === 'workspace' ? this.projectOf(uri) : undefined;
      if (project) {
        addWords(project, [word]);
        this.places.projects.forget();
        return project.dictionary;
      }
      await write(this.ownList, withWords((await textOf(this.ownList)) ?? '', [word]));
      return this.ownList;
    });
  }

  ignoreRemark(uri: string, remark: IgnoredRemark): Promise<string> {
    return this.change(({ remarks, ...rest }) => ({
      ...rest,
      remarks: { ...remarks, [uri]: [...(remarks[uri] ?? []).filter((each) => !isSamePlace(each, remark)), remark] },
    }));
  }

  ignoreSentences(sentences: readonly string[]): Promise<string> {
    return this.change((ignored) => ({ ...ignored, sentences: [...new Set([...ignored.sentences, ...sentences])] }));
  }

  ignoreKind(kind: CorrectionType): Promise<string> {
    return this.change((ignored) => ({ ...ignored, kinds: [...new Set([...ignored.kinds, kind])] }));
  }

  private get ignoredFile(): string {
    return path.join(this.places.folder, 'ignored.json');
  }

  private change(to: (ignored: Ignored) => Ignored): Promise<string> {
    return this.inTurn(async () => {
      const next = to(readIgnored(await textOf(this.ignoredFile), this.ignoredFile));
      await write(this.ignoredFile, `${JSON.stringify(next, undefined, 2)}\n`);
      return this.ignoredFile;
    });
  }

  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(act, act);
    this.last = turn;
    return turn;
  }

  private async ignored(): Promise<Ignored> {
    return this.readable(
      async () => readIgnored(await textOf(this.ignoredFile), this.ignoredFile),
      readIgnored(undefined, ''),
    );
  }

  private wordsIn(file: string | undefined): Promise<string[]> {
    return this.readable(async () => wordsOf((file && (await textOf(file))) || ''), []);
  }

  private async readable<Result>(read: () => Promise<Result>, otherwise: Result): Promise<Result> {
    try {
      return await read();
    } catch (error) {
      const message = messageOf(error);
      if (!this.told.has(message)) this.tell(message);
      this.told.add(message);
      return otherwise;
    }
  }
}

/** @throws Error that says what to do, for a file that is not as this program writes it: nothing in it shall be lost */
function readIgnored(text: string | undefined, file: string): Ignored {
  if (text === undefined) return { remarks: {}, sentences: [], kinds: [] };
  try {
    const { remarks, sentences, kinds } = JSON.parse(text) as Ignored;
    const lists = Object.values(remarks);
    if (
      lists.every((list) => list.every(isIgnoredRemark)) &&
      sentences.every((sentence) => typeof sentence === 'string') &&
      kinds.every((kind) => correctionTypes.includes(kind))
    )
      return { remarks, sentences, kinds };
  } catch {
    // As below.
  }
  throw new Error(`${file} is damaged: nothing is ignored until you repair or delete it.`);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new Error(`${file} cannot be read (${messageOf(error)}).`);
  }
}

/** Whole or not at all. */
async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, text);
  await rename(beside, file);
}
