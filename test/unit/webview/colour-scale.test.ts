import { describe, expect, it } from 'vitest';
import { colourScale, contrast, luminance, themeKindOf, themeKinds } from '../../../src/webview/logic/colour-scale';
import { levelOf, levels, sureness, underlineOf } from '../../../src/webview/logic/confidence';
import { slot, token } from './tokens';

const pages = { light: '#ffffff', dark: '#1f1f1f', 'high-contrast': '#000000', 'high-contrast-light': '#ffffff' };

describe('contrast', () => {
  it("is WCAG 2's ratio", () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe.each(themeKinds)('the colour scale of %s', (kind) => {
  const scale = colourScale(kind);
  it('has readable text (4.5:1) on every level and visible underlines (3:1) on level and page', () => {
    expect(scale).toHaveLength(levels);
    for (const { background, ink, edge } of scale) {
      expect(contrast(ink, background)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(edge, pages[kind])).toBeGreaterThanOrEqual(3);
    }
  });
  it('changes lightness in one direction, so that the order survives without colour', () => {
    const lights = scale.map(({ background }) => luminance(background));
    const direction = Math.sign(lights[levels - 1]! - lights[0]!);
    for (let level = 1; level < levels; level++) expect(Math.sign(lights[level]! - lights[level - 1]!)).toBe(direction);
  });
  it('keeps blue and orange ends apart for people who do not see red or green', () => {
    // Deuteranopia and protanopia leave the blue-yellow axis: the ends must differ in it.
    const blueYellow = (hex: string) =>
      parseInt(hex.slice(5, 7), 16) - (parseInt(hex.slice(1, 3), 16) + parseInt(hex.slice(3, 5), 16)) / 2;
    expect(blueYellow(scale[levels - 1]!.background) - blueYellow(scale[0]!.background)).toBeGreaterThan(60);
  });
});

describe('levels', () => {
  it('runs from 0 to 9', () => {
    expect([0, 0.099, 0.1, 0.5, 0.899, 0.9, 1].map(levelOf)).toEqual([0, 0, 1, 5, 8, 9, 9]);
  });
  it('has a cue that is not colour for each band of doubt', () => {
    expect([0, 4, 5, 6, 7, 8, 9].map(underlineOf)).toEqual([
      'dotted',
      'dotted',
      'dashed',
      'dashed',
      'solid',
      'solid',
      'thin',
    ]);
  });
  it('tells nothing for tokens that were not predicted', () => {
    expect(sureness(token('a'), 'confidence')).toBeUndefined();
    expect(sureness(slot(), 'entropy')).toBeUndefined();
    const predicted = token('a', { logProbability: Math.log(0.5), entropy: Math.log(4) });
    expect(sureness(predicted, 'confidence')).toBeCloseTo(0.5);
    expect(sureness(predicted, 'entropy')).toBeCloseTo(0.25);
  });
  it("knows the theme from the body's classes", () => {
    expect(themeKindOf('vscode-light')).toBe('light');
    expect(themeKindOf('x vscode-dark')).toBe('dark');
    expect(themeKindOf('vscode-high-contrast')).toBe('high-contrast');
    expect(themeKindOf('vscode-high-contrast vscode-high-contrast-light')).toBe('high-contrast-light');
  });
});
