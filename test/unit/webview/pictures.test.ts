import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../src/protocol/trace';
import { colourScale } from '../../../src/webview/logic/colour-scale';
import { drawTrace } from '../../../src/webview/logic/draw-trace';
import type { DrawOptions } from '../../../src/webview/logic/drawn-page';
import type { Shape, Text } from '../../../src/webview/logic/drawing';
import { escapeXml, svgOf } from '../../../src/webview/logic/svg';
import { slot, step, token, trace } from './tokens';

const palette = {
  background: '#ffffff',
  text: '#111111',
  quiet: '#555555',
  removed: '#aa0000',
  line: '#cccccc',
  levels: colourScale('light'),
};
const options: DrawOptions = {
  width: 600,
  palette,
  measure: 'confidence',
  measureText: (text, size) => text.length * size * 0.55,
};
const texts = (shapes: readonly Shape[]) =>
  shapes.filter((shape): shape is Text => shape.kind === 'text').map(({ text }) => text);

describe('the picture of a trace', () => {
  const drawing = drawTrace(
    trace({
      steps: [
        step([
          token('It', { state: 'given' }),
          token(' work', { state: 'deleted' }),
          slot(),
          token(' works', { state: 'changed', logProbability: Math.log(0.6) }),
        ]),
      ],
    }),
    options,
  );
  it('holds the source, every token with its marks, and the output', () => {
    const all = texts(drawing.shapes);
    for (const text of ['It work.', 'It', 'work', 'works', 'It works.']) expect(all).toContain(text);
    expect(
      drawing.shapes.some((shape) => shape.kind === 'rect' && shape.dashed),
      'an empty slot',
    ).toBe(true);
    expect(
      drawing.shapes.some((shape) => shape.kind === 'line' && shape.stroke === palette.removed),
      'a strike',
    ).toBe(true);
    expect(
      drawing.shapes.some((shape) => shape.kind === 'rect' && shape.fill === palette.levels[6]!.background),
      'a colour',
    ).toBe(true);
    expect(
      drawing.shapes.some((shape) => shape.kind === 'line' && shape.dash?.[0] === 5),
      'a dashed underline',
    ).toBe(true);
  });
  it('says what its colours and marks mean, with a sample of each', () => {
    const below = drawing.shapes.slice(
      drawing.shapes.findIndex((shape) => shape.kind === 'text' && shape.text === 'Confidence:'),
    );
    for (const { background } of palette.levels)
      expect(below.some((shape) => shape.kind === 'rect' && shape.fill === background)).toBe(true);
    expect(texts(below)).toEqual(expect.arrayContaining(['unsure', 'sure', 'old', 'deleted', 'empty slot']));
    expect(below.some((shape) => shape.kind === 'line' && shape.stroke === palette.removed)).toBe(true);
    expect(below.some((shape) => shape.kind === 'rect' && shape.dashed)).toBe(true);
  });
  const folder = path.resolve(__dirname, '../../fixtures/tiny/traces');
  it.each(readdirSync(folder))('of %s stays inside its frame, with well-formed SVG', (name) => {
    const { trace: golden } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { trace: Trace };
    for (const measure of ['entropy', 'changes', 'age'] as const) {
      const { shapes, height, width, ...rest } = drawTrace(golden, { ...options, measure });
      for (const shape of shapes) {
        const [bottom, left] =
          shape.kind === 'line'
            ? [shape.y2, shape.x1]
            : shape.kind === 'rect'
              ? [shape.y + shape.height, shape.x]
              : [shape.y, shape.x];
        expect(bottom <= height && left >= 0 && left < width).toBe(true);
      }
      const svg = svgOf({ shapes, height, width, ...rest });
      expect(svg.match(/<text/g)!.length).toBe(svg.match(/<\/text>/g)!.length);
      expect(svg).not.toMatch(/NaN|undefined|<script|href/);
    }
  });
  it('cannot be broken out of by any text', () => {
    expect(escapeXml('<a href="x">&\u0000\ud800')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;\ufffd\ufffd');
    expect(escapeXml('😀')).toBe('😀');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeXml(text);
        expect(escaped).not.toMatch(/[<>"]|&(?!amp;|lt;|gt;|quot;)/);
        expect(() => encodeURIComponent(escaped), 'no half of a surrogate pair').not.toThrow();
      }),
    );
  });
});
