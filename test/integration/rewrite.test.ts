import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activated,
  closeAll,
  codeActions,
  command,
  openFile,
  openUntitled,
  previewTab,
  rangeOf,
  select,
  summaryPage,
  until,
} from './support';

const before1 = 'Keep this sentence as it is.';
const wordy = 'In order to utilize the `cache_size` option, you must restart the server prior to the first request.';
const text = `# Guide\n\n${before1} ${wordy} Keep this one too.\n`;

describe('Paraphrase', () => {
  before(activated);
  afterEach(async () => {
    await command('paraphraseDismiss');
    await closeAll();
  });

  const cursorIn = (editor: vscode.TextEditor, part: string): void => {
    const { start } = rangeOf(editor.document, part);
    editor.selection = new vscode.Selection(start, start);
  };

  it('of the sentence at the cursor is accepted by key as one undo step, and changes that sentence only', async () => {
    const editor = await openFile(text);
    cursorIn(editor, 'utilize');
    await command('paraphrase');
    assert.equal(editor.document.getText(), text, 'a suggestion must not change the document');
    await command('paraphraseAccept');
    await until(() => editor.document.getText() !== text, 'the paraphrase');
    const changed = editor.document.getText();
    assert.ok(changed.startsWith(`# Guide\n\n${before1} `) && changed.endsWith(' Keep this one too.\n'), changed);
    assert.ok(changed.includes('`cache_size`'), `the code span is gone: ${changed}`);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
  });

  it('that is dismissed, or whose text was edited, cannot be accepted any more', async () => {
    const editor = await openFile(text);
    cursorIn(editor, 'utilize');
    await command('paraphrase');
    await command('paraphraseDismiss');
    await command('paraphraseAccept');
    assert.equal(editor.document.getText(), text);
    await command('paraphrase');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 7), '!'));
    await command('paraphraseAccept');
    assert.equal(editor.document.getText(), text.replace('# Guide', '# Guide!'));
  });

  it('turns to the next candidate and back', async () => {
    const editor = await openFile(text);
    const accepted: string[] = [];
    for (const turns of [[], ['paraphraseNext'], ['paraphraseNext', 'paraphrasePrevious']]) {
      cursorIn(editor, 'utilize');
      await command('paraphrase');
      for (const turn of turns) await command(turn);
      await command('paraphraseAccept');
      await until(() => editor.document.getText() !== text, 'the paraphrase');
      accepted.push(editor.document.getText());
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), text);
    }
    assert.notEqual(accepted[0], accepted[1], 'there is only one candidate for a wordy sentence');
    assert.equal(accepted[0], accepted[2]);
  });

  it('is offered by the lightbulb on a selection', async () => {
    const editor = await openFile(text);
    const titles = (
      await until(async () => {
        const actions = await codeActions(editor.document, rangeOf(editor.document, wordy));
        return actions.some(({ title }) => /^(Rewrite|Make )/.test(title)) && actions;
      }, 'the lightbulb')
    )
      .map(({ title }) => title)
      .filter((title) => /^(Rewrite|Make )/.test(title));
    assert.equal(new Set(titles).size, titles.length, titles.join(', '));
    assert.equal(titles.length, 3, titles.join(', '));
  });

  it('shows its candidates as a diff', async () => {
    const editor = await openFile(text);
    cursorIn(editor, 'utilize');
    await command('paraphraseDiff');
    const tab = await until(() => previewTab(editor.document), 'the diff');
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    assert.notEqual((await vscode.workspace.openTextDocument(tab.input.modified)).getText(), text);
    await command('previewApply');
    await until(() => editor.document.getText() !== text, 'the paraphrase');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });
});

describe('Summarize Selection', () => {
  const paragraph =
    'The cache keeps every answer for ten minutes. It is stored on disk and survives a restart of the server. Old answers are removed by a timer.';
  const page = `---\ntitle: Cache\n---\n\n# Cache\n\nFirst paragraph.\n\n${paragraph}\n`;

  before(activated);
  afterEach(closeAll);

  async function summarized(length: string, content = page, selected?: string): Promise<vscode.TextEditor> {
    const editor = await openFile(content);
    if (selected !== undefined) select(editor, selected);
    await command('summarizeSelection', length);
    await until(summaryPage, 'the summary page');
    return editor;
  }

  it('opens a page that names the source lines, and inserts above without changing the text', async () => {
    const editor = await summarized('key-sentences', page, paragraph);
    const shown = summaryPage()!;
    assert.match(shown.getText(), /from line 9/);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', shown.uri);
    assert.ok(links.length > 0, 'no link to a source');
    assert.equal(shown.getText(links[0]!.range), 'line 9');
    await command('summaryInsert');
    await until(() => editor.document.getText() !== page, 'the summary in the document');
    const result = editor.document.getText();
    assert.ok(
      result.endsWith(`\n\n${paragraph}\n`) &&
        result.startsWith('---\ntitle: Cache\n---\n\n# Cache\n\nFirst paragraph.\n\n'),
      result,
    );
  });

  it('replaces the selected text, grown to whole sentences', async () => {
    const editor = await summarized(
      'sentence',
      page,
      'stored on disk and survives a restart of the server. Old answers',
    );
    await command('summaryReplace');
    await until(() => editor.document.getText() !== page, 'the replacement');
    const result = editor.document.getText();
    assert.ok(result.includes('The cache keeps every answer for ten minutes. '), result);
    assert.ok(!result.includes('removed by a timer. removed') && result.length < page.length + 2, result);
  });

  it('of the whole document goes into the front matter', async () => {
    const editor = await summarized('sentence');
    await command('summaryDescription');
    await until(
      () => /^---\ntitle: Cache\ndescription: ".+"\n---\n/.test(editor.document.getText()),
      'the description',
    );
    assert.ok(editor.document.getText().endsWith(page.slice(page.indexOf('\n# Cache'))));
  });

  it('finds the text again when it moved, and refuses when it was edited', async () => {
    const editor = await summarized('sentence', page, paragraph);
    const { uri } = editor.document;
    const change = async (position: vscode.Position, inserted: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, position, inserted);
      await vscode.workspace.applyEdit(edit);
    };
    await change(new vscode.Position(6, 0), 'New line.\n\n');
    await command('summaryInsert');
    await until(() => editor.document.lineAt(10).text !== paragraph, 'the summary above the moved text');
    assert.ok(editor.document.getText().includes(`\n\n${paragraph}\n`));
    const end = editor.document.positionAt(editor.document.getText().indexOf('timer'));
    await change(end, 'slow ');
    const edited = editor.document.getText();
    await command('summaryReplace');
    assert.equal(editor.document.getText(), edited);
  });

  it('opens nothing for an empty document', async () => {
    await openUntitled('  \n');
    await command('summarizeSelection', 'sentence');
    assert.equal(summaryPage(), undefined);
  });
});
