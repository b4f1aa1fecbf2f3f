/**
 * A whole trace as one picture: the source, every step with its tokens, the output. The marks
 * are those of the panel. Pure.
 */
import { decoderRecords } from '../../protocol/decoders';
import { taskTitles } from '../../protocol/tasks';
import type { Step, Trace, TraceToken } from '../../protocol/trace';
import { groupDraft } from './alignment';
import { underlineOf } from './confidence';
import { stepDifference } from './difference';
import { drawLegend } from './draw-legend';
import { body, dashes, lineHeight, margin, Page, slotWidth, small, tokenHeight, type DrawOptions } from './drawn-page';
import type { Drawing } from './drawing';
import { actionNames, count, milliseconds, percent, shown, stopNames } from './format';
import { historyAt, oldestOf } from './history';
import { markOf } from './measures';
import { t } from '../l10n';

function widthOf(token: TraceToken, { measureText }: DrawOptions): number {
  return token.state === 'masked' ? slotWidth : measureText(shown(token.text), body, false) + 8;
}

function drawToken(page: Page, token: TraceToken, mark: ReturnType<typeof markOf>): void {
  const { palette } = page.options;
  const width = widthOf(token, page.options),
    { x, y } = page;
  if (token.state === 'masked')
    page.shapes.push({
      kind: 'rect',
      x: x + 1,
      y: y + 2,
      width: width - 4,
      height: tokenHeight - 4,
      stroke: palette.quiet,
      dashed: true,
    });
  else {
    const colours = mark && palette.levels[mark.level];
    if (colours)
      page.shapes.push({ kind: 'rect', x, y, width: width - 1, height: tokenHeight, fill: colours.background });
    const fill = colours?.ink ?? (token.state === 'deleted' ? palette.quiet : palette.text);
    page.shapes.push({ kind: 'text', x: x + 4, y: y + 16, text: shown(token.text), size: body, fill });
    if (token.state === 'deleted')
      page.shapes.push({
        kind: 'line',
        x1: x + 2,
        y1: y + 12,
        x2: x + width - 4,
        y2: y + 12,
        stroke: palette.removed,
        thickness: 1.5,
      });
    if (mark && colours)
      page.shapes.push({
        kind: 'line',
        x1: x + 4,
        y1: y + 21,
        x2: x + width - 5,
        y2: y + 21,
        stroke: colours.edge,
        ...dashes[underlineOf(mark.level)],
      });
  }
  page.x += width;
}

function drawStep(page: Page, trace: Trace, index: number): void {
  const { options } = page;
  const step: Step = trace.steps[index]!;
  const { changed } = stepDifference(trace.steps, index);
  const facts = [
    count(changed, 'token changed', 'tokens changed'),
    ...(step.score < 0 ? [t('mean confidence {0}', percent(Math.exp(step.score)))] : []),
    count(step.passes, 'pass', 'passes'),
    milliseconds(step.milliseconds),
  ];
  page.paragraph(`${index + 1}  ${actionNames[step.action]}  ·  ${facts.join('  ·  ')}`, small, options.palette.quiet);
  page.gap(6);
  const byHistory = options.measure === 'changes' || options.measure === 'age';
  const history = byHistory ? historyAt(trace.steps, index) : [];
  const oldest = oldestOf(history);
  page.x = margin;
  for (const word of groupDraft(step.tokens)) {
    const width = word.reduce((sum, position) => sum + widthOf(step.tokens[position]!, options), 0);
    if (page.x > margin && page.x + width > options.width - margin) {
      page.x = margin;
      page.y += lineHeight;
    }
    for (const position of word) {
      // A word longer than a line is broken between its tokens.
      if (page.x > margin && page.x + widthOf(step.tokens[position]!, options) > options.width - margin) {
        page.x = margin;
        page.y += lineHeight;
      }
      drawToken(
        page,
        step.tokens[position]!,
        markOf(step.tokens[position]!, options.measure, history[position], oldest),
      );
    }
    page.x += 3;
  }
  page.y += step.tokens.length > 0 ? lineHeight + 2 : 0;
}

export function drawTrace(trace: Trace, options: DrawOptions): Drawing {
  const { palette } = options;
  const page = new Page(options);
  const title = `${t(taskTitles[trace.task])}, ${t(decoderRecords[trace.system].title)}`;
  page.paragraph(title, 18, palette.text, true);
  const facts = [
    count(trace.passes, 'forward pass', 'forward passes'),
    milliseconds(trace.milliseconds),
    `${trace.model.name} ${trace.model.version}`,
    `${trace.model.device}, ${trace.model.dtype}`,
    stopNames[trace.stop],
  ];
  page.paragraph(facts.join('  ·  '), small, palette.quiet);
  page.gap(8);
  page.paragraph(trace.sourceText, body, palette.text);
  page.rule();
  trace.steps.forEach((_, index) => drawStep(page, trace, index));
  page.rule();
  page.paragraph(t('Output'), small, palette.quiet);
  page.paragraph(trace.output, body, palette.text, true);
  page.gap(10);
  drawLegend(page);
  page.gap(margin);
  return {
    width: options.width,
    height: Math.ceil(page.y),
    background: palette.background,
    shapes: page.shapes,
    description: `${title}: ${trace.sourceText} → ${trace.output}`,
  };
}
