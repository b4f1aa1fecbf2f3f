import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unifiedDiff, type TextEdit } from '../../../src/cli/unified-diff';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'nar-text-diff-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .reverse()
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

/** What git makes of the text with the diff. */
function patched(name: string, text: string, diff: string): string {
  writeFileSync(path.join(folder, name), text);
  const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
    cwd: folder,
    input: diff,
    encoding: 'utf8',
    env: { ...process.env, GIT_DIR: path.join(folder, 'none'), GIT_CONFIG_NOSYSTEM: '1' },
  });
  expect([status, stderr]).toEqual([0, '']);
  return readFileSync(path.join(folder, name), 'utf8');
}

const piece = fc.constantFrom('a', 'b c', '\n', '\n\n', '\r\n', 'end.\n', '🙂', '');
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
const edited = text.chain((before) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: before.length }), { maxLength: 8 })
    .chain((offsets) =>
      fc.tuple(fc.constant(offsets.sort((a, b) => a - b)), fc.array(piece, { minLength: 4, maxLength: 4 })),
    )
    .map(([offsets, texts]) => ({
      before,
      edits: Array.from({ length: Math.floor(offsets.length / 2) }, (_, index) => ({
        start: offsets[2 * index]!,
        end: offsets[2 * index + 1]!,
        text: texts[index % texts.length]!,
      })).filter(
        ({ start, end }) =>
          !/[\ud800-\udbff]$/.test(before.slice(0, start)) && !/[\ud800-\udbff]$/.test(before.slice(0, end)),
      ),
    })),
);

describe('unifiedDiff', () => {
  it('is what git needs to make the new text', () => {
    fc.assert(
      fc.property(edited, ({ before, edits }) => {
        const after = applied(before, edits);
        const diff = unifiedDiff('a text.md', before, edits);
        expect(diff === '').toBe(before === after);
        // git has no patch for a file without a line.
        if (before !== '' && after !== '' && diff !== '') expect(patched('a text.md', before, diff)).toBe(after);
      }),
      { numRuns: 60 },
    );
  });

  it('shows three lines around a change, and side by side what is near', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`);
    const before = lines.join('');
    const at = (line: number): number => before.indexOf(`line ${line}\n`);
    expect(
      unifiedDiff('docs/a.md', before, [
        { start: at(5), end: at(5) + 4, text: 'LINE' },
        { start: at(9), end: at(9) + 4, text: 'LINE' },
        { start: at(20), end: at(20) + 4, text: 'LINE' },
      ]),
    ).toBe(
      `--- a/docs/a.md\n+++ b/docs/a.md\n@@ -2,11 +2,11 @@\n ${lines.slice(1, 4).join(' ')}-line 5\n+LINE 5\n ${lines.slice(5, 8).join(' ')}-line 9\n+LINE 9\n ${lines.slice(9, 12).join(' ')}@@ -17,4 +17,4 @@\n ${lines.slice(16, 19).join(' ')}-line 20\n+LINE 20\n`,
    );
  });

  it('tells a last line without an end, and quotes odd names', () => {
    expect(unifiedDiff('q".md', 'teh', [{ start: 0, end: 3, text: 'the' }])).toBe(
      '--- "a/q\\".md"\n+++ "b/q\\".md"\n@@ -1 +1 @@\n-teh\n\\ No newline at end of file\n+the\n\\ No newline at end of file\n',
    );
  });
});
