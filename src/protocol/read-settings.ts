/**
 * Settings from anywhere, field by field: a wrong value falls back to its default instead of breaking the server. The
 * server reads the client's answer with this, the extension the editor's configuration.
 */
import { decoderNames } from './decoders';
import {
  correctionLevels,
  correctionTypes,
  devices,
  paraphraseModeNames,
  dialectChoices,
  styleChoices,
  summaryLengthNames,
} from './tasks';
import { optionProblem, optionsOf } from './decoder-options';
import { effortNames, presetOf, type DecodedTask, type Effort } from './effort';
import type { IgnoredRemark } from './requests';
import { defaultSettings, type Decoding, type ExperimentalDecoding, type Settings } from './settings';
import type { DecodeOptions, DecoderName } from './trace';

export const settingsSection = 'narTextTools';

/** The decoders cut a larger wish to this (src/decode/budget.ts). */
const mostPasses = 64;

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function part(value: unknown, name: string): Fields {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
}
function flag(value: unknown, fallback: boolean): boolean {
  return typeof value === 'boolean' ? value : fallback;
}
function flags(value: unknown): Record<string, boolean> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
}
function number(value: unknown, fallback: number, least: number, most: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : fallback;
}
/** settings.json may hold 2.5 where only whole numbers mean anything. */
function whole(value: unknown, fallback: number, least: number, most: number): number {
  return Math.round(number(value, fallback, least, most));
}
function choice<T extends string>(value: unknown, choices: readonly T[], fallback: T): T {
  return choices.includes(value as T) ? (value as T) : fallback;
}
function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
export function isIgnoredRemark(value: unknown): value is IgnoredRemark {
  return (
    isObject(value) && ['original', 'correction', 'before', 'after'].every((name) => typeof value[name] === 'string')
  );
}
function ignoredRemarks(value: unknown): IgnoredRemark[] {
  return Array.isArray(value) ? value.filter(isIgnoredRemark) : [];
}
function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

/** What the decoder reads of an object of options; what belongs to another decoder or is out of bounds is left out. */
function fittingOptions(decoder: DecoderName, value: unknown): DecodeOptions {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    optionsOf(decoder)
      .filter((name) => optionProblem(name, value[name]) === undefined)
      .map((name) => [name, value[name]]),
  );
}

/** What `experimental` says about one task; what makes no sense is left to the effort. */
function wishes(task: DecodedTask, effort: Effort, value: unknown): ExperimentalDecoding {
  const fields = part(value, task);
  const decoder = decoderNames.find((name) => name === fields['decoder']);
  const passes = whole(fields['passes'], 0, 1, mostPasses) || undefined;
  const options = fittingOptions(presetOf(task, { effort, decoder, passes }).decoder, fields['options']);
  return {
    ...(decoder ? { decoder } : {}),
    ...(passes ? { passes } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  };
}

/** @param value what the client answered for the section; anything at all */
export function readSettings(value: unknown): Settings {
  const standard = defaultSettings;
  const root = isObject(value) ? value : {};
  const correct = part(root, 'correct');
  const paraphrase = part(root, 'paraphrase');
  const summarize = part(root, 'summarize');
  const model = part(root, 'model');
  const effort = choice(root['effort'], effortNames, standard.effort);
  const experimental: Settings['experimental'] = {};
  const decoding = (task: DecodedTask): Decoding => {
    const wished = wishes(task, effort, root['experimental']);
    if (Object.keys(wished).length > 0) experimental[task] = wished;
    return { ...presetOf(task, { effort, ...wished }), options: wished.options ?? {} };
  };
  const [correcting, paraphrasing, summarizing] = [decoding('correct'), decoding('paraphrase'), decoding('summarize')];
  return {
    effort,
    experimental,
    enable: flag(root['enable'], standard.enable),
    languages: flags(root['languages']),
    correct: {
      asYouType: flag(correct['asYouType'], standard.correct.asYouType),
      delay: whole(correct['delay'], standard.correct.delay, 0, 10_000),
      level: choice(correct['level'], correctionLevels, standard.correct.level),
      style: choice(correct['style'], styleChoices, standard.correct.style),
      dialect: choice(correct['dialect'], dialectChoices, standard.correct.dialect),
      confidence: typeof correct['confidence'] === 'number' ? number(correct['confidence'], 0, 0, 1) : null,
      ignoredTypes: strings(correct['ignoredTypes']).filter((type) =>
        (correctionTypes as readonly string[]).includes(type),
      ) as Settings['correct']['ignoredTypes'],
      ...correcting,
    },
    dictionary: strings(root['dictionary']),
    ignoredSentences: strings(root['ignoredSentences']),
    ignoredRemarks: ignoredRemarks(root['ignoredRemarks']),
    paraphrase: {
      mode: choice(paraphrase['mode'], paraphraseModeNames, standard.paraphrase.mode),
      candidates: whole(paraphrase['candidates'], standard.paraphrase.candidates, 1, 9),
      ...paraphrasing,
      automatic: flag(paraphrase['automatic'], standard.paraphrase.automatic),
    },
    summarize: {
      length: choice(summarize['length'], summaryLengthNames, standard.summarize.length),
      ...summarizing,
    },
    model: {
      path: text(model['path'], standard.model.path),
      dtype: text(model['dtype'], standard.model.dtype) || 'auto',
    },
    device: choice(root['device'], devices, standard.device),
    threads: whole(root['threads'], standard.threads, 1, 64),
    idleMinutes: number(root['idleMinutes'], standard.idleMinutes, 0, 100_000),
  };
}
