/**
 * The tools that agents are given, for the MCP server of the command line and for the language model tools of the
 * editor alike: names, what a model is told about them, and what they take (JSON Schema). package.json is made from
 * this.
 */
import { textFormats } from './formats';
import {
  correctionLevels,
  dialectChoices,
  paraphraseModeNames,
  paraphraseModes,
  styleChoices,
  summaryLengthNames,
  summaryLengths,
  usualMode,
} from './tasks';

export interface ToolDescription {
  /** For a person. */
  title: string;
  /** For a model: what it does and when to take it. */
  description: string;
  inputSchema: {
    type: 'object';
    properties: Record<string, object>;
    required: string[];
    additionalProperties: false;
  };
}

const oneOf = (names: readonly string[], standard: string, description: string): object => ({
  type: 'string',
  enum: [...names],
  default: standard,
  description,
});
const meanings = (texts: Record<string, string>): string =>
  Object.entries(texts)
    .map(([name, text]) => `${name}: ${text}`)
    .join(' ');

/** What every tool takes. */
const text = { type: 'string', description: 'The English text as it stands in the file, markup and code included.' };
const format = oneOf(
  textFormats,
  'markdown',
  'How the text is written, where no path tells; code, markup, links and comments of markup stay as they are. In programming languages only comments are read.',
);

const path = {
  type: 'string',
  description:
    'The file that the text stands in or is written to, absolute or relative to the root of the project. What the project says for it (level, dialect, dictionary, kinds, files that are left alone) holds, and its name tells the format. Nothing is read from it.',
};

export const toolDescriptions = {
  correct: {
    title: 'Correct spelling and grammar',
    description:
      'Finds and corrects errors of spelling, grammar and punctuation in English technical prose (documentation, commit messages, comments) with a small model on this machine. Returns the corrected text and every change with its place, kind, calibrated confidence and reason. Code, names, links and markup stay byte for byte as they are. Use it to proofread a text before it is written to a file or committed.',
    inputSchema: {
      type: 'object',
      properties: {
        text,
        path,
        format,
        level: oneOf(
          correctionLevels,
          'balanced',
          'How much to report, from what is nearly always right to doubtful cases.',
        ),
        style: oneOf(styleChoices, 'auto', 'Whether matters of style are reported beside errors.'),
        dialect: oneOf(dialectChoices, 'either', 'Whose spelling is right.'),
        dictionary: { type: 'array', items: { type: 'string' }, description: 'Words that are right here.' },
      },
      required: ['text'],
      additionalProperties: false,
    },
  },
  rewrite: {
    title: 'Rewrite in other words',
    description:
      'Says English sentences differently without changing what they mean, sentence by sentence, with a small model on this machine. Returns up to the wished number of wordings, the best one first, or none where no other wording surely keeps the meaning. Use it to make wordy documentation simpler or shorter.',
    inputSchema: {
      type: 'object',
      properties: {
        text,
        path,
        format,
        mode: oneOf(
          paraphraseModeNames,
          usualMode,
          meanings(Object.fromEntries(paraphraseModeNames.map((name) => [name, paraphraseModes[name].about]))),
        ),
        candidates: { type: 'integer', minimum: 1, maximum: 20, default: 3, description: 'How many wordings at most.' },
      },
      required: ['text'],
      additionalProperties: false,
    },
  },
  summarize: {
    title: 'Summarize',
    description:
      'Summarizes an English technical text from its own sentences with a small model on this machine. Returns the summary and, for each of its sentences, the places of the source it stands on. Use it for descriptions in front matter, changelogs and pull requests.',
    inputSchema: {
      type: 'object',
      properties: { text, path, format, length: oneOf(summaryLengthNames, 'sentence', meanings(summaryLengths)) },
      required: ['text'],
      additionalProperties: false,
    },
  },
} as const satisfies Record<string, ToolDescription>;

export type ToolName = keyof typeof toolDescriptions;
export const toolNames = Object.keys(toolDescriptions) as readonly ToolName[];
