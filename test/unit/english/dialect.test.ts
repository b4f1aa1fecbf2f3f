import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inDialect, readDialects } from '../../../src/english/prior/dialect';
import type { SentenceEdit } from '../../../src/english/sentence-edit';

const spellings = readDialects(readFileSync('models/lexicon/dialects.tsv', 'utf8'));
const edit = (view: string, before: string, text: string): SentenceEdit => {
  const start = view.indexOf(before);
  return { start, end: start + before.length, text, confidence: 0.9, lexicon: false, type: 'spelling' };
};
const told = (view: string, dialect: 'american' | 'british' | 'either', options = {}): string[] =>
  inDialect(view, [], spellings, dialect, options).map(({ start, end, text }) => `${view.slice(start, end)} ${text}`);

describe('words of the other dialect', () => {
  const view = 'Colour and behaviour of the center are modelled; organize the labels.';
  it('are told to those who chose one', () => {
    expect(told(view, 'american')).toEqual(['Colour Color', 'behaviour behavior', 'modelled modeled']);
    expect(told(view, 'british')).toEqual(['center centre']);
    expect(told(view, 'either')).toEqual([]);
  });

  it.each([
    'Check the meter, the program and the analyses.',
    'Practice makes a licensed driver tire of stories.',
    'Set `color` or --color, see color.ts and my_color.',
    'Ask the Labor Department and the Center.',
  ])('but not what both write, nor names: %s', (text) => {
    const code = [...text.matchAll(/`[^`]*`/g)].map(({ 0: span, index }) => [index, index + span.length] as const);
    expect(told(text, 'british', { protected: code })).toEqual([]);
  });

  it('are left alone where the dictionary has them', () => {
    expect(told('The colour is red.', 'american', { dictionary: ['Colour'] })).toEqual([]);
  });
});

describe('edits in a dialect', () => {
  it('write its words, and none only changes the dialect', () => {
    const view = 'The behavuor of the colour.';
    const edits = [edit(view, 'behavuor', 'behavior'), edit(view, 'colour', 'color')];
    expect(inDialect(view, edits, spellings, 'either', {}).map(({ text }) => text)).toEqual(['behavior']);
    expect(inDialect(view, edits, spellings, 'british', {}).map(({ text }) => text)).toEqual(['behaviour']);
    expect(inDialect(view, edits, spellings, 'american', {}).map(({ text }) => text)).toEqual(['behavior', 'color']);
  });
});
