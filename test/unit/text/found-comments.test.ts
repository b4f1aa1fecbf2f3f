/** Comments after a keystroke, from the kept tree, are those of a tree that is made anew. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CodeFormat, formatOfFile, isCode } from '../../../src/protocol/formats';
import { type Found, foundByGrammar } from '../../../src/text/code/found-comments';
import { codeLanguages } from '../../../src/text/code/languages';
import { grammarReady } from '../../../src/text/prose';
import { randomOf } from './fuzzed-texts';

const folder = path.join(__dirname, '../../fixtures/formats/code');
const documents = readdirSync(folder).flatMap((name) => {
  const format = name.endsWith('.prose') ? undefined : formatOfFile(name);
  return format !== undefined && isCode(format) && 'grammar' in codeLanguages[format] ? [{ name, format }] : [];
});
/** What somebody types or takes out, in comments and in code. */
const typed = [
  'a',
  ' ',
  '\n',
  '// note\n',
  '# note\n',
  '/* a */',
  '*/',
  '/*',
  '"',
  "'",
  '(',
  '}',
  '😀',
  '\r\n',
  'x = 1\n',
];

function edited(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const gone = random() < 0.4 ? Math.floor(random() * 12) : 0;
  const came = random() < 0.8 ? typed[Math.floor(random() * typed.length)]! : '';
  return text.slice(0, at) + came + text.slice(at + gone);
}

const found = (text: string, format: CodeFormat): Found[] | undefined => {
  const description = codeLanguages[format];
  return foundByGrammar(text, format, 'hasBlockComments' in description && description.hasBlockComments === true, 0);
};

/** A word more or less at a place where a comment says something. */
function editedInside(text: string, format: CodeFormat, random: () => number): string {
  const comments = (found(text, format) ?? []).filter(({ kind }) => kind !== 'text');
  const comment = comments[Math.floor(random() * comments.length)];
  if (comment === undefined) return text;
  const at = comment.start + Math.floor(random() * (comment.end - comment.start + 3));
  const came = ['a', ' ', 'word', ' two words', '.', ''][Math.floor(random() * 6)]!;
  return text.slice(0, at) + came + text.slice(at + (random() < 0.4 ? Math.floor(random() * 6) : 0));
}

describe('comments after a keystroke', () => {
  it.each(documents)('$name, in its comments', async ({ name, format }) => {
    const other = format === 'css' ? 'go' : 'css';
    await Promise.all([grammarReady(format), grammarReady(other)]);
    const random = randomOf(name.length + 1);
    const whole = readFileSync(path.join(folder, name), 'utf8');
    let text = whole;
    for (let count = 0; count < 120; count += 1) {
      const next = editedInside(count % 12 === 0 ? whole : text, format, random);
      found('', other);
      found(text, format);
      const again = found(next, format);
      found('', other);
      expect({ next, found: again }).toEqual({ next, found: found(next, format) });
      text = next;
    }
  });

  it.each(documents)('$name', async ({ name, format }) => {
    // Reading another language lets the kept tree go.
    const other = format === 'css' ? 'go' : 'css';
    await Promise.all([grammarReady(format), grammarReady(other)]);
    const random = randomOf(name.length);
    const whole = readFileSync(path.join(folder, name), 'utf8');
    const texts = [whole];
    // Each second change is taken back: most texts are then without errors.
    for (let count = 0; count < 40; count += 1) texts.push(edited(texts.at(-1)!, random), whole);
    found('', other);
    const again = texts.map((text) => found(text, format));
    for (const [index, text] of texts.entries()) {
      found('', other);
      expect({ text, found: again[index] }).toEqual({ text, found: found(text, format) });
    }
  });
});
