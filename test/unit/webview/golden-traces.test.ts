/** The panel's view of what the decoders really write: every golden trace of the training package. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { alignColumns, groupDraft, sharedTokens } from '../../../src/webview/logic/alignment';
import { isPredicted, sureness } from '../../../src/webview/logic/confidence';
import { stepDifference } from '../../../src/webview/logic/difference';
import { checkTrace } from '../../../src/webview/logic/validate-trace';
import type { Trace } from '../../../src/protocol/trace';

const folder = path.resolve(__dirname, '../../fixtures/tiny/traces');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(names)('%s', (name) => {
  const { trace } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { trace: Trace };
  const { source, steps } = trace;

  it('can be opened', () => {
    expect(checkTrace(trace)).toEqual({ trace });
  });

  const edits = trace.system === 'levenshtein' || trace.system === 'edit-tags';
  if (edits)
    it('stays aligned with the source in every step', () => {
      for (const { tokens } of steps) {
        // Later rounds of a tiny random model may have rewritten nearly everything: then nothing is left to align.
        const linked = tokens.filter(({ sourceIndex }) => sourceIndex !== undefined).length;
        if (tokens.length === 0 || linked * 3 < tokens.length || linked === 0) continue;
        const columns = alignColumns(source.length, tokens);
        expect(columns?.flatMap(({ positions }) => positions).sort((left, right) => left - right)).toEqual(
          tokens.map((_, position) => position),
        );
      }
    });

  it('has a difference, words and a place on the colour scale for every step', () => {
    steps.forEach((step, index) => {
      const { changes, changed } = stepDifference(steps, index);
      expect(changes).toHaveLength(step.tokens.length);
      expect(changed).toBeGreaterThanOrEqual(0);
      expect(groupDraft(step.tokens).flat()).toEqual(step.tokens.map((_, position) => position));
      expect(sharedTokens(source, step.tokens)).toHaveLength(step.tokens.length);
      for (const token of step.tokens) {
        const sure = sureness(token, 'confidence');
        expect(sure !== undefined).toBe(isPredicted(token) || token.modes !== undefined);
        if (sure !== undefined) expect(sure >= 0 && sure <= 1).toBe(true);
      }
    });
  });

  it('counts every token that a prediction put in the place of another', () => {
    for (let index = 1; index < steps.length; index++) {
      const now = steps[index]!.tokens,
        before = steps[index - 1]!.tokens;
      if (steps[index]!.action !== 'predict' || steps[index - 1]!.action !== 'predict' || now.length !== before.length)
        continue;
      expect(stepDifference(steps, index).changed).toBe(now.filter((token, at) => token.id !== before[at]!.id).length);
    }
  });
});
