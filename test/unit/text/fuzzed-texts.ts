/**
 * Texts put together at random from what documents are made of, with mistakes, pictures and broken
 * markup; the same for the same seed.
 */
import { textFormats, type TextFormat } from '../../../src/protocol/formats';
import type { Prose } from '../../../src/text/prose';

/** A notebook holds text inside of JSON: pieces put together are none, and it is refused as a whole. */
const formatsOfText = textFormats.filter((format) => format !== 'jupyter');

export interface FuzzedText {
  format: TextFormat;
  text: string;
}

/** A generator of numbers from 0 to 1 (mulberry32): small, and good enough to choose words. */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words =
  'the a an of to in is are was server user file files message messages reads writes keep have has been can will that this it its they there which where button value list page two many recieve teh seperate wich adress occured definately thier enviroment untill begining an an is is of of , . ; : — “ ” don’t Teh JavaScript github API e.g. i.e. v1.2.3 3.5 1,000 café naïve 日本語 שלום 👩‍💻 e\u0301'.split(
    ' ',
  );
const inline = [
  '`teh code`',
  '[the wich link](http://x.org/teh "Teh title")',
  '![A pictrue of teh page](a.png)',
  '![](b.png)',
  '[![Build statsu](badge.svg)](https://ci.example/teh)',
  '![The the button][ref]',
  '**teh bold**',
  '_an emphasis_',
  '~~gone~~',
  '<b>teh</b>',
  '<br/>',
  '$x_teh$',
  '{{ teh }}',
  '[^1]',
  'http://example.com/recieve',
  'me@example.com',
  'snake_case_teh',
  '&amp;',
  '\\*',
  '{props.teh}',
  '<Card title="teh">',
  '</Card>',
  ':ref:`teh`',
  '\\cite{teh}',
  'link:teh[The wich page]',
];
const broken = [
  '![',
  '](',
  '**',
  '`',
  '``',
  '<!--',
  '$$',
  '{',
  '}',
  '<',
  '[[',
  '\\begin{a}',
  '\ud83d',
  '\u0000',
  '"',
  "'",
  '|',
];
const lineStarts = [
  '',
  '',
  '',
  '',
  '# ',
  '## ',
  '- ',
  '* ',
  '1. ',
  '> ',
  '    ',
  '\t',
  '| ',
  '+ ',
  ':: ',
  '.. note:: ',
  '== ',
  '// ',
];
const blocks = [
  '```js\nconst teh = recieve();\n```',
  '---\ntitle: teh\n---',
  '| a | teh |\n|---|---|\n| wich | `b` |',
  '[ref]: http://x.org/teh "Teh title"',
  '[^1]: A note of teh page.',
  '<div>\nteh\n</div>',
  'import Teh from "./teh";',
  'export const teh = {\n  recieve: 1,\n};',
  '<!-- teh comment -->',
  ':::note\nAn note of teh page.\n:::',
  '$$\nteh\n$$',
  '# teh comment of a commit',
  'Signed-off-by: Teh Author <teh@example.com>',
  '.. code-block:: sh\n\n   teh',
  '\\begin{verbatim}\nteh\n\\end{verbatim}',
  '----\nteh\n----',
];
const ends = ['\n', '\n\n', '\n\n', '\r\n\r\n', '\r\n', '\n\n\n', '\r'];

export function fuzzedText(seed: number): FuzzedText {
  const random = randomOf(seed);
  const one = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const line = (): string => {
    const parts: string[] = [];
    for (let left = 1 + Math.floor(random() * 14); left > 0; left -= 1) {
      const kind = random();
      parts.push(kind < 0.8 ? one(words) : kind < 0.95 ? one(inline) : one(broken));
    }
    return parts.join(random() < 0.9 ? ' ' : '');
  };
  let text = random() < 0.05 ? '\ufeff' : '';
  for (let left = 1 + Math.floor(random() * 8); left > 0; left -= 1)
    text += (random() < 0.85 ? one(lineStarts) + line() : one(blocks)) + one(ends);
  return { format: formatsOfText[seed % formatsOfText.length]!, text };
}

/** Source ranges of prose, in order. */
export function editableRanges({ sentences }: Prose): [start: number, end: number][] {
  return sentences
    .flatMap(({ pieces }) => pieces)
    .filter((piece) => !piece.protected)
    .map(({ sourceStart, length }): [number, number] => [sourceStart, sourceStart + length])
    .sort((left, right) => left[0] - right[0]);
}

/**
 * What is wrong with the corrections of a text, one line each: out of order, not what the output says,
 * or in text that is no prose.
 * @param editable source ranges that corrections may change
 */
export function faultsOf(
  text: string,
  {
    corrections,
    output,
  }: { corrections: { startIndex: number; endIndex: number; correction: string }[]; output: string },
  editable: readonly (readonly [start: number, end: number])[],
): string[] {
  const faults: string[] = [];
  let rebuilt = '';
  let at = 0;
  for (const { startIndex, endIndex, correction } of corrections) {
    if (startIndex < at || endIndex < startIndex || endIndex > text.length)
      faults.push(`${startIndex}..${endIndex} is out of order`);
    if (!isEditable(startIndex, endIndex, editable))
      faults.push(`${JSON.stringify(text.slice(startIndex, endIndex))} at ${startIndex} is no prose`);
    rebuilt += text.slice(at, startIndex) + correction;
    at = endIndex;
  }
  rebuilt += text.slice(at);
  if (rebuilt !== output) faults.push('the output differs outside of the corrections');
  return faults;
}

function isEditable(start: number, end: number, ranges: readonly (readonly [number, number])[]): boolean {
  let at = start;
  for (const [from, to] of ranges) {
    if (from > at) break;
    if (to >= at) at = Math.max(at, to);
    if (at >= end) return ranges.some(([first, last]) => first <= start && start <= last);
  }
  return false;
}
