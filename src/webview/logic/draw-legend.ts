/** What the colours and marks of a picture mean, with a sample of each: a picture travels without the panel. Pure. */
import { t } from '../l10n';
import { underlineOf } from './confidence';
import { body, dashes, margin, small, tokenHeight, type Page } from './drawn-page';
import { measureTexts } from './measures';

const swatchWidth = 22,
  blank = 8,
  betweenEntries = 24;

/** Puts an entry on the next line where this one has no room for it. */
function makeRoom(page: Page, width: number): void {
  if (page.x === margin || page.x + width <= page.options.width - margin) return;
  page.x = margin;
  page.y += tokenHeight + blank;
}

function words(page: Page, text: string): void {
  const { measureText, palette } = page.options;
  page.shapes.push({ kind: 'text', x: page.x, y: page.y + 16, text, size: small, fill: palette.quiet });
  page.x += measureText(text, small, false) + blank;
}

function scale(page: Page): void {
  const { measure, measureText, palette } = page.options;
  const { caption, low, high, swatches } = measureTexts[measure];
  const texts = [`${caption}:`, low, high];
  makeRoom(
    page,
    swatches.length * swatchWidth + texts.reduce((sum, text) => sum + measureText(text, small, false) + blank, 0),
  );
  words(page, texts[0]!);
  words(page, low);
  for (const { level, digit } of swatches) {
    const { x, y } = page,
      { background, ink, edge } = palette.levels[level]!;
    page.shapes.push({ kind: 'rect', x, y, width: swatchWidth - 2, height: tokenHeight, fill: background });
    page.shapes.push({ kind: 'text', x: x + 6, y: y + 15, text: digit, size: small, fill: ink });
    page.shapes.push({
      kind: 'line',
      x1: x + 2,
      y1: y + 21,
      x2: x + swatchWidth - 4,
      y2: y + 21,
      stroke: edge,
      ...dashes[underlineOf(level)],
    });
    page.x += swatchWidth;
  }
  page.x += blank;
  words(page, high);
}

function deleted(page: Page): void {
  const { measureText, palette } = page.options;
  const sample = t('old'),
    width = measureText(sample, body, false);
  makeRoom(page, width + blank + measureText(t('deleted'), small, false));
  const { x, y } = page;
  page.shapes.push({ kind: 'text', x, y: y + 16, text: sample, size: body, fill: palette.quiet });
  page.shapes.push({
    kind: 'line',
    x1: x - 2,
    y1: y + 12,
    x2: x + width + 2,
    y2: y + 12,
    stroke: palette.removed,
    thickness: 1.5,
  });
  page.x += width + blank;
  words(page, t('deleted'));
}

function emptySlot(page: Page): void {
  const { measureText, palette } = page.options;
  makeRoom(page, swatchWidth + blank + measureText(t('empty slot'), small, false));
  page.shapes.push({
    kind: 'rect',
    x: page.x,
    y: page.y + 2,
    width: swatchWidth,
    height: tokenHeight - 4,
    stroke: palette.quiet,
    dashed: true,
  });
  page.x += swatchWidth + blank;
  words(page, t('empty slot'));
}

/** The scale of the measure with its underlines, then the marks, from the page's place down. */
export function drawLegend(page: Page): void {
  page.x = margin;
  for (const entry of [scale, deleted, emptySlot]) {
    entry(page);
    page.x += betweenEntries;
  }
  page.y += tokenHeight;
}
