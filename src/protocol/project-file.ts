/**
 * The project file `.nar-text.json`: what holds for the texts of a folder, for command line, language server and editor
 * alike. Its JSON schema is made here from the tables that the settings are made from; schemas/project.schema.json is
 * this very object (scripts/manifest.mjs), and src/project checks files with it.
 */
import { textFormats, type TextFormat } from './formats';
import {
  correctionKinds,
  dialectTexts,
  levelTexts,
  styleTexts,
  type CorrectionLevel,
  type CorrectionType,
  type DialectChoice,
  type StyleChoice,
} from './tasks';

export const projectFileName = '.nar-text.json';
/** Patterns of files that are left alone, as in a .gitignore. */
export const ignoreFileName = '.nar-textignore';
/** The project's words, one a line, where the project file names no other list. */
export const projectDictionaryName = '.nar-text-dictionary.txt';
/** Where the editor kept the words of a folder before there were project files; it is read as before. */
export const editorDictionaryName = '.vscode/nar-text-dictionary.txt';

/** The part of JSON Schema (draft 7) that the project file needs, and that src/project/check-schema.ts checks. */
export interface Schema {
  $schema?: string;
  title?: string;
  description?: string;
  type: 'object' | 'array' | 'string' | 'number' | 'boolean';
  enum?: readonly string[];
  /** For editors: what each of `enum` means, in Markdown. */
  markdownEnumDescriptions?: readonly string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
  items?: Schema;
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: Schema | false;
}

/** What of the settings a project says; an override says it for some of its files. */
export interface ProjectSettings {
  level?: CorrectionLevel;
  style?: StyleChoice;
  dialect?: DialectChoice;
  confidence?: number;
  /** Kinds that are switched off, or on again. */
  kinds?: Partial<Record<CorrectionType, boolean>>;
}

export interface ProjectOverride extends ProjectSettings {
  files: string[];
}

export interface ProjectFile extends ProjectSettings {
  $schema?: string;
  /** Formats by pattern. */
  formats?: Record<string, TextFormat>;
  ignore?: string[];
  dictionary?: string;
  overrides?: ProjectOverride[];
}

function choice(description: string, texts: Record<string, string>): Schema {
  return {
    description,
    type: 'string',
    enum: Object.keys(texts),
    markdownEnumDescriptions: Object.values(texts),
  };
}

const pattern: Schema = { type: 'string', minLength: 1 };

const settings = {
  level: choice('How much to see.', levelTexts),
  style: choice('Matters of style beside errors.', styleTexts),
  dialect: choice('Whose spelling is right; words of the other dialect are misspelt.', dialectTexts),
  confidence: {
    description: 'Least confidence of a remark, 0 to 1, in place of the thresholds of the level.',
    type: 'number',
    minimum: 0,
    maximum: 1,
  },
  kinds: {
    description: 'Kinds of errors that are told (true, as all are by default) or not (false).',
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(correctionKinds).map(([kind, description]): [string, Schema] => [
        kind,
        { description, type: 'boolean' },
      ]),
    ),
    additionalProperties: false,
  },
} as const satisfies Record<keyof ProjectSettings, Schema>;

export const projectSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: `Project file of NAR Text Tools (${projectFileName})`,
  description:
    'Holds for the texts of its folder and of the folders in it, down to those that have a project file of their own.',
  type: 'object',
  properties: {
    $schema: { description: 'Where this schema lies, for editors.', type: 'string' },
    ...settings,
    formats: {
      description: 'How files are read whose names do not tell: patterns as in a .gitignore, each with a format.',
      type: 'object',
      additionalProperties: { type: 'string', enum: textFormats },
    },
    ignore: {
      description: `Files and folders that are left alone: patterns as in a .gitignore (and in ${ignoreFileName}).`,
      type: 'array',
      items: pattern,
    },
    dictionary: {
      description: `A list of words that are never called misspelt, one a line, in the folder of the project file; without this key ${projectDictionaryName}.`,
      type: 'string',
      minLength: 1,
    },
    overrides: {
      description: 'What holds for some files only; of several that fit the later ones win.',
      type: 'array',
      items: {
        type: 'object',
        required: ['files'],
        properties: {
          files: { description: 'Patterns as in a .gitignore.', type: 'array', minItems: 1, items: pattern },
          ...settings,
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};
