/** A project: what its file says about the texts of a folder. Without a file, a folder with what is usual. */
import path from 'node:path';
import type { TextFormat } from '../protocol/formats';
import {
  editorDictionaryName,
  projectDictionaryName,
  type ProjectFile,
  type ProjectOverride,
  type ProjectSettings,
} from '../protocol/project-file';
import type { CorrectionType } from '../protocol/tasks';
import { Patterns } from './patterns';

export class Project {
  private readonly ignored: Patterns;
  private readonly formats: readonly (readonly [Patterns, TextFormat])[];
  private readonly overrides: readonly (readonly [Patterns, ProjectOverride])[];

  /**
   * @param folder absolute; patterns and the dictionary are meant from here
   * @param file where the project file lies; undefined where there is none
   */
  constructor(
    readonly folder: string,
    readonly file: string | undefined,
    private readonly said: ProjectFile = {},
  ) {
    this.ignored = new Patterns(folder, said.ignore ?? []);
    this.formats = Object.entries(said.formats ?? {}).map(([glob, format]) => [new Patterns(folder, [glob]), format]);
    this.overrides = (said.overrides ?? []).map((entry) => [new Patterns(folder, entry.files), entry]);
  }

  /** Where words are added. */
  get dictionary(): string {
    return path.join(this.folder, this.said.dictionary ?? projectDictionaryName);
  }

  /** All lists whose words are known here; those that are not there hold none. */
  get dictionaries(): string[] {
    return [this.dictionary, path.join(this.folder, editorDictionaryName)];
  }

  /** The project file itself says which list there is: one that is missing is a mistake. */
  get namesDictionary(): boolean {
    return this.said.dictionary !== undefined;
  }

  ignores(file: string, isFolder = false): boolean {
    return this.ignored.fits(file, isFolder) === true;
  }

  /** The format that the project says for a file; undefined where it says none. */
  formatOf(file: string): TextFormat | undefined {
    return this.formats.findLast(([patterns]) => patterns.fits(file) === true)?.[1];
  }

  /** What the project says for a file; for a text without a file what it says for all. */
  settingsFor(file: string | undefined): ProjectSettings {
    const fitting = this.overrides.filter(([patterns]) => file !== undefined && patterns.fits(file) === true);
    const all: ProjectSettings[] = [this.said, ...fitting.map(([, entry]) => entry)];
    const latest = <Key extends keyof ProjectSettings>(key: Key): Pick<ProjectSettings, Key> | undefined => {
      const value = all.findLast((entry) => entry[key] !== undefined)?.[key];
      return value === undefined ? undefined : ({ [key]: value } as unknown as Pick<ProjectSettings, Key>);
    };
    const kinds = Object.assign({}, ...all.map((entry) => entry.kinds)) as ProjectSettings['kinds'];
    return { ...latest('level'), ...latest('style'), ...latest('dialect'), ...latest('confidence'), kinds: kinds! };
  }
}

/** Kinds that are switched off. */
export function ignoredKinds({ kinds = {} }: ProjectSettings): CorrectionType[] {
  return (Object.keys(kinds) as CorrectionType[]).filter((kind) => kinds[kind] === false);
}
