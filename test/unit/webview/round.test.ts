import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/protocol/trace';
import { latestDurations, totalOf } from '../../../src/webview/logic/durations';
import { roundAt, tellRow, type RoundRow } from '../../../src/webview/logic/round';
import { slot, step, token } from './tokens';

const alternatives = [{ id: 40, text: 'x', probability: 0.9 }];
const row = (round: NonNullable<ReturnType<typeof roundAt>>, name: RoundRow) =>
  round.columns
    .map((column) => {
      const cell = column[name];
      return cell === undefined
        ? ''
        : cell.kind === 'slot'
          ? '_'
          : cell.kind === 'struck'
            ? `-${cell.text}`
            : cell.kind === 'dropped'
              ? '0'
              : cell.kind === 'filled'
                ? `+${cell.text}`
                : cell.text;
    })
    .join('|');

describe('a round', () => {
  const read = step(
    [token('It', { operation: [1, 0, 0] }), token(' work', { state: 'deleted', operation: [0, 0, 1] })],
    { action: 'encode' },
  );
  const fill = step([
    token('It'),
    token(' work', { state: 'deleted' }),
    token(' works', { state: 'changed', alternatives }),
    token('', { state: 'deleted', alternatives }),
  ]);
  it('of a correction is read from the step that fills', () => {
    const round = roundAt([read, fill], 0)!;
    expect(round).toMatchObject({ number: 1, steps: { delete: 0, place: 0, fill: 1 } });
    expect([row(round, 'delete'), row(round, 'place'), row(round, 'fill')]).toEqual([
      'It|- work||',
      'It||_|_',
      'It||+ works|0',
    ]);
    expect((['delete', 'place', 'fill'] as const).map((name) => tellRow(round, name))).toEqual([
      'work',
      '2 slots',
      'works, (slot not needed)',
    ]);
    expect(roundAt([read, fill], 1)).toEqual(round);
  });
  it('brings struck tokens back to their places where the next step no longer has them', () => {
    const steps = [
      step([token('a'), token(' b', { state: 'deleted' }), token(' c'), token(' d', { state: 'deleted' })], {
        action: 'delete',
      }),
      step([token('a'), slot(), token(' c')], { action: 'place' }),
      step([token('a'), token(' x', { state: 'inserted', alternatives }), token(' c')]),
      step([token('a'), token(' x'), token(' c'), slot()], { action: 'place' }),
    ];
    const round = roundAt(steps, 1)!;
    expect(round).toMatchObject({ number: 1, steps: { delete: 0, place: 1, fill: 2 } });
    expect([row(round, 'delete'), row(round, 'place'), row(round, 'fill')]).toEqual([
      'a|- b|| c|- d',
      'a||_| c|',
      'a||+ x| c|',
    ]);
    const next = roundAt(steps, 3)!;
    expect(next).toMatchObject({ number: 2, steps: { place: 3 } });
    expect([row(next, 'delete'), row(next, 'place')]).toEqual(['a| x| c|', 'a| x| c|_']);
  });
  it('is not there where nothing is struck or placed, or for other kinds of steps', () => {
    expect(roundAt([step([token('a', { operation: [1, 0, 0] })], { action: 'encode' })], 0)).toBeUndefined();
    expect(
      roundAt(
        [
          step([token('a')], { action: 'encode' }),
          step([token('x', { state: 'new', alternatives })], { action: 'predict' }),
        ],
        0,
      ),
    ).toBeUndefined();
    expect(roundAt([step([token('a')], { action: 'predict' })], 0)).toBeUndefined();
    expect(roundAt([], 0)).toBeUndefined();
  });
  const folder = path.resolve(__dirname, '../../fixtures/tiny/traces');
  it.each(readdirSync(folder).filter((name) => /^(levenshtein|edit-tags|fast-correct)/.test(name)))(
    'of %s has every token of its last step once, in order',
    (name) => {
      const { trace } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { trace: Trace };
      trace.steps.forEach((_, index) => {
        const round = roundAt(trace.steps, index);
        if (round?.steps.fill === undefined) return;
        const { tokens } = trace.steps[round.steps.fill]!;
        const written = round.columns.flatMap(({ fill: cell }) => (cell ? [cell.text] : []));
        expect(written).toEqual(
          tokens
            .filter(({ state, alternatives: all }) => state !== 'deleted' || all.length > 0)
            .map(({ text }) => text),
        );
        if (round.steps.delete === undefined) return;
        const struck = round.columns.filter((column) => column.delete?.kind === 'struck').length;
        expect(struck).toBe(trace.steps[round.steps.delete]!.tokens.filter(({ state }) => state === 'deleted').length);
      });
    },
  );
  it.each(readdirSync(folder).filter((name) => /^fast-correct/.test(name)))(
    'of %s writes as many tokens as the counts say',
    (name) => {
      const { trace } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { trace: Trace };
      const durations = latestDurations(trace.steps).at(-1)!;
      expect(durations.size).toBe(trace.source.length);
      const last = trace.steps.at(-1)!;
      if (last.action === 'fill')
        expect(totalOf(durations)).toBe(
          last.tokens.filter(({ state, alternatives: all }) => state !== 'deleted' || all.length > 0).length,
        );
    },
  );
});
