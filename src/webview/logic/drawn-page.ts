/** The page that a picture of a run is laid out on, line after line, and the colours and measures that it has. Pure. */
import type { LevelColours } from './colour-scale';
import type { Measure, Underline } from './confidence';
import type { MeasureText, Shape } from './drawing';

export interface Palette {
  background: string;
  text: string;
  quiet: string;
  removed: string;
  line: string;
  levels: readonly LevelColours[];
}

export interface DrawOptions {
  width: number;
  palette: Palette;
  measure: Measure;
  measureText: MeasureText;
}

export const margin = 24,
  small = 12,
  body = 15;
export const tokenHeight = 24,
  lineHeight = 32,
  slotWidth = 30;
export const dashes: Record<Underline, { thickness: number; dash?: [number, number] }> = {
  thin: { thickness: 1 },
  solid: { thickness: 2 },
  dashed: { thickness: 2, dash: [5, 3] },
  dotted: { thickness: 3, dash: [3, 3] },
};

/** Where the next thing goes. */
export class Page {
  readonly shapes: Shape[] = [];
  x = margin;
  y = margin;
  constructor(readonly options: DrawOptions) {}

  /** Words of a running text, broken at the right margin. */
  paragraph(text: string, size: number, fill: string, bold = false): void {
    const { measureText, width } = this.options;
    let line = '';
    const write = () => {
      this.y += size * 1.45;
      this.shapes.push({
        kind: 'text',
        x: margin,
        y: this.y,
        text: line.trim(),
        size,
        fill,
        ...(bold ? { bold } : {}),
      });
      line = '';
    };
    for (const word of text.match(/(?<!\s)\s*\S+/g) ?? []) {
      if (line !== '' && measureText((line + word).trim(), size, bold) > width - 2 * margin) write();
      line += word;
    }
    if (line.trim() !== '') write();
  }

  gap(height: number): void {
    this.y += height;
  }

  rule(): void {
    this.y += 14;
    this.shapes.push({
      kind: 'line',
      x1: margin,
      y1: this.y,
      x2: this.options.width - margin,
      y2: this.y,
      stroke: this.options.palette.line,
      thickness: 1,
    });
    this.y += 8;
  }
}
