/** docs/trace.schema.json says what the decoders write and what the panel reads. */
import { decoderNames } from '../../../src/protocol/decoders';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/protocol/trace';
import { checkTrace } from '../../../src/webview/logic/validate-trace';

interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  const?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}

const root = path.join(__dirname, '../../..');
const schema = JSON.parse(readFileSync(path.join(root, 'docs/trace.schema.json'), 'utf8')) as Schema;
const folder = path.join(root, 'test/fixtures/tiny/traces');
const traces = readdirSync(folder).map(
  (name) => [name, (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { trace: Trace }).trace] as const,
);

/** The part of JSON Schema that this schema uses; properties that it does not name are faults here. */
function faults(value: unknown, node: Schema, place = ''): string[] {
  if (node.$ref) return faults(value, schema.$defs![node.$ref.replace('#/$defs/', '')]!, place);
  if (node.const !== undefined) return value === node.const ? [] : [`${place} is not ${String(node.const)}`];
  if (node.enum) return node.enum.includes(value) ? [] : [`${place} is none of ${node.enum.join(', ')}`];
  if (node.type === 'array') {
    if (!Array.isArray(value)) return [`${place} is no list`];
    if (value.length < (node.minItems ?? 0) || value.length > (node.maxItems ?? Infinity))
      return [`${place} has ${value.length} items`];
    return value.flatMap((item, index) => faults(item, node.items!, `${place}[${index}]`));
  }
  if (node.type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place} is no object`];
    const fields = value as Record<string, unknown>;
    const missing = (node.required ?? [])
      .filter((name) => !(name in fields))
      .map((name) => `${place}.${name} is missing`);
    const wrong = Object.entries(fields).flatMap(([name, field]) => {
      if (!node.properties) return [];
      return node.properties[name]
        ? faults(field, node.properties[name], `${place}.${name}`)
        : [`${place}.${name} is not in the schema`];
    });
    return [...missing, ...wrong];
  }
  if (node.type === 'integer' || node.type === 'number') {
    const right = node.type === 'integer' ? Number.isInteger(value) : typeof value === 'number';
    return right && (value as number) >= (node.minimum ?? -Infinity) && (value as number) <= (node.maximum ?? Infinity)
      ? []
      : [`${place} is ${String(value)}`];
  }
  return typeof value === node.type ? [] : [`${place} is no ${node.type}`];
}

describe('trace schema', () => {
  it.each(traces)('%s follows it, and the panel reads it', (_, trace) => {
    expect(faults(trace, schema)).toEqual([]);
    expect(checkTrace(trace)).toEqual({ trace });
  });

  it('knows every decoder', () => {
    expect(schema.$defs!['decoder']!.enum).toEqual([...decoderNames]);
  });

  it.each([
    [
      'another version',
      (trace: Trace) => {
        (trace as { version: number }).version = 2;
      },
      /version 2/,
    ],
    [
      'a missing field',
      (trace: Trace) => {
        delete (trace as Partial<Trace>).output;
      },
      /output must be a text/,
    ],
    [
      'a wrong state',
      (trace: Trace) => {
        (trace.steps[0]!.tokens[0] as { state: string }).state = 'odd';
      },
      /steps\[0\]\.tokens\[0\]\.state/,
    ],
    [
      'a probability above one',
      (trace: Trace) => {
        trace.steps[1]!.tokens.find((token) => token.alternatives.length > 0)!.alternatives[0]!.probability = 2;
      },
      /probability/,
    ],
  ])('and the panel refuse %s', (_, damage, message) => {
    const trace = structuredClone(traces[0]![1]);
    damage(trace);
    expect(faults(trace, schema)).not.toEqual([]);
    const reading = checkTrace(trace);
    expect('fault' in reading ? reading.fault : '').toMatch(message);
  });
});
