/** A drawing as a stand-alone SVG text: no scripts, no links, no fonts to load. Pure. */
import { fontFamily, type Drawing, type Shape } from './drawing';

/** Characters that XML 1.0 does not allow at all (§2.2). */
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export const escapeXml = (text: string): string =>
  text
    .replace(forbidden, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function elementOf(shape: Shape): string {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill = 'none', stroke, dashed } = shape;
      return `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}" rx="3" fill="${fill}"${stroke ? ` stroke="${stroke}"` : ''}${dashed ? ' stroke-dasharray="2 2"' : ''}/>`;
    }
    case 'line': {
      const { x1, y1, x2, y2, stroke, thickness, dash } = shape;
      return `<line x1="${rounded(x1)}" y1="${rounded(y1)}" x2="${rounded(x2)}" y2="${rounded(y2)}" stroke="${stroke}" stroke-width="${thickness}"${dash ? ` stroke-dasharray="${dash.join(' ')}"` : ''}/>`;
    }
    case 'text': {
      const { x, y, text, size, fill, bold } = shape;
      return `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${size}" fill="${fill}"${bold ? ' font-weight="600"' : ''} xml:space="preserve">${escapeXml(text)}</text>`;
    }
  }
}

export function svgOf({ width, height, background, shapes, description }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${rounded(width)}" height="${rounded(height)}" viewBox="0 0 ${rounded(width)} ${rounded(height)}" role="img" font-family="${escapeXml(fontFamily)}">`,
    `<title>${escapeXml(description)}</title>`,
    `<rect width="100%" height="100%" fill="${background}"/>`,
    ...shapes.map(elementOf),
    '</svg>',
    '',
  ].join('\n');
}
