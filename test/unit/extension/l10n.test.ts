/**
 * The German interface against the texts of the program: none missing, none stale, the same places for words and links.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainDialect, explainEdit, explainedPairs } from '../../../src/english/judge/explanations';
import { splitConfidence, templateOf } from '../../../src/extension/shell/engine-template';
import { decoderOptionNames, decoderOptions, optionProblem } from '../../../src/protocol/decoder-options';
import { decoderNames, decoderRecords } from '../../../src/protocol/decoders';
import { refusals } from '../../../src/protocol/refusals';
import { correctionTypes, paraphraseModes, specialModes, taskTitles } from '../../../src/protocol/tasks';
import { unknownWordMessage } from '../../../src/protocol/unknown-word';
import { fixTitle } from '../../../src/server/code-actions';
import { textsOfExtension, textsOfPage, textsPastTheBundle } from './interface-texts';

const root = join(__dirname, '..', '..', '..');
const read = (name: string): Record<string, string> => JSON.parse(readFileSync(join(root, name), 'utf8'));
const holes = (text: string): string[] => (text.match(/\{\d+\}|\]\(command:[\w.]+\)|`[^`]*`/g) ?? []).sort();

/** What the tables of the protocol say in panel and light bulb. */
const textsOfTables = (): string[] => [
  ...Object.values(taskTitles),
  ...specialModes.map((mode) => paraphraseModes[mode].title),
  ...decoderNames.flatMap((name) => [decoderRecords[name].title, decoderRecords[name].about]),
  ...decoderOptionNames.flatMap((name) => [decoderOptions[name].title, decoderOptions[name].about]),
  ...correctionTypes.map((type) => type.replace('-', ' ')),
  ...decoderOptionNames.map((name) => optionProblem(name, 'x')!.replace(/(?<![\w.])-?\d+(?:\.\d+)?(?!\w)/g, hole())),
];

/** Numbers their holes, one text at a time. */
function hole(): () => string {
  let next = 0;
  return () => `{${next++}}`;
}

/** Everything that the engine says of a remark, with all kinds of edits. */
function textsOfEngine(): string[] {
  const edits = [
    ['a', ''],
    ['', 'b'],
    ['the', 'a'],
    ['item', 'the item'],
    ['ab', 'a b'],
    ['a b', 'ab'],
    ['  ', ' '],
    [' ', '  '],
    ['real time', 'real-time'],
  ] as const;
  const said = correctionTypes.flatMap((type) => edits.map(([before, after]) => explainEdit(type, before, after)));
  const rules = [
    ['article', 'a', 'an', ''],
    ['article', 'an', 'a', ''],
    ['agreement', 'this', 'these', ''],
    ['agreement', 'these', 'this', ''],
    ['agreement', 'is', 'are', ''],
    ['agreement', 'are', 'is', ''],
    ['agreement', 'files', 'file', ''],
    ['agreement', 'file', 'files', ''],
    ['agreement', 'contain', 'contains', 'The file '],
    ['agreement', 'contains', 'contain', 'The files '],
    ['verb-form', 'store', 'stored', 'It is '],
    ['verb-form', 'decide', 'decided', 'We have '],
    ['verb-form', 'adds', 'add', 'You can '],
    ['verb-form', 'use', 'using', 'when '],
  ] as const;
  const explained = [
    ...rules.map(([type, before, after, left]) => explainEdit(type, before, after, left)),
    ...explainedPairs.map((pair) => explainEdit('confusable', ...(pair.split(' ') as [string, string]))),
  ];
  const dialects = [explainDialect('american', 'x'), explainDialect('british', 'x')];
  const titles = [fixTitle('a', 'b', 1), fixTitle('a', '', 1), fixTitle('', 'b', 1)].map(
    (text) => splitConfidence(text)[0],
  );
  return [
    ...new Set(
      [...said, ...explained, ...dialects, ...titles, unknownWordMessage('a')].map((text) => templateOf(text).template),
    ),
  ];
}

describe('German', () => {
  it('has every text of the extension, of the engine and of the visualizer', () => {
    const bundle = read('l10n/bundle.l10n.de.json');
    const needed = [
      ...textsOfExtension(),
      ...textsOfEngine(),
      ...textsOfPage(),
      ...textsOfTables(),
      ...Object.values(refusals),
      'Fix all high-confidence problems',
    ];
    expect(needed.filter((text) => !(text in bundle))).toEqual([]);
    expect(Object.keys(bundle).filter((text) => !needed.includes(text))).toEqual([]);
    for (const [text, german] of Object.entries(bundle)) expect(holes(german), text).toEqual(holes(text));
  }, 60_000);

  it('has every text of package.json, with its links and code', () => {
    const [english, german] = [read('package.nls.json'), read('package.nls.de.json')];
    expect(Object.keys(german)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(english)) expect(holes(german[key]!), key).toEqual(holes(text));
  });
});

describe('the page of the visualizer', () => {
  it('says nothing past the bundle', () => {
    expect(textsPastTheBundle()).toEqual([]);
  });
});

describe('a sentence of the engine', () => {
  it('is a template of what stays and what changes', () => {
    expect(templateOf('Change “teh” to “the”')).toEqual({ template: 'Change “{0}” to “{1}”', args: ['teh', 'the'] });
    expect(splitConfidence('Spelling: did you mean “the”? (97 %)')).toEqual([
      'Spelling: did you mean “the”?',
      ' (97 %)',
    ]);
    expect(splitConfidence('A word is repeated.')).toEqual(['A word is repeated.', '']);
  });
});
