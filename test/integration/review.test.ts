import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Correction } from '../../src/protocol/requests';
import {
  activated,
  closeAll,
  command,
  openFile,
  openTabs,
  openUntitled,
  previewTab,
  rangeOf,
  select,
  until,
  withSettings,
} from './support';

const wrong = '# Guide\n\nThis is teh start of `teh` page.\n\nYou can recieve messages. It recieves them.\n';
const right = wrong.replace('is teh', 'is the').replace('recieve ', 'receive ').replace('recieves', 'receives');

/** The new words that the review shows beside the old ones, each with the text before it on its line. */
async function insertedWords(document: vscode.TextDocument): Promise<string[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints =
    (await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      whole,
    )) ?? [];
  return hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
}

async function bar(document: vscode.TextDocument): Promise<string[]> {
  const lenses =
    (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri)) ?? [];
  return lenses.map((lens) => lens.command?.title ?? '');
}

const cursorAfter = (editor: vscode.TextEditor, words: string): boolean =>
  editor.selection.isEmpty &&
  editor.document.getText().slice(0, editor.document.offsetAt(editor.selection.active)).endsWith(words);

async function reviewed(text = wrong, words = ['the', 'receive', 'receives']): Promise<vscode.TextEditor> {
  const editor = await openFile(text);
  await command('correctDocument');
  await until(
    async () => (await insertedWords(editor.document)).join() === words.join(),
    `the review of: ${text.slice(0, 100)}`,
  );
  return editor;
}

/** A remark on “teh”. */
const misspelt = (startIndex: number): Correction => ({
  startIndex,
  endIndex: startIndex + 3,
  correction: 'the',
  type: 'spelling',
  confidence: 0.9,
  explanation: 'Did you mean “the”?',
  lexicon: true,
});

/**
 * The most processor time, in milliseconds, that the host spent at one go; counted until it is asked. Of the whole
 * process where Node tells no thread's own, which is an upper bound.
 */
function watchHost(): () => number {
  const spent = (): number => {
    const { user, system } =
      (process as { threadCpuUsage?: typeof process.cpuUsage }).threadCpuUsage?.() ?? process.cpuUsage();
    return (user + system) / 1000;
  };
  let [most, before] = [0, spent()];
  const beat = setInterval(() => {
    const now = spent();
    [most, before] = [Math.max(most, now - before), now];
  }, 5);
  return () => {
    clearInterval(beat);
    return most;
  };
}

describe('Review in place', () => {
  before(activated);
  afterEach(async () => {
    await command('reviewEnd');
    await closeAll();
  });

  it('shows all remarks without changing the text, and says about the first one what it is', async () => {
    const editor = await reviewed();
    assert.equal(editor.document.getText(), wrong);
    await until(() => cursorAfter(editor, 'is teh'), 'the cursor at the first remark');
    const [take, refuse, about, ...others] = await bar(editor.document);
    assert.deepEqual([take, refuse], ['Take', 'Refuse']);
    assert.match(about!, /^Spelling \d+ %: .+/);
    assert.ok(others.includes('1 of 3'), others.join(' | '));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.selection.active,
    );
    const shown = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]).map(({ value }) => value);
    assert.ok(
      shown.some((value) => value.includes('[Take](command:narTextTools.reviewTake?')),
      shown.join(' | '),
    );
  });

  it('takes one by one, each an undo step of its own, and comes back to what was undone', async () => {
    const editor = await reviewed();
    const { document } = editor;
    await command('reviewTake');
    await until(() => document.getText() === wrong.replace('is teh', 'is the'), 'the first correction');
    await until(() => cursorAfter(editor, 'can recieve'), 'the cursor at the second remark');
    await command('reviewTake');
    await command('reviewTake');
    await until(() => document.getText() === right, 'all corrections');
    for (const left of [['receives'], ['receive', 'receives'], ['the', 'receive', 'receives']]) {
      await command('reviewUndo');
      await until(
        async () => (await insertedWords(document)).join() === left.join(),
        `${left.length} open remarks after an undo`,
      );
    }
    assert.equal(document.getText(), wrong);
  });

  it('refuses without changing the text, and undoes a refusal', async () => {
    const editor = await reviewed();
    await command('reviewRefuse');
    await until(async () => (await insertedWords(editor.document)).join() === 'receive,receives', 'the refusal');
    await until(() => cursorAfter(editor, 'can recieve'), 'the cursor at the second remark');
    await command('reviewUndo');
    await until(async () => (await insertedWords(editor.document)).join() === 'the,receive,receives', 'the undo');
    assert.equal(editor.document.getText(), wrong);
  });

  it('takes the rest of a kind in one stroke and one undo step, and not what was refused', async () => {
    const editor = await reviewed();
    await command('reviewRefuse');
    await command('reviewTakeKind');
    await until(() => editor.document.getText() === right.replace('is the', 'is teh'), 'the rest');
    await command('reviewUndo');
    await until(() => editor.document.getText() === wrong, 'the undo');
  });

  it('walks both ways around, and on from where the cursor was put', async () => {
    const editor = await reviewed();
    for (const [direction, words] of [
      ['Previous', 'It recieves'],
      ['Next', 'is teh'],
      ['Next', 'can recieve'],
    ] as const) {
      await command(`review${direction}`);
      await until(() => cursorAfter(editor, words), `${direction} to "${words}"`);
    }
    const end = editor.document.positionAt(wrong.indexOf('messages'));
    editor.selection = new vscode.Selection(end, end);
    await until(async () => {
      await command('reviewNext');
      return cursorAfter(editor, 'It recieves');
    }, 'the remark behind the cursor');
  });

  it('is no part of keys that come when the cursor is elsewhere', async () => {
    const editor = await reviewed();
    const end = editor.document.lineAt(0).range.end;
    editor.selection = new vscode.Selection(end, end);
    await until(() => editor.selection.active.isEqual(end), 'the cursor at the end of the title');
    await command('reviewTake', { key: 'enter' });
    await until(() => editor.document.getText() === wrong.replace('Guide\n', 'Guide\n\n'), 'a line break');
    await command('reviewRefuse', { key: 'delete' });
    await until(() => editor.document.getText() === wrong, 'the line break to go');
    assert.equal((await insertedWords(editor.document)).length, 3);
  });

  it('follows the text when it is edited in the middle', async () => {
    const editor = await reviewed();
    const { document } = editor;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A new line.\n\n'));
    await editor.edit((edit) => edit.replace(rangeOf(document, 'can recieve'), 'will get'));
    await until(
      async () => (await insertedWords(document)).join() === 'the,receives',
      'the remark of the edited words to go',
    );
    await command('reviewTake');
    await command('reviewTake');
    await until(
      () => document.getText() === `A new line.\n\n${right.replace('can receive', 'will get')}`,
      'the other two',
    );
  });

  it('goes on in another language that is checked, and ends in one that is not', async () => {
    const editor = await reviewed();
    await vscode.languages.setTextDocumentLanguage(editor.document, 'plaintext');
    await until(async () => (await insertedWords(editor.document)).length === 3, 'the review as plain text');
    await vscode.languages.setTextDocumentLanguage(editor.document, 'json');
    await until(async () => (await insertedWords(editor.document)).length === 0, 'the end of the review');
    await command('reviewTake');
    assert.equal(editor.document.getText(), wrong);
  });

  it('takes nothing while its document has no editor', async () => {
    const editor = await reviewed();
    const { uri } = editor.document;
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() => vscode.window.activeTextEditor === undefined, 'the editor to close');
    for (const name of ['reviewTake', 'reviewTakeKind', 'reviewRefuse', 'reviewNext', 'reviewDiff'])
      await command(name);
    assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), wrong);
    assert.deepEqual(openTabs(), []);
  });

  it('of two documents stay apart', async () => {
    const first = await reviewed();
    const second = await openUntitled('It is teh end.\n');
    await command('correctDocument');
    await until(async () => (await insertedWords(second.document)).join() === 'the', 'the second review');
    await command('reviewTake');
    await until(() => second.document.getText() === 'It is the end.\n', 'the correction of the second');
    assert.equal(first.document.getText(), wrong);
    assert.equal((await insertedWords(first.document)).length, 3);
  });

  it('of a selection holds its remarks only', async () => {
    const editor = await openFile(wrong);
    select(editor, 'It recieves');
    await command('correctSelection');
    await until(async () => (await insertedWords(editor.document)).join() === 'receives', 'the one remark');
  });

  it('opens a folded region for its remark', async () => {
    const editor = await openFile('# One\n\nAll is well here.\n\n# Two\n\nThis is teh end.\n');
    await vscode.commands.executeCommand('editor.foldAll');
    await until(
      () =>
        editor.visibleRanges.length > 0 &&
        !editor.visibleRanges.some(({ start, end }) => start.line <= 6 && 6 <= end.line),
      'the fold',
    );
    await command('correctDocument');
    await until(
      () => editor.visibleRanges.some(({ start, end }) => start.line <= 6 && 6 <= end.line),
      'the unfolded line',
    );
  });

  it('has the side-by-side diff as its second view, where a change can be refused', async () => {
    const editor = await reviewed();
    await command('reviewDiff');
    const tab = await until(() => previewTab(editor.document), 'the diff');
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    const { modified } = tab.input;
    const proposed = await until(
      () => vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === modified.toString()),
      'the proposed text',
    );
    assert.equal(proposed.document.getText(), right);
    await until(() => vscode.window.activeTextEditor === proposed, 'the cursor in the proposed text');
    const place = rangeOf(proposed.document, 'can receive').end;
    proposed.selection = new vscode.Selection(place, place);
    await until(() => proposed.selection.active.isEqual(place), 'the cursor at the change');
    await command('previewRefuse');
    const left = right.replace('can receive', 'can recieve');
    await until(() => proposed.document.getText() === left, 'the refused change to go from the diff');
    await command('previewApply');
    await until(() => editor.document.getText() === left, 'the others');
  });

  it('of a document that is read-only in this session changes nothing', async () => {
    const editor = await reviewed();
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    try {
      await command('reviewTake');
      await command('reviewTakeKind');
      await command('fixAll');
      assert.equal(editor.document.getText(), wrong);
      assert.equal((await insertedWords(editor.document)).length, 3);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
    }
  });

  it('of a document that nobody can write takes nothing, and says so', async () => {
    const content = vscode.workspace.registerTextDocumentContentProvider('frozen', {
      provideTextDocumentContent: () => 'This is teh start.\n',
    });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('frozen:/page.md'));
      const editor = await vscode.window.showTextDocument(document);
      const { reviewer } = await activated();
      await reviewer.start(editor, [misspelt(8)]);
      for (const name of ['reviewTake', 'reviewTakeKind']) await command(name);
      assert.equal(document.getText(), 'This is teh start.\n');
      await command('reviewRefuse');
      assert.equal(document.getText(), 'This is teh start.\n');
    } finally {
      content.dispose();
    }
  });

  it('has all its remarks again after a revert, and those that are left when it is asked for again', async () => {
    const editor = await reviewed();
    const { document } = editor;
    await command('reviewTake');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A new line.\n\n'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(() => document.getText() === wrong, 'the revert');
    await until(async () => (await insertedWords(document)).length === 3, 'all remarks');
    // The cursor has stayed where it was, and its remark is the one that is looked at.
    await command('reviewTake');
    await until(() => document.getText() === wrong.replace('can recieve', 'can receive'), 'the correction');
    await command('correctDocument');
    await until(async () => (await insertedWords(document)).join() === 'the,receives', 'the second review');
  });

  it('walks through two thousand remarks, and the host is never busy for long', async () => {
    const line = 'This is teh line.\n\n';
    const count = 2000;
    const { reviewer } = await activated();
    await withSettings({ 'correct.asYouType': false }, async () => {
      const editor = await openFile(line.repeat(count));
      const { document } = editor;
      const remarks = Array.from({ length: count }, (_, index) => misspelt(index * line.length + 8));
      const busy = watchHost();
      await reviewer.start(editor, remarks);
      for (let left = count; left > count - 3; left--) {
        await until(async () => (await bar(document)).includes(`1 of ${left}`), `${left} remarks`);
        await command('reviewTake');
      }
      await command('reviewTakeKind');
      await until(() => !document.getText().includes('teh'), 'all corrections');
      await command('reviewUndo');
      await until(async () => (await bar(document)).includes(`1 of ${count - 3}`), 'the undo');
      const most = busy();
      assert.ok(most < 500, `the host worked for ${most} ms at one go`);
    });
  });
});
