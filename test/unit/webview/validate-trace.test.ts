import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTrace, readTrace } from '../../../src/webview/logic/validate-trace';
import { step, token, trace } from './tokens';

const fault = (value: unknown) => {
  const reading = checkTrace(value);
  return 'fault' in reading ? reading.fault : undefined;
};

describe('reading a trace file', () => {
  const folder = path.resolve(__dirname, '../../fixtures/traces-demo');
  it.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('opens %s', (name) => {
    expect(readTrace(readFileSync(path.join(folder, name), 'utf8'))).toHaveProperty('trace');
  });

  it('says what is wrong with other files', () => {
    expect(readTrace('{')).toHaveProperty('fault', expect.stringMatching(/^This file is not JSON: /));
    expect(fault([])).toMatch(/must be an object/);
    expect(fault({})).toMatch(/has no "version"/);
    expect(fault({ ...trace(), version: 2 })).toMatch(/version 2.*reads version 1\. Update/);
    expect(fault({ ...trace(), version: 'x' })).toMatch(/Record it again/);
  });

  it('tells a cut file and an unknown decoder from other damage', () => {
    const whole = JSON.stringify(trace());
    expect(readTrace(whole.slice(0, -20))).toHaveProperty('fault', expect.stringMatching(/^This file is not JSON: .*Its end is missing/));
    expect(readTrace('[1,')).not.toHaveProperty('fault', expect.stringContaining('Its end is missing'));
    expect(fault({ ...trace(), system: 'quantum' })).toBe('This trace was recorded by the decoder "quantum", which this panel does not know. Update NAR Text Tools to open it.');
  });

  it('finds damage at any place of a real trace', () => {
    const file = path.resolve(__dirname, '../../fixtures/traces-demo/correction.json');
    const whole = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    /** Every place of the trace but the decoder's options, which each decoder reads for itself. */
    const places = (value: unknown, place: (string | number)[] = []): (string | number)[][] => {
      if (typeof value !== 'object' || value === null) return [place];
      return Object.entries(value).flatMap(([name, field]) => (name === 'options' ? [] : [[...place, name], ...places(field, [...place, name])]));
    };
    const all = places(whole);
    expect(all.length).toBeGreaterThan(500);
    for (const [index, place] of all.entries()) {
      const copy = structuredClone(whole) as Record<string, unknown>;
      let at: Record<string | number, unknown> = copy;
      for (const name of place.slice(0, -1)) at = at[name] as Record<string, unknown>;
      at[place.at(-1)!] = [null, { a: 1 }, NaN][index % 3];
      expect(checkTrace(copy), place.join('.')).toHaveProperty('fault');
    }
  });

  it('names the place of the first fault', () => {
    expect(fault({ ...trace(), steps: [step([token('a'), { ...token('b'), logProbability: null as unknown as number }])] })).toContain('steps[0].tokens[1].logProbability must be a number');
    expect(fault({ ...trace(), task: 'guess' })).toContain('task must be one of fix');
    expect(fault({ ...trace(), steps: [step([token('a', { sourceIndex: 9 })])] })).toContain('steps[0].tokens[0].sourceIndex must point into the source');
    expect(fault({ ...trace(), steps: [step([token('a', { operation: [1, 0] as unknown as [number, number, number] })])] })).toContain('operation must be three probabilities');
    expect(fault({ ...trace(), steps: new Array(2001).fill(step([])) })).toContain('at most 2000');
  });

  it('never throws and never lets a damaged trace through', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => { expect(checkTrace(value)).toHaveProperty('fault'); }));
    const required = ['task', 'system', 'model', 'options', 'sourceText', 'source', 'steps', 'output', 'stop', 'passes', 'milliseconds'];
    for (const name of required) expect(fault({ ...trace(), [name]: undefined }), name).toMatch(/damaged/);
  });
});
