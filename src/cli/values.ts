/** Single values of the command line. */
import { UsageError } from './usage';

/** @throws UsageError */
export function choice<const T extends string>(name: string, value: string, choices: readonly T[]): NoInfer<T> {
  if (!choices.includes(value as T))
    throw new UsageError(`${name} "${value}" is unknown; one of ${choices.join(', ')}`);
  return value as T;
}

/** @throws UsageError */
export function number(
  name: string,
  value: string | undefined,
  least: number,
  most: number,
  whole: boolean,
): number | undefined {
  if (value === undefined) return undefined;
  const result = value.trim() === '' ? NaN : Number(value);
  if (!(result >= least && result <= most) || (whole && !Number.isInteger(result))) {
    throw new UsageError(`${name} "${value}" must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
  }
  return result;
}

/** As `choice`; undefined where nothing was said. @throws UsageError */
export function optional<const T extends string>(
  name: string,
  value: string | undefined,
  choices: readonly T[],
): NoInfer<T> | undefined {
  return value === undefined ? undefined : choice(name, value, choices);
}
