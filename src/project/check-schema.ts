/**
 * Pure: what is wrong with a value by the schemas of src/protocol/project-file.ts, in words for the person who wrote
 * it.
 */
import type { Schema } from '../protocol/project-file';

const typeNames: Record<Schema['type'], string> = {
  object: 'an object',
  array: 'a list',
  string: 'a text in quotes',
  number: 'a number',
  boolean: 'true or false',
};

/**
 * @param key where the value stands, as `overrides[0].level`; "" for the whole
 * @returns the first fault; undefined when the value is right
 */
export function schemaProblem(value: unknown, schema: Schema, key = ''): string | undefined {
  const subject = key === '' ? 'the file' : `"${key}"`;
  if (typeOf(value) !== schema.type) return `${subject} must be ${typeNames[schema.type]}`;
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    return value >= minimum && value <= maximum ? undefined : `${subject} must be from ${minimum} to ${maximum}`;
  }
  if (typeof value === 'string') {
    if (value.length < (schema.minLength ?? 0)) return `${subject} is empty`;
    return !schema.enum || schema.enum.includes(value)
      ? undefined
      : `${subject} is ${JSON.stringify(value)}; it must be one of ${schema.enum.join(', ')}`;
  }
  if (Array.isArray(value)) return listProblem(value, schema, key, subject);
  return schema.type === 'object' ? objectProblem(value as Record<string, unknown>, schema, key, subject) : undefined;
}

function listProblem(list: readonly unknown[], schema: Schema, key: string, subject: string): string | undefined {
  if (list.length < (schema.minItems ?? 0)) return `${subject} is empty`;
  return first(
    list.entries(),
    ([index, item]) => schema.items && schemaProblem(item, schema.items, `${key}[${index}]`),
  );
}

function objectProblem(
  fields: Record<string, unknown>,
  schema: Schema,
  key: string,
  subject: string,
): string | undefined {
  const { properties = {}, additionalProperties, required = [] } = schema;
  const missing = required.find((name) => !Object.hasOwn(fields, name));
  if (missing !== undefined) return `${subject} lacks "${missing}"`;
  return first(Object.entries(fields), ([name, value]) => {
    const inner = key === '' ? name : `${key}.${name}`;
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (own) return schemaProblem(value, own, inner);
    return own === false ? `"${inner}" is unknown; ${likely(name, Object.keys(properties))}` : undefined;
  });
}

function first<Item>(items: Iterable<Item>, problemOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}

function likely(name: string, names: readonly string[]): string {
  const distances = names.map((other) => distance(name.toLowerCase(), other.toLowerCase()));
  const least = Math.min(...distances);
  if (least <= Math.ceil(name.length / 3)) return `did you mean "${names[distances.indexOf(least)]}"?`;
  return `it may be one of ${names.filter((other) => !other.startsWith('$')).join(', ')}`;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (character === b[j] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
