/**
 * Background, text and underline colours of the ten confidence levels, for VS Code's four kinds of theme.
 * Orange is unsure, blue is sure: a pair that people with any common colour blindness tell apart. Lightness changes
 * in one direction as well, so the order survives in grey. Interpolated in OKLab (Ottosson 2020),
 * where equal steps look equal.
 */
import { levels } from './confidence';

export const themeKinds = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;
export type ThemeKind = (typeof themeKinds)[number];

export interface LevelColours {
  background: string;
  /** Text on `background`: at least 4.5:1. */
  ink: string;
  /** Underline and border against the page: at least 3:1. */
  edge: string;
}

/** Lightness 0..1, chroma, hue in degrees. */
type Oklch = [lightness: number, chroma: number, hue: number];
type Triple = [number, number, number];

interface Ends {
  background: [unsure: Oklch, sure: Oklch];
  edge: [unsure: Oklch, sure: Oklch];
  ink: string;
}

const ends: Record<ThemeKind, Ends> = {
  light: {
    background: [
      [0.8, 0.135, 62],
      [0.95, 0.032, 245],
    ],
    edge: [
      [0.56, 0.14, 50],
      [0.56, 0.1, 250],
    ],
    ink: '#1b1b1b',
  },
  dark: {
    background: [
      [0.5, 0.115, 55],
      [0.33, 0.055, 250],
    ],
    edge: [
      [0.78, 0.14, 65],
      [0.66, 0.11, 250],
    ],
    ink: '#ffffff',
  },
  'high-contrast': {
    background: [
      [0.47, 0.11, 55],
      [0.27, 0.075, 255],
    ],
    edge: [
      [0.86, 0.15, 75],
      [0.76, 0.11, 245],
    ],
    ink: '#ffffff',
  },
  'high-contrast-light': {
    background: [
      [0.8, 0.135, 62],
      [0.96, 0.028, 245],
    ],
    edge: [
      [0.46, 0.12, 48],
      [0.42, 0.12, 255],
    ],
    ink: '#000000',
  },
};

function toOklab([lightness, chroma, hue]: Oklch): Triple {
  const angle = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** OKLab to linear sRGB; may lie outside 0..1. */
function toLinear([L, a, b]: Triple): Triple {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toHex(linear: Triple): string {
  return `#${linear
    .map((channel) => {
      const clipped = Math.min(1, Math.max(0, channel));
      const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
      return Math.round(encoded * 255)
        .toString(16)
        .padStart(2, '0');
    })
    .join('')}`;
}

function between([from, to]: [Oklch, Oklch], share: number): string {
  const start = toOklab(from),
    end = toOklab(to);
  return toHex(toLinear(start.map((value, axis) => value + (end[axis]! - value) * share) as Triple));
}

/** WCAG 2 relative luminance of "#rrggbb", 0..1. */
export function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const encoded = parseInt(hex.slice(at, at + 2), 16) / 255;
    return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
  }) as Triple;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2 contrast ratio, 1..21. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((left, right) => left - right) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export function colourScale(kind: ThemeKind): LevelColours[] {
  const { background, edge, ink } = ends[kind];
  return Array.from({ length: levels }, (_, level) => {
    const share = level / (levels - 1);
    return { background: between(background, share), ink, edge: between(edge, share) };
  });
}

/** VS Code marks the body of a webview with one of these classes; a high-contrast light theme carries two. */
export function themeKindOf(classNames: string): ThemeKind {
  const names = new Set(classNames.split(/\s+/));
  if (names.has('vscode-high-contrast-light')) return 'high-contrast-light';
  if (names.has('vscode-high-contrast')) return 'high-contrast';
  return names.has('vscode-light') ? 'light' : 'dark';
}
