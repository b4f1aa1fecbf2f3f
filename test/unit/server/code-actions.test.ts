import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodeActionKind, CodeActionTriggerKind, type CodeAction, type Diagnostic } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Correction } from '../../../src/protocol/requests';
import { paraphraseModes, specialModes } from '../../../src/protocol/tasks';
import { codeActions, fixAllKind, type Checked } from '../../../src/server/code-actions';
import { toDiagnostic } from '../../../src/server/diagnostics';
import { visible } from '../../../src/protocol/remark-shown';

const text = 'We fixed teh bug However it is back.\n';
const document = TextDocument.create('file:///a.md', 'markdown', 3, text);
const correction = (
  startIndex: number,
  endIndex: number,
  replacement: string,
  confidence: number,
  rest: Partial<Correction> = {},
): Correction => ({
  startIndex,
  endIndex,
  correction: replacement,
  confidence,
  type: 'spelling',
  explanation: 'Because.',
  lexicon: false,
  ...rest,
});
const teh = correction(9, 12, 'the', 0.97);
const comma = correction(24, 24, ',', 0.6, { type: 'punctuation' });
const diagnostics = [teh, comma].map((entry) => toDiagnostic(document, text, entry, 0.9));
const checked: Checked = { version: 3, corrections: [teh, comma], diagnostics, highConfidence: 0.9 };
const inEditor = { versionedEdits: true, resolvesEdits: false, ownInterface: true };
const elsewhere = { versionedEdits: false, resolvesEdits: true, ownInterface: false };
const whole = { start: { line: 0, character: 0 }, end: { line: 0, character: 36 } };
const nothing = { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } };
const ask = (
  diagnostics: Diagnostic[],
  only?: string[],
  range = nothing,
  version = 3,
  abilities = inEditor,
  triggerKind: CodeActionTriggerKind = CodeActionTriggerKind.Invoked,
): CodeAction[] =>
  codeActions(
    version === 3 ? document : TextDocument.create('file:///a.md', 'markdown', version, `x${text}`),
    { textDocument: { uri: 'file:///a.md' }, range, context: { diagnostics, triggerKind, ...(only ? { only } : {}) } },
    checked,
    abilities,
    true,
  );

describe('diagnostics', () => {
  it('carry what a quick fix needs, and a severity that fits', () => {
    const [first, second] = [teh, comma].map((entry) => toDiagnostic(document, text, entry, 0.9)) as [
      Diagnostic,
      Diagnostic,
    ];
    expect(first).toMatchObject({
      range: { start: { line: 0, character: 9 }, end: { line: 0, character: 12 } },
      source: 'nar-text',
      code: 'spelling',
      severity: 2,
      message: 'Because. (97 %)',
    });
    expect(first.data).toEqual({
      correction: 'the',
      confidence: 0.97,
      type: 'spelling',
      original: 'teh',
      lexicon: false,
      highConfidence: true,
    });
    // An insertion takes in the word before it, or nobody could see it.
    expect(second).toMatchObject({ range: { start: { character: 17 }, end: { character: 24 } }, severity: 3 });
    expect(second.data).toMatchObject({ original: 'However', correction: 'However,', highConfidence: false });
  });
  it('change exactly what the correction changes, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'grapheme' }),
        (source, a, b, replacement) => {
          const [start, end] = [a % (source.length + 1), b % (source.length + 1)].sort((x, y) => x - y) as [
            number,
            number,
          ];
          const entry = correction(start, end, replacement, 1);
          const shown = visible(source, entry);
          const apply = (from: number, to: number, by: string): string => source.slice(0, from) + by + source.slice(to);
          expect(apply(shown.start, shown.end, shown.correction)).toBe(apply(start, end, replacement));
        },
      ),
    );
  });
});

describe('code actions', () => {
  it('offer each fix with its confidence, the sure one as preferred', () => {
    const actions = ask(diagnostics, [CodeActionKind.QuickFix]);
    expect(actions.map((action) => [action.title, action.isPreferred])).toEqual([
      ['Change “teh” to “the” (97 %)', true],
      ['Change “However” to “However,” (60 %)', undefined],
    ]);
    const edits = actions[0]!.edit!.documentChanges![0] as unknown as {
      textDocument: { version: number };
      edits: { newText: string }[];
    };
    expect([edits.textDocument.version, edits.edits[0]!.newText]).toEqual([3, 'the']);
  });
  it('fix all takes the sure ones only', () => {
    const [action] = ask([], ['source.fixAll']);
    expect(action!.kind).toBe(fixAllKind);
    const change = action!.edit!.documentChanges![0] as unknown as { edits: { newText: string }[] };
    expect(change.edits.map((edit) => edit.newText)).toEqual(['the']);
  });
  it('offer nothing that no longer fits the text', () => {
    expect(ask(diagnostics, [CodeActionKind.QuickFix, fixAllKind], nothing, 4)).toEqual([]);
    expect(
      ask(
        [
          { ...diagnostics[0]!, source: 'other' },
          { ...diagnostics[0]!, range: whole, data: 'x' },
        ],
        [CodeActionKind.QuickFix],
      ),
    ).toEqual([]);
  });
  it('offer to paraphrase a selection, not a cursor', () => {
    expect(ask([], [CodeActionKind.Refactor], whole)[0]).toMatchObject({
      title: 'Rewrite…',
      command: { command: 'narTextTools.paraphrase', arguments: ['file:///a.md', whole] },
    });
    expect(ask([], [CodeActionKind.Refactor], nothing)).toEqual([]);
  });
  it('of a client without an interface silence a remark, behind all fixes', () => {
    const actions = ask(diagnostics, [CodeActionKind.QuickFix], nothing, 3, elsewhere);
    expect(actions.map(({ title, command }) => [title, command?.command])).toEqual([
      ['Change “teh” to “the” (97 %)', undefined],
      ['Change “However” to “However,” (60 %)', undefined],
      ['Add “teh” to your dictionary', 'narText.addToDictionary'],
      ['Add “teh” to the dictionary of this project', 'narText.addToDictionary'],
      ['Ignore this remark here', 'narText.ignoreRemark'],
      ['Ignore this sentence', 'narText.ignoreSentence'],
      ['Ignore all remarks of this kind (spelling)', 'narText.ignoreKind'],
      ['Ignore this remark here', 'narText.ignoreRemark'],
      ['Ignore this sentence', 'narText.ignoreSentence'],
      ['Ignore all remarks of this kind (punctuation)', 'narText.ignoreKind'],
    ]);
    expect(actions[0]!.edit!.changes!['file:///a.md']).toHaveLength(1);
  });
  it('fit diagnostics that a client sends back without their data, or with bytes for columns', () => {
    const bare = diagnostics.map(({ data: _, ...rest }) => rest);
    expect(ask(bare, [CodeActionKind.QuickFix])).toHaveLength(2);
    const inBytes = {
      ...diagnostics[0]!,
      range: { start: { line: 0, character: 12 }, end: { line: 0, character: 15 } },
    };
    expect(ask([inBytes], [CodeActionKind.QuickFix])[0]!.title).toBe('Change “teh” to “the” (97 %)');
    const moved = { ...bare[0]!, range: { start: { line: 0, character: 3 }, end: { line: 0, character: 5 } } };
    expect(ask([moved], [CodeActionKind.QuickFix])).toEqual([]);
  });
  it('of a client without an interface rewrite by edits, a sentence at the cursor only when asked for', () => {
    const [first, ...rest] = ask([], [CodeActionKind.Refactor], nothing, 3, elsewhere);
    expect(first).toMatchObject({ data: { uri: 'file:///a.md', mode: 'rephrase', version: 3, range: nothing } });
    expect(rest.map(({ title }) => title)).toEqual(specialModes.map((mode) => paraphraseModes[mode].title));
    const automatic = CodeActionTriggerKind.Automatic;
    expect(ask([], [CodeActionKind.Refactor], nothing, 3, elsewhere, automatic)).toEqual([]);
    expect(ask([], [CodeActionKind.Refactor], whole, 3, elsewhere, automatic)).toHaveLength(1 + specialModes.length);
    const [command] = ask([], [CodeActionKind.Refactor], whole, 3, { ...elsewhere, resolvesEdits: false });
    expect(command).toMatchObject({ command: { command: 'narText.rewrite', arguments: [{ mode: 'rephrase' }] } });
  });
});
