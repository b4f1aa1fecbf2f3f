import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activated,
  closeAll,
  command,
  diagnosticOn,
  openFile,
  openTabs,
  openUntitled,
  previewTab,
  select,
  until,
  withSettings,
} from './support';

const wrong = '# Guide\n\nThis is teh start of `teh` page.\n\nYou can recieve messages.\n';
const right = '# Guide\n\nThis is the start of `teh` page.\n\nYou can receive messages.\n';

/** A file system on which nothing can be written. */
class ReadOnlyFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  stat = (): vscode.FileStat => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: wrong.length });
  readFile = (): Uint8Array => Buffer.from(wrong);
  readDirectory = (): [string, vscode.FileType][] => [];
  private refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  createDirectory = this.refuse;
  writeFile = this.refuse;
  delete = this.refuse;
  rename = this.refuse;
}

/** The second view of a review. */
async function showDiff(name = 'correctDocument'): Promise<void> {
  await command(name);
  await command('reviewDiff');
}

describe('the side-by-side view of a review', () => {
  before(activated);
  afterEach(closeAll);

  it('previews, then applies as one undo step', async () => {
    const editor = await openFile(wrong);
    await showDiff();
    const tab = await until(() => previewTab(editor.document), 'the preview');
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    const proposed = await vscode.workspace.openTextDocument(tab.input.modified);
    assert.equal(proposed.getText(), right);
    assert.equal(proposed.languageId, 'markdown');
    assert.equal(editor.document.getText(), wrong, 'the preview must not change the document');
    await command('previewApply');
    await until(() => editor.document.getText() === right, 'the corrections');
    await until(() => previewTab(editor.document) === undefined, 'the preview to close');
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), wrong);
  });

  it('leaves a document whose tab is in preview mode its tab and its undo steps', async () => {
    const { document: written } = await openFile(wrong);
    await closeAll();
    const { document } = await vscode.window.showTextDocument(written.uri, { preview: true });
    await showDiff();
    await until(() => previewTab(document), 'the preview');
    await command('previewApply');
    await until(() => document.getText() === right, 'the corrections');
    await until(() => previewTab(document) === undefined, 'the preview to close');
    assert.equal(document.isClosed, false);
    assert.equal(openTabs().length, 1);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), wrong);
  });

  it('changes nothing when the preview is discarded or its tab is closed', async () => {
    const editor = await openFile(wrong);
    await showDiff();
    await until(() => previewTab(editor.document), 'the preview');
    await command('previewDiscard');
    await until(() => previewTab(editor.document) === undefined, 'the preview to close');
    await showDiff();
    const tab = await until(() => previewTab(editor.document), 'the second preview');
    await vscode.window.tabGroups.close(tab);
    await command('previewApply');
    assert.equal(editor.document.getText(), wrong);
  });

  it('refuses to apply when the document was edited meanwhile', async () => {
    const editor = await openFile(wrong);
    await showDiff();
    await until(() => previewTab(editor.document), 'the preview');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(editor.document.uri, new vscode.Position(0, 0), 'New line.\n');
    await vscode.workspace.applyEdit(edit);
    await command('previewApply');
    await until(() => previewTab(editor.document) === undefined, 'the preview to close');
    assert.equal(editor.document.getText(), `New line.\n${wrong}`);
  });

  it('corrects only the selection, and takes in a word that it cuts', async () => {
    const editor = await openFile(wrong);
    select(editor, 'ieve messages');
    await showDiff('correctSelection');
    await until(() => previewTab(editor.document), 'the preview');
    await command('previewApply');
    await until(() => editor.document.getText() === wrong.replace('recieve', 'receive'), 'the one correction');
  });

  it('takes an empty selection for the sentence at the cursor', async () => {
    const editor = await openFile('This is teh start. You can recieve messages.\n');
    editor.selection = new vscode.Selection(0, 25, 0, 25);
    await showDiff('correctSelection');
    await until(() => previewTab(editor.document), 'the preview');
    await command('previewApply');
    await until(() => editor.document.getText() === 'This is teh start. You can receive messages.\n', 'the correction');
  });

  it('opens no preview where nothing is to be corrected', async () => {
    const editor = await openUntitled('This sentence is right.\n');
    await showDiff();
    assert.equal(previewTab(editor.document), undefined);
    assert.equal(editor.document.getText(), 'This sentence is right.\n');
  });

  it('opens no preview for an empty document, for code, and for another language', async () => {
    for (const [text, language] of [
      ['', 'markdown'],
      ['```\nteh\n```\n', 'markdown'],
      ['const teh = 1;', 'javascript'],
    ] as const) {
      const editor = await openUntitled(text, language);
      await showDiff();
      await showDiff('correctSelection');
      assert.equal(previewTab(editor.document), undefined, language);
      assert.equal(editor.document.getText(), text);
    }
  });

  it('changes nothing in a read-only document', async () => {
    const registration = vscode.workspace.registerFileSystemProvider('nar-read-only', new ReadOnlyFiles(), {
      isReadonly: true,
    });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('nar-read-only:/page.md'));
      await vscode.window.showTextDocument(document);
      await showDiff();
      await command('previewApply');
      await command('reviewTake');
      await command('fixAll');
      assert.equal(document.getText(), wrong);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      registration.dispose();
    }
  });

  it('changes nothing when the document is closed while it runs', async () => {
    const editor = await openFile(wrong);
    const { uri } = editor.document;
    const running = command('correctDocument');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await running;
    await command('previewDiscard');
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8'), wrong);
    assert.equal(
      openTabs().some(({ isDirty }) => isDirty),
      false,
    );
  });

  it('changes nothing when the document is edited while it runs', async () => {
    const { engine } = await activated();
    const text = Array.from(
      { length: 300 },
      (_, index) => `You can recieve ${index} messages in teh evening and read them there.\n\n`,
    ).join('');
    await withSettings({ 'correct.asYouType': false }, async () => {
      const editor = await openFile(text);
      await engine.start();
      const running = command('correctDocument');
      await until(() => engine.status.state === 'busy', 'the run');
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'First. '));
      await running;
      await until(() => engine.status.state === 'ready', 'the end of the run');
      await command('reviewDiff');
      assert.equal(editor.document.getText(), `First. ${text}`);
      assert.equal(previewTab(editor.document), undefined);
    });
  });

  it('takes a selection that cuts a code span and an emoji, and leaves both whole', async () => {
    const text = 'Use `teh code` and 👩‍👩‍👧 e\u0301 שלום: you can recieve it.\n';
    const editor = await openFile(text);
    const { document } = editor;
    editor.selection = new vscode.Selection(
      document.positionAt(text.indexOf('code`')),
      document.positionAt(text.indexOf('👩') + 1),
    );
    await showDiff('correctSelection');
    await command('fixAll');
    assert.equal(document.getText(), text);
    editor.selection = new vscode.Selection(
      document.positionAt(text.indexOf('code`')),
      document.positionAt(text.indexOf('ieve')),
    );
    await showDiff('correctSelection');
    await until(() => previewTab(document), 'the preview');
    await command('previewApply');
    await until(() => document.getText() === text.replace('recieve', 'receive'), 'the one correction');
  });

  it('reads binary bytes as text, right-to-left writing and all, and changes only words', async () => {
    const text = 'PK\u0003\u0004\u0000\ufffd\u0001 teh \u0000\n\nשלום عالم You can recieve e\u0301 messages.\n';
    // The editor itself refuses such a file, but not such a text.
    const { document } = await openUntitled(text, 'plaintext');
    await diagnosticOn(document, 'recieve');
    await command('fixAll');
    await until(
      () => document.getText().replace('the \u0000', 'teh \u0000') === text.replace('recieve', 'receive'),
      'the correction and nothing else but "teh"',
    );
  });

  it('refuses a document of 10 MB as a whole, and fixes a selection in it', async function () {
    this.timeout(600_000);
    const line = 'This line is right and goes on for a while without any mistake in it.\n\n';
    const text = line.repeat(70_000) + wrong + line.repeat(70_000);
    await withSettings({ 'correct.asYouType': false }, async () => {
      const editor = await openFile(text);
      await showDiff();
      assert.equal(previewTab(editor.document), undefined);
      select(editor, 'recieve messages');
      await command('fixAll');
      await until(() => editor.document.getText() === text.replace('recieve', 'receive'), 'the one correction');
    });
  });
});
