/**
 * The decoder's options in the form: its fields, what is wrong in them, and what of them
 * another decoder reads too. Pure.
 */
import { keepsLocks } from '../../protocol/decoder-facts';
import {
  decoderOptions,
  optionProblem,
  optionsOf,
  usualValue,
  type DecoderOption,
  type DecoderOptionName,
} from '../../protocol/decoder-options';
import type { DecodeOptions, DecoderName } from '../../protocol/trace';

/** Number fields as they were typed: a text that is no number yet must not be lost while somebody writes on it. */
export type TypedOptions = Partial<Record<DecoderOptionName, string>>;
type Value = number | boolean | string;

export interface OptionField {
  name: DecoderOptionName;
  option: DecoderOption;
  usual: Value | undefined;
  /** What stands in the control: the typed text of a number, otherwise the chosen or the usual value. */
  shown: string | boolean;
  /** What is wrong with it ("must be a number from 0 to 1"). */
  problem?: string;
  /** The run will do something else than usual. */
  differs: boolean;
}

const valueOf = (options: DecodeOptions, name: DecoderOptionName): Value | undefined => options[name];

/** @returns NaN for what is no number; a comma counts as a point */
const numberIn = (text: string): number => (text.trim() === '' ? NaN : Number(text.trim().replace(',', '.')));

export function fieldsOf(decoder: DecoderName, options: DecodeOptions, typed: TypedOptions): OptionField[] {
  return optionsOf(decoder).map((name) => {
    const option = decoderOptions[name],
      usual = usualValue(name, decoder),
      value = valueOf(options, name);
    const shown =
      option.kind === 'number'
        ? (typed[name] ?? (value === undefined ? '' : String(value)))
        : ((value ?? usual) as string | boolean);
    const empty = value === undefined && (option.kind !== 'number' || (shown as string).trim() === '');
    const problem = empty
      ? undefined
      : optionProblem(name, option.kind === 'number' ? numberIn(shown as string) : value);
    return {
      name,
      option,
      usual,
      shown,
      ...(problem ? { problem } : {}),
      differs: problem === undefined && value !== undefined && value !== usual,
    };
  });
}

/** The options and the typed texts after somebody changed a field: a wrong number is kept as text alone. */
export function withOption(
  options: DecodeOptions,
  typed: TypedOptions,
  decoder: DecoderName,
  name: DecoderOptionName,
  entered: string | boolean,
): { options: DecodeOptions; typed: TypedOptions } {
  const next: Record<string, unknown> = { ...options };
  delete next[name];
  if (decoderOptions[name].kind !== 'number') {
    if (entered !== usualValue(name, decoder)) next[name] = entered;
    return { options: next, typed };
  }
  const number = numberIn(entered as string);
  if (optionProblem(name, number) === undefined) next[name] = number;
  return { options: next, typed: { ...typed, [name]: entered as string } };
}

/**
 * What a decoder reads of another one's options, locks on the source included. Passes and drafts have rules
 * of their own and are left out.
 */
export function optionsFor(decoder: DecoderName, options: DecodeOptions): DecodeOptions {
  const kept: Record<string, unknown> = {};
  for (const name of optionsOf(decoder)) if (options[name] !== undefined) kept[name] = options[name];
  if (options.temperatures) kept['temperatures'] = options.temperatures;
  if (options.lockedTokens && keepsLocks(decoder)) kept['lockedTokens'] = options.lockedTokens;
  return kept;
}

export function typedFor(decoder: DecoderName, typed: TypedOptions): TypedOptions {
  return Object.fromEntries(
    optionsOf(decoder).flatMap((name) => (typed[name] === undefined ? [] : [[name, typed[name]]])),
  );
}
