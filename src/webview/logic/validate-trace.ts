/**
 * Reads a trace from a file that anyone may have written: every field the panel uses is checked, with
 * the place of the first fault.
 */
import { decoderNames } from '../../protocol/decoders';
import { decoderOptionNames, decoderOptions, type DecoderOption } from '../../protocol/decoder-options';
import { tasks } from '../../protocol/tasks';
import { stepActions, stopReasons, tokenStates, traceVersion, type Trace } from '../../protocol/trace';
import { t } from '../l10n';

export type TraceReading = { trace: Trace } | { fault: string };

/** More than any real run: beyond it the panel would only freeze. */
export const mostSteps = 2000;
export const mostTokens = 20_000;

class Fault extends Error {}
type Check = (value: unknown, place: string) => void;

const fail = (place: string, expected: string): never => {
  throw new Fault(t('{0} must be {1}.', place, expected));
};
const number: Check = (value, place) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) fail(place, t('a number'));
};
const whole: Check = (value, place) => {
  if (!Number.isInteger(value) || (value as number) < 0) fail(place, t('a whole number, 0 or more'));
};
const text: Check = (value, place) => {
  if (typeof value !== 'string') fail(place, t('a text'));
};
const truth: Check = (value, place) => {
  if (typeof value !== 'boolean') fail(place, t('true or false'));
};
const share: Check = (value, place) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1.000001)) fail(place, t('a probability from 0 to 1'));
};
const oneOf =
  (allowed: readonly string[]): Check =>
  (value, place) => {
    if (typeof value !== 'string' || !allowed.includes(value)) fail(place, t('one of {0}', allowed.join(', ')));
  };
const optional =
  (check: Check): Check =>
  (value, place) => {
    if (value !== undefined) check(value, place);
  };
const list =
  (item: Check, most: number): Check =>
  (value, place) => {
    if (!Array.isArray(value)) return fail(place, t('a list'));
    if (value.length > most) fail(place, t('a list of at most {0}', most));
    value.forEach((entry, index) => item(entry, `${place}[${index}]`));
  };
const record =
  (fields: Record<string, Check>): Check =>
  (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return fail(place || t('The file'), t('an object'));
    for (const [name, check] of Object.entries(fields))
      check((value as Record<string, unknown>)[name], place ? `${place}.${name}` : name);
  };

/**
 * Kind alone: a value out of today's bounds may have been recorded by another version, and
 * the form tells it at its field.
 */
const optionCheck = (option: DecoderOption): Check =>
  option.kind === 'number' ? number : option.kind === 'flag' ? truth : oneOf(option.choices);
const indices = optional(list(whole, mostTokens));
const options = record({
  ...Object.fromEntries(decoderOptionNames.map((name) => [name, optional(optionCheck(decoderOptions[name]))])),
  passes: optional(whole),
  draft: indices,
  lockedDraft: indices,
  lockedTokens: indices,
  temperatures: optional(record({ operation: optional(number), insertion: optional(number), fill: optional(number) })),
});

const token = record({
  id: whole,
  text,
  state: oneOf(tokenStates),
  logProbability: number,
  entropy: number,
  alternatives: list(record({ id: whole, text, probability: share }), 64),
  sourceIndex: optional(whole),
  operation: optional((value, place) => {
    list(share, 3)(value, place);
    if ((value as unknown[]).length !== 3) fail(place, t('three probabilities: keep, delete, generate'));
  }),
  gap: optional(record({ count: whole, probability: share })),
  marginals: optional(list(share, 64)),
  links: optional(list(record({ position: whole, probability: share }), 64)),
  modes: optional(
    record({ autoregressive: optional(number), nonAutoregressive: optional(number), auxiliary: optional(number) }),
  ),
  duration: optional(record({ count: whole, probability: share })),
  locked: optional(truth),
});
const step = record({
  index: whole,
  system: oneOf(decoderNames),
  action: oneOf(stepActions),
  tokens: list(token, mostTokens),
  score: number,
  passes: whole,
  queryTokens: whole,
  milliseconds: number,
  repetitionRatio: number,
  lengths: optional(list(record({ length: whole, probability: share }), 129)),
  leadingGap: optional(record({ count: whole, probability: share })),
  beam: optional(list(record({ length: whole, text, score: number, chosen: truth }), 64)),
  columns: optional(list(record({ start: whole, end: whole, texts: list(text, 64), agreement: whole }), mostTokens)),
  accepted: optional(record({ tokens: whole, mean: number })),
  stop: optional(oneOf(stopReasons)),
});
const trace = record({
  task: oneOf(tasks),
  system: oneOf(decoderNames),
  model: record({ name: text, version: text, device: text, dtype: text }),
  options,
  sourceText: text,
  source: list(record({ id: whole, text, start: whole, end: whole, protected: optional(truth) }), mostTokens),
  steps: list(step, mostSteps),
  output: text,
  stop: oneOf(stopReasons),
  passes: whole,
  milliseconds: number,
  edits: optional(
    list(
      record({ start: whole, end: whole, text, confidence: share, threshold: share, type: text, lexicon: truth }),
      mostTokens,
    ),
  ),
  sentences: optional(
    list(
      record({
        start: whole,
        length: whole,
        pieces: list(record({ viewStart: whole, sourceStart: whole, length: whole, protected: truth }), mostTokens),
        refused: optional(text),
      }),
      mostTokens,
    ),
  ),
});

export function checkTrace(value: unknown): TraceReading {
  try {
    record({})(value, '');
    const { version } = value as { version?: unknown };
    if (version === undefined)
      return {
        fault: t('This is not a trace: it has no "version". Export one with "Export JSON" or "nar-text trace".'),
      };
    if (version !== traceVersion) {
      const newer = typeof version === 'number' && version > traceVersion;
      return {
        fault:
          t('This trace has version {0}, and this panel reads version {1}.', JSON.stringify(version), traceVersion) +
          ' ' +
          (newer ? t('Update NAR Text Tools to open it.') : t('Record it again with "nar-text trace".')),
      };
    }
    const { system } = value as { system?: unknown };
    if (typeof system === 'string' && !(decoderNames as readonly string[]).includes(system)) {
      return {
        fault: t(
          'This trace was recorded by the decoder "{0}", which this panel does not know. Update NAR Text Tools to open it.',
          system.slice(0, 40),
        ),
      };
    }
    trace(value, '');
    const read = value as Trace;
    for (const [index, { tokens, columns }] of read.steps.entries()) {
      const astray = tokens.findIndex(
        ({ sourceIndex }) => sourceIndex !== undefined && sourceIndex >= read.source.length,
      );
      if (astray >= 0)
        throw new Fault(
          t(
            'steps[{0}].tokens[{1}].sourceIndex must point into the source of {2} tokens.',
            index,
            astray,
            read.source.length,
          ),
        );
      // The number of tokens stands for the end of the text.
      const nowhere = tokens.findIndex(({ links }) => links?.some(({ position }) => position > tokens.length));
      if (nowhere >= 0)
        throw new Fault(
          t(
            "steps[{0}].tokens[{1}].links must point to one of the step's {2} tokens, or behind the last.",
            index,
            nowhere,
            tokens.length,
          ),
        );
      const beyond = columns?.findIndex(({ start, end }) => start > end || end > read.source.length) ?? -1;
      if (beyond >= 0)
        throw new Fault(
          t('steps[{0}].columns[{1}] must lie within the source of {2} tokens.', index, beyond, read.source.length),
        );
    }
    const outside = read.edits?.findIndex(({ start, end }) => start > end || end > read.sourceText.length) ?? -1;
    if (outside >= 0)
      throw new Fault(
        t('edits[{0}] must lie within the {1} characters of sourceText.', outside, read.sourceText.length),
      );
    return { trace: read };
  } catch (fault) {
    if (fault instanceof Fault) return { fault: t('This trace is damaged: {0}', fault.message) };
    throw fault;
  }
}

export function readTrace(json: string): TraceReading {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (fault) {
    const cut = json.trimStart().startsWith('{') && !json.trimEnd().endsWith('}');
    return {
      fault: t(
        'This file is not JSON: {0}.{1}',
        (fault as Error).message,
        cut ? ` ${t('Its end is missing: copy or export it again.')}` : '',
      ).replace(/\.\.( |$)/, '.$1'),
    };
  }
  return checkTrace(value);
}
