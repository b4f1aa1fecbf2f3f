/** All that the page works out of a trace, without drawing it: what none of it refuses can be shown. */
import type { Trace } from '../../../src/protocol/trace';
import { alignColumns, groupDraft, groupWords, sharedTokens } from '../../../src/webview/logic/alignment';
import { attentionOf, drawnStreams } from '../../../src/webview/logic/attention';
import { branchRequest } from '../../../src/webview/logic/branch';
import { colourScale } from '../../../src/webview/logic/colour-scale';
import { curveOf } from '../../../src/webview/logic/curve';
import { stepDifference } from '../../../src/webview/logic/difference';
import { draftText } from '../../../src/webview/logic/draft-text';
import { drawTrace } from '../../../src/webview/logic/draw-trace';
import { latestDurations, totalOf } from '../../../src/webview/logic/durations';
import { figuresOf } from '../../../src/webview/logic/figures';
import {
  decimal,
  describeStep,
  describeToken,
  milliseconds,
  percent,
  sentenceOf,
} from '../../../src/webview/logic/format';
import { historyAt, oldestOf } from '../../../src/webview/logic/history';
import { latticeOf } from '../../../src/webview/logic/lattice';
import { markOf } from '../../../src/webview/logic/measures';
import { stretchesOf, textWith } from '../../../src/webview/logic/offered-fixes';
import { fieldsOf } from '../../../src/webview/logic/options';
import { reduce, requestToRun } from '../../../src/webview/logic/reduce';
import { restore, save } from '../../../src/webview/logic/saved-state';
import { roundAt, tellRow } from '../../../src/webview/logic/round';
import { missingSideRuns, stepBeside } from '../../../src/webview/logic/side-runs';
import { initialState } from '../../../src/webview/logic/state';
import { svgOf } from '../../../src/webview/logic/svg';
import { checkTrace } from '../../../src/webview/logic/validate-trace';

const palette = {
  background: '#ffffff',
  text: '#111111',
  quiet: '#555555',
  removed: '#aa0000',
  line: '#cccccc',
  levels: colourScale('light'),
};

export function workOutAll(trace: Trace): void {
  const { source, steps, sourceText } = trace;
  const state = {
    ...reduce(initialState, { type: 'imported', name: 'a.json', json: JSON.stringify(trace) }),
    curve: true,
    comparison: { decoder: 'janus', passes: 'end' } as const,
  };
  if (state.notice) throw new Error(state.notice.message);
  requestToRun(state);
  missingSideRuns(state);
  curveOf({ ...state, sides: {} });
  fieldsOf(state.request.decoder, state.request.options, state.typed);
  restore(JSON.parse(JSON.stringify(save(state))), checkTrace);
  if (state.locked.includes(0)) Math.max(...state.locked);
  steps.forEach((step, index) => {
    const { tokens } = step;
    const links = sharedTokens(source, tokens),
      columns = alignColumns(source.length, tokens),
      { changed, changes } = stepDifference(steps, index);
    groupDraft(tokens);
    if (columns) groupWords(columns, source, tokens);
    draftText(sourceText, source, tokens);
    const history = historyAt(steps, index),
      oldest = oldestOf(history);
    tokens.forEach((token, position) => {
      for (const measure of ['confidence', 'entropy', 'changes', 'age'] as const)
        markOf(token, measure, history[position], oldest);
      describeToken(token, changes[position]!.kind, undefined, undefined);
      for (const value of Object.values(token.modes ?? {})) percent(Math.exp(value));
      for (const value of token.operation ?? []) percent(value);
    });
    describeStep(step, index, steps.length, changed);
    sentenceOf(step);
    if (step.accepted) decimal(step.accepted.mean, 1);
    for (const { score } of step.beam ?? []) decimal(score);
    for (const { start, end, texts } of step.columns ?? [])
      texts.concat(source.slice(start, end).map(({ text }) => text)).map((text) => text.trim());
    for (const link of latticeOf(step)?.positions.flatMap(({ links: all = [] }) => all) ?? [])
      percent(link.probability);
    const round = roundAt(steps, index);
    if (round) for (const row of ['delete', 'place', 'fill'] as const) tellRow(round, row);
    const attention = attentionOf(steps, index, trace.options);
    if (attention) for (const row of drawnStreams(attention)) attention.sees[row]!.includes(true);
    stepBeside(steps, index, steps);
    branchRequest({ ...state, stepIndex: index }, tokens, links);
  });
  for (const durations of latestDurations(steps)) totalOf(durations);
  milliseconds(figuresOf(trace).milliseconds);
  if (trace.edits) textWith(stretchesOf(sourceText, trace.edits, undefined));
  svgOf(
    drawTrace(trace, { width: 600, palette, measure: 'age', measureText: (text, size) => text.length * size * 0.55 }),
  );
}
