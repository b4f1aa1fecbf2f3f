/** A drawing on a canvas, and what a canvas knows about widths of texts. */
import { fontFamily, type Drawing, type MeasureText } from './logic/drawing';
import { t } from './l10n';

/** Larger sides than this are refused or blank in some browser. */
const longestSide = 16_000;
const mostPixels = 120_000_000;

const fontOf = (size: number, bold: boolean): string => `${bold ? '600 ' : ''}${size}px ${fontFamily}`;

let ruler: CanvasRenderingContext2D | null = null;
export const measureText: MeasureText = (text, size, bold) => {
  ruler ??= document.createElement('canvas').getContext('2d')!;
  ruler.font = fontOf(size, bold);
  return ruler.measureText(text).width;
};

/** @throws RangeError when the drawing is larger than a canvas can be */
export function paint({ width, height, background, shapes }: Drawing): HTMLCanvasElement {
  // Twice the pixels where that fits, so that text stays sharp.
  const scale = [2, 1].find(
    (factor) => height * factor <= longestSide && width * height * factor * factor <= mostPixels,
  );
  if (scale === undefined)
    throw new RangeError(
      t('The picture of this run would be {0} pixels high, too much for PNG: export it as SVG.', height),
    );
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  for (const shape of shapes) {
    context.setLineDash([]);
    if (shape.kind === 'rect') {
      context.beginPath();
      context.roundRect(shape.x, shape.y, shape.width, shape.height, 3);
      if (shape.fill) {
        context.fillStyle = shape.fill;
        context.fill();
      }
      if (shape.stroke) {
        context.strokeStyle = shape.stroke;
        context.lineWidth = 1;
        context.setLineDash(shape.dashed ? [2, 2] : []);
        context.stroke();
      }
    } else if (shape.kind === 'line') {
      context.strokeStyle = shape.stroke;
      context.lineWidth = shape.thickness;
      context.setLineDash(shape.dash ?? []);
      context.beginPath();
      context.moveTo(shape.x1, shape.y1);
      context.lineTo(shape.x2, shape.y2);
      context.stroke();
    } else {
      context.font = fontOf(shape.size, shape.bold ?? false);
      context.fillStyle = shape.fill;
      context.fillText(shape.text, shape.x, shape.y);
    }
  }
  return canvas;
}

/** PNG as base64. */
export async function pngOf(drawing: Drawing): Promise<string> {
  const blob = await new Promise<Blob | null>((resolve) => paint(drawing).toBlob(resolve, 'image/png'));
  if (!blob) throw new RangeError(t('The picture is too large for PNG: export it as SVG.'));
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}
