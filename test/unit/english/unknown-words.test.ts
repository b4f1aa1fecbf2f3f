import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CodeActionTriggerKind } from 'vscode-languageserver/node';
import { Engine } from '../../../src/engine/engine';
import { Lexicon } from '../../../src/english/prior/lexicon';
import { unknownWords } from '../../../src/english/prior/unknown-words';
import { defaultSettings } from '../../../src/protocol/settings';
import { codeActions } from '../../../src/server/code-actions';
import { unknownDiagnostic } from '../../../src/server/diagnostics';

const folder = path.join(__dirname, '../../../models/lexicon');
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const lexicon = Lexicon.fromText({
  misspellings: read('misspellings.tsv'),
  phrases: read('phrases.tsv'),
  words: read('words.tsv'),
  names: read('names.tsv'),
  known: read('known-words.txt'),
});
const wordsIn = (text: string, dictionary: string[] = []): string[] =>
  unknownWords(text, lexicon, { dictionary }).map(({ start, end }) => text.slice(start, end));

describe('words that nothing knows', () => {
  it('are found, with what looks like them', () => {
    expect(wordsIn('The flurbiness of a zorblat is in the paragraf.')).toEqual(['flurbiness', 'zorblat', 'paragraf']);
    expect(unknownWords('A rudimentarily written page.', lexicon)[0]!.suggestions).toContain('rudimentary');
  });

  it.each([
    'The webhooks are unpluggable, reconfigurable and preprocessed.',
    'A Zorblat, a zorblat-like thing, zorblat.js and zorblat_two are names.',
    'Both hmm and brrr have no vowel.',
    'It quickly restarts the autoformatter, and the resizer is deduplicated.',
  ])('are none of these: %s', (text) => {
    expect(wordsIn(text)).toEqual([]);
  });

  it('are none that the dictionary has', () => {
    expect(wordsIn('A zorblat.', ['Zorblat'])).toEqual([]);
  });
});

describe('unknown words of a document', () => {
  const engine = new Engine({ modelsFolder: path.join(folder, '..'), settings: defaultSettings });
  afterAll(() => engine.dispose());
  const text = 'A *zorblat* is not `zorblat2`. You can recieve the flurbiness of it.\n';
  const unknownOf = async (rest: object, of = text): Promise<string[] | undefined> =>
    (await engine.correct({ text: of, format: 'markdown', ...rest })).unknownWords?.map(({ startIndex, endIndex }) =>
      of.slice(startIndex, endIndex),
    );

  it('are told at the level that tells everything, beside the corrections', async () => {
    expect(await unknownOf({ level: 'thorough' })).toEqual(['flurbiness']);
    expect(await unknownOf({})).toBeUndefined();
    expect(await unknownOf({ level: 'thorough', ignoredTypes: ['spelling'] })).toBeUndefined();
    const { output } = await engine.correct({ text, format: 'markdown', level: 'thorough' });
    expect(output).toBe(text.replace('recieve', 'receive'));
  });

  it('are none that the document uses as its own', async () => {
    const often = 'A zorblat runs. This zorblat stops. One zorblat waits. No zorblat is lost.\n';
    expect(await unknownOf({ level: 'thorough' }, often)).toBeUndefined();
    expect(await unknownOf({ level: 'thorough' }, 'A zorblat runs.\n')).toEqual(['zorblat']);
  });
});

describe('unknown words in an editor', () => {
  const document = TextDocument.create('file:///a.md', 'markdown', 1, 'A rudimentarily written page.\n');
  const diagnostic = unknownDiagnostic(document, { startIndex: 2, endIndex: 15, suggestions: ['rudimentary'] });
  const titles = (ownInterface: boolean, sent = diagnostic): string[] =>
    codeActions(
      document,
      {
        textDocument: { uri: document.uri },
        range: diagnostic.range,
        context: { diagnostics: [sent], triggerKind: CodeActionTriggerKind.Invoked, only: ['quickfix'] },
      },
      { version: 1, corrections: [], diagnostics: [diagnostic], highConfidence: 0.9 },
      { versionedEdits: true, resolvesEdits: false, ownInterface },
    ).map(({ title }) => title);

  it('have their suggestions and the dictionary as fixes', () => {
    expect(diagnostic.message).toBe('No list knows the word “rudimentarily”.');
    expect(titles(false)).toEqual([
      'Change “rudimentarily” to “rudimentary”',
      'Add “rudimentarily” to your dictionary',
    ]);
    expect(titles(true)).toEqual(['Change “rudimentarily” to “rudimentary”']);
  });

  it('are found again when a client loses their data', () => {
    const bare = { ...diagnostic };
    delete bare.data;
    expect(titles(true, bare)).toEqual(['Change “rudimentarily” to “rudimentary”']);
  });
});
