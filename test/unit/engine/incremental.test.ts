/** What is read and corrected after an edit is what is read and corrected of the same text at once. */
import { setImmediate } from 'node:timers/promises';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DocumentReader } from '../../../src/engine/document/document-parts';
import { WordUses } from '../../../src/engine/document/word-uses';
import { isCode, type TextFormat } from '../../../src/protocol/formats';
import { codeParts } from '../../../src/text/code/code-parts';
import { grammarReady, readProse } from '../../../src/text/prose';

const root = path.join(import.meta.dirname, '../../..');

/** A text of the format that has several parts. */
function longText(format: TextFormat): string {
  const texts = (folder: string, ending: string): string =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
  if (format === 'markdown') return texts('docs', '.md').slice(0, 60_000);
  if (format === 'plain')
    return texts('docs', '.md')
      .replace(/[`#|*]/g, '')
      .slice(0, 40_000);
  if (format === 'python') return texts('training/nar_training/data', '.py').slice(0, 60_000);
  const code = texts('src/text', '.ts').slice(0, 60_000);
  return format === 'shell' ? code.replace(/^[ \t]*(?:\/\*\*|\*\/|\*|\/\/)/gm, '#') : code;
}

/** Edits that are made one upon the other: what is opened and never closed leaves little to compare after a while. */
const editsInARow = 10;

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const pieces = [
  'x',
  ' ',
  '\n',
  '\n\n',
  '. ',
  'teh word ',
  '/* ',
  ' */',
  '// a line\n',
  '# Heading\n',
  '```\n',
  '`',
  '<!-- nar-disable -->',
  '<!--',
  '<div>\n',
  '"""',
  '$$',
  '[label]: https://example.org\n',
  'Das ist ein Text, der nicht auf Englisch ist. ',
  '\r\n',
  '> ',
  '- item\n',
  'copyright (c) licensed under\n',
];

/** A text as somebody goes on with it: a piece comes in, some characters go, a passage moves. */
function edited(text: string, below: (most: number) => number): string {
  const at = below(text.length + 1);
  const kind = below(6);
  if (kind < 3) return text.slice(0, at) + pieces[below(pieces.length)]! + text.slice(at);
  if (kind === 3) return text.slice(0, at) + text.slice(at + 1 + below(4));
  if (kind === 4) return text.slice(0, at) + text.slice(at + below(3000));
  const from = below(text.length);
  return text.slice(0, at) + text.slice(from, from + below(3000)) + text.slice(at);
}

const turns = 80;
const formats = ['markdown', 'mdx', 'plain', 'typescript', 'python', 'shell'] as const;

describe('a document that is edited', () => {
  beforeAll(() => Promise.all(formats.map((format) => grammarReady(format))));

  it.each(formats)('is read as it is read at once: %s', async (format) => {
    const below = numbers(formats.indexOf(format) + 7);
    const reader = new DocumentReader();
    const first = longText(format);
    let text = first;
    let known = 0;
    for (let turn = 0; turn < turns; turn += 1) {
      // Beside a busy processor this takes a minute, in which the test runner asks whether anybody is there.
      await setImmediate();
      if (turn % editsInARow === 0) text = first;
      const before = new Set(reader.readProse(text, format).parts.map(({ prose }) => prose));
      text = edited(text, below);
      const read = reader.readProse(text, format);
      const whole = readProse(text, format);
      expect([turn, read.sentences]).toEqual([turn, whole.sentences]);
      expect(read.unread).toEqual(whole.unread);
      known += read.parts.filter(({ prose }) => before.has(prose)).length / Math.max(1, read.parts.length);
    }
    // Otherwise this test would prove nothing.
    expect(known / turns).toBeGreaterThan(0.5);
  });

  it.each(['typescript', 'python'] as const)('is cut as it is cut at once: %s', (format) => {
    const below = numbers(3);
    const first = longText(format);
    let text = first;
    let cut = codeParts(text, format);
    const places = ({ parts }: ReturnType<typeof codeParts>): unknown =>
      parts.map(({ start, content }) => [start, content.length]);
    for (let turn = 0; turn < 150; turn += 1) {
      text = edited(turn % editsInARow === 0 ? first : text, below);
      cut = codeParts(text, format, cut);
      expect([turn, places(cut)]).toEqual([turn, places(codeParts(text, format))]);
    }
  });

  it.each(['markdown', 'typescript'] as const)('has the own words that it has at once: %s', (format) => {
    const below = numbers(11);
    const reader = new DocumentReader();
    const first = longText(format);
    let text = first;
    let uses: WordUses | undefined;
    const words = ['text', 'Text', 'source', 'model', 'id', 'json', 'README', 'x', 'teh', 'würde', 'kind'];
    for (let turn = 0; turn < 80; turn += 1) {
      text = edited(turn % editsInARow === 0 ? first : text, below);
      const { parts } = reader.readProse(text, format);
      uses = new WordUses(text, parts, isCode(format), uses);
      const anew = new WordUses(text, parts, isCode(format));
      for (const word of words) expect([turn, word, uses.of(word)]).toEqual([turn, word, anew.of(word)]);
    }
    expect(new WordUses(first, readProse(first, format).parts, isCode(format)).of('text').prose).toBeGreaterThan(0);
  });
});
