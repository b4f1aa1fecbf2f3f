/** What each tool does with its input, checked against the one description of the tools. Pure but for its services. */
import { formatOfFile, textFormats, type TextFormat } from './formats';
import type {
  CorrectParams,
  CorrectResult,
  ParaphraseParams,
  ParaphraseResult,
  SummarizeParams,
  SummarizeResult,
} from './requests';
import type { Settings } from './settings';
import { correctionLevels, dialectChoices, paraphraseModeNames, styleChoices, summaryLengthNames } from './tasks';
import { toolDescriptions, toolNames, type ToolName } from './tools';

/**
 * A call that names no tool, or has an input that it does not take; the message is for the model that made the call.
 */
export class ToolInputError extends Error {
  override readonly name = 'ToolInputError';
}

/** What works on a text: the engine itself, or a client of it. */
export interface TextServices {
  correct(params: CorrectParams): Promise<CorrectResult>;
  paraphrase(params: ParaphraseParams): Promise<ParaphraseResult>;
  summarize(params: SummarizeParams): Promise<SummarizeResult>;
}

/** What a tool gives back: words for a model, and the same as data. */
export interface ToolAnswer {
  text: string;
  data: Record<string, unknown>;
}

/** What holds for a text where the input says nothing. */
export interface Standing {
  settings: Settings;
  /** What the project says of its file. */
  format?: TextFormat | undefined;
  /** The project leaves the file alone. */
  isLeftAlone?: boolean;
}

/** Reads the input of one call; every message names the field. */
class Input {
  private readonly fields: Record<string, unknown>;

  constructor(tool: ToolName, value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ToolInputError(`The input of ${tool} must be an object with the text.`);
    this.fields = value as Record<string, unknown>;
    const known = Object.keys(toolDescriptions[tool].inputSchema.properties);
    const unknown = Object.keys(this.fields).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new ToolInputError(`"${unknown}" is unknown; ${tool} takes ${known.join(', ')}.`);
  }

  text(): string {
    const value = this.fields['text'];
    if (typeof value !== 'string') throw new ToolInputError('"text" must be a string.');
    return value;
  }
  /** Undefined where no file is named. */
  path(): string | undefined {
    const value = this.fields['path'];
    if (value !== undefined && (typeof value !== 'string' || value === '' || value.includes('\0')))
      throw new ToolInputError('"path" must be the path of a file.');
    return value;
  }
  /** Whether the input itself says it. */
  says(field: string): boolean {
    return this.fields[field] !== undefined;
  }
  oneOf<Name extends string>(field: string, names: readonly Name[], standard: Name): Name {
    const value = this.fields[field] ?? standard;
    const found = names.find((name) => name === value);
    if (found === undefined) throw new ToolInputError(`"${field}" must be one of ${names.join(', ')}.`);
    return found;
  }
  words(field: string): string[] {
    const value = this.fields[field] ?? [];
    if (!Array.isArray(value) || !value.every((word) => typeof word === 'string'))
      throw new ToolInputError(`"${field}" must be a list of words.`);
    return value as string[];
  }
  count(field: string, standard: number, most: number): number {
    const value = this.fields[field] ?? standard;
    if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > most)
      throw new ToolInputError(`"${field}" must be a whole number from 1 to ${most}.`);
    return value as number;
  }
}

type Run = (input: Input, services: TextServices, standing: Standing) => Promise<ToolAnswer>;

/** @throws ToolInputError where neither the input, the project nor the file's name tells the format */
function common(input: Input, { format }: Standing): { text: string; format: TextFormat } {
  const path = input.path();
  const known = format ?? (path === undefined ? 'markdown' : formatOfFile(path));
  if (known === undefined && !input.says('format'))
    throw new ToolInputError(`The kind of ${path} is not known: say "format".`);
  return { text: input.text(), format: input.oneOf('format', textFormats, known ?? 'markdown') };
}

const runs: Record<ToolName, Run> = {
  correct: async (input, services, standing) => {
    const { correct, dictionary } = standing.settings;
    // A level in the input means its thresholds, and not the one that the settings have.
    const threshold = input.says('level') ? null : correct.confidence;
    const params: CorrectParams = {
      ...common(input, standing),
      ...(threshold === null ? {} : { threshold }),
      ...(correct.ignoredTypes.length > 0 ? { ignoredTypes: correct.ignoredTypes } : {}),
      level: input.oneOf('level', correctionLevels, correct.level),
      style: input.oneOf('style', styleChoices, correct.style),
      dialect: input.oneOf('dialect', dialectChoices, correct.dialect),
      dictionary: [...dictionary, ...input.words('dictionary')],
    };
    if (standing.isLeftAlone)
      return {
        text: 'The project leaves this file alone; nothing was checked.',
        data: { output: params.text, corrections: [], isLeftAlone: true },
      };
    const { output, corrections, highConfidence, failures, unread } = await services.correct(params);
    const changes = corrections.map(({ startIndex, endIndex, correction, type, confidence, explanation }) => ({
      startIndex,
      endIndex,
      original: params.text.slice(startIndex, endIndex),
      correction,
      type,
      confidence,
      explanation,
    }));
    const lines = changes.map(({ explanation, confidence }) => `- ${explanation} (${Math.round(confidence * 100)} %)`);
    return {
      text: lines.length === 0 ? 'No errors were found.' : `${output}\n\nChanges:\n${lines.join('\n')}`,
      data: {
        output,
        corrections: changes,
        highConfidence,
        ...(failures ? { failures } : {}),
        ...(unread ? { unread } : {}),
      },
    };
  },
  rewrite: async (input, services, standing) => {
    const { settings } = standing;
    const params = {
      ...common(input, standing),
      mode: input.oneOf('mode', paraphraseModeNames, settings.paraphrase.mode),
      candidates: input.count('candidates', settings.paraphrase.candidates, 20),
    };
    const { candidates, startIndex, endIndex } = await services.paraphrase(params);
    const { text } = params;
    const wordings = candidates.map(({ text: inside, origin }) => ({
      text: text.slice(0, startIndex) + inside + text.slice(endIndex),
      origin,
    }));
    return {
      text:
        wordings.length === 0
          ? 'No other wording surely keeps the meaning.'
          : wordings.map((each) => each.text).join('\n\n'),
      data: { candidates: wordings },
    };
  },
  summarize: async (input, services, standing) => {
    const length = input.oneOf('length', summaryLengthNames, standing.settings.summarize.length);
    const { output, sentences } = await services.summarize({ ...common(input, standing), length });
    return { text: output, data: { output, sentences } };
  },
};

/**
 * @param standingOf what holds for a file, as the input names it, or for a text without one
 * @throws ToolInputError, and whatever the services and `standingOf` reject with
 */
export async function runTool(
  name: string,
  value: unknown,
  services: TextServices,
  standingOf: (path: string | undefined) => Standing | Promise<Standing>,
): Promise<ToolAnswer> {
  const tool = toolNames.find((each) => each === name);
  if (!tool) throw new ToolInputError(`There is no tool "${name}"; there are ${toolNames.join(', ')}.`);
  const input = new Input(tool, value);
  return runs[tool](input, services, await standingOf(input.path()));
}
