/**
 * A picture as a list of shapes, so that the same layout becomes an SVG text or a painted
 * canvas. Lengths are in pixels.
 */

export interface Rect {
  kind: 'rect';
  x: number;
  y: number;
  width: number;
  height: number;
  fill?: string;
  stroke?: string;
  dashed?: boolean;
}
export interface Text {
  kind: 'text';
  x: number;
  /** Baseline. */ y: number;
  text: string;
  size: number;
  fill: string;
  bold?: boolean;
}
export interface Line {
  kind: 'line';
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  stroke: string;
  thickness: number;
  /** Lengths of dash and gap. */ dash?: [number, number];
}
export type Shape = Rect | Text | Line;

export interface Drawing {
  width: number;
  height: number;
  background: string;
  /** Painted in this order. */
  shapes: Shape[];
  /** What the picture shows, for those who do not see it. */
  description: string;
}

/** The fonts of both outputs; a reader's machine has at least the last. */
export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Ubuntu, "DejaVu Sans", sans-serif';

/** Width of a text in pixels. */
export type MeasureText = (text: string, size: number, bold: boolean) => number;
