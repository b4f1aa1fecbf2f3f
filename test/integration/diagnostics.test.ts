import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activated,
  closeAll,
  codeActions,
  command,
  diagnosticOn,
  diagnosticsOf,
  openFile,
  openUntitled,
  rangeOf,
  saved,
  section,
  until,
  withSettings,
} from './support';

describe('checking as you type', () => {
  before(activated);
  afterEach(closeAll);

  it('reports a misspelling with its kind and confidence, and forgets it once it is fixed', async () => {
    const editor = await openFile('# Guide\n\nThis is teh first sentence. This one is right.\n');
    const { data } = await diagnosticOn(editor.document, 'teh');
    assert.equal(data.correction, 'the');
    assert.equal(data.type, 'spelling');
    assert.ok(data.confidence > 0 && data.confidence <= 1, `confidence ${data.confidence}`);
    await editor.edit((edit) => edit.replace(rangeOf(editor.document, 'teh'), 'the'));
    await until(() => diagnosticsOf(editor.document).length === 0, 'the diagnostic to vanish');
  });

  it('reports a misspelling that is typed into an untitled document', async () => {
    const editor = await openUntitled('');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'You can recieve a message here.'));
    assert.equal((await diagnosticOn(editor.document, 'recieve')).data.correction, 'receive');
  });

  it('never touches code spans, code blocks, links and front matter', async () => {
    const editor = await openFile(
      '---\ntitle: teh page\n---\n\nUse `teh` here and teh rest.\n\n```\nteh code\n```\n\nSee <https://example.org/teh>.\n',
    );
    await diagnosticOn(editor.document, 'teh');
    const lines = diagnosticsOf(editor.document).map(({ range }) => [range.start.line, range.start.character]);
    assert.deepEqual(lines, [[4, 19]]);
  });

  it('looks at no comment line of a commit message', async () => {
    const editor = await openUntitled('Fix teh cache\n\n# Please enter teh message\n', 'git-commit');
    await diagnosticOn(editor.document, 'teh');
    assert.deepEqual(
      diagnosticsOf(editor.document).map(({ range }) => range.start.line),
      [0],
    );
  });

  it('follows the settings at once', async () => {
    const editor = await openFile('This is teh sentence.\n');
    await diagnosticOn(editor.document, 'teh');
    await withSettings({ enable: false }, () =>
      until(() => diagnosticsOf(editor.document).length === 0, 'the diagnostics to go when paused'),
    );
    await diagnosticOn(editor.document, 'teh');
    await withSettings({ 'correct.ignoredTypes': ['spelling'] }, () =>
      until(() => diagnosticsOf(editor.document).length === 0, 'the diagnostics of an ignored kind to go'),
    );
    await diagnosticOn(editor.document, 'teh');
  });

  it('is paused and resumed by the command', async () => {
    const editor = await openFile('This is teh sentence.\n');
    await diagnosticOn(editor.document, 'teh');
    await command('toggle');
    await until(() => diagnosticsOf(editor.document).length === 0, 'the diagnostics to go');
    assert.equal(vscode.workspace.getConfiguration(section).get('enable'), false);
    await command('toggle');
    await diagnosticOn(editor.document, 'teh');
  });
});

describe('quick fixes', () => {
  before(activated);
  afterEach(closeAll);

  it('change nothing but their range, and keep CRLF line breaks', async () => {
    const text = 'Tab\there, emoji 😀 and é.\r\n\r\nThis is teh sentence.  \r\nNext line.\r\n';
    const editor = await openFile(text);
    const { document } = editor;
    const diagnostic = await diagnosticOn(document, 'teh');
    const fix = await until(
      async () =>
        (await codeActions(document, diagnostic.range)).find(({ edit, title }) => edit && title.includes('“the”')),
      'the quick fix',
    );
    assert.match(fix.title, /\d+ %/);
    assert.ok(await vscode.workspace.applyEdit(fix.edit!));
    // The host may hear of the change after it hears that the edit was applied.
    await until(() => document.getText() !== text, 'the fix in the text');
    assert.equal(document.getText(), text.replace('teh', 'the'));
    assert.equal(await saved(document), text.replace('teh', 'the'));
  });

  /** The text with the fixes of which the engine is very sure; at least one of them. */
  const surelyFixed = (document: vscode.TextDocument, within?: vscode.Range): string => {
    const sure = diagnosticsOf(document).filter(
      ({ data, range }) => data.highConfidence && (!within || within.intersection(range)?.isEmpty === false),
    );
    assert.ok(sure.length > 0, 'the model is very sure of no misspelling');
    return sure
      .sort((a, b) => b.range.start.compareTo(a.range.start))
      .reduce(
        (text, { range, data }) =>
          text.slice(0, document.offsetAt(range.start)) + data.correction + text.slice(document.offsetAt(range.end)),
        document.getText(),
      );
  };

  it('fix all is one undo step', async () => {
    const text = 'This is teh start. You can recieve `teh` messages.\n';
    const editor = await openFile(text);
    await diagnosticOn(editor.document, 'recieve');
    const expected = surelyFixed(editor.document);
    await command('fixAll');
    await until(() => editor.document.getText() === expected, 'the fixes');
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
  });

  it('fix all of a selection leaves the rest alone', async () => {
    const editor = await openFile('This is teh start. You can recieve messages.\n');
    await diagnosticOn(editor.document, 'recieve');
    const selected = rangeOf(editor.document, 'can recieve');
    const expected = surelyFixed(editor.document, selected);
    assert.equal(expected, 'This is teh start. You can receive messages.\n');
    editor.selection = new vscode.Selection(selected.start, selected.end);
    await command('fixAll');
    await until(() => editor.document.getText() === expected, 'the one fix');
  });

  it('add a word to the dictionary of the workspace', async () => {
    const editor = await openFile('The word adress is a name here.\n');
    const diagnostic = await diagnosticOn(editor.document, 'adress');
    const offered = (await codeActions(editor.document, diagnostic.range)).map(({ title }) => title);
    assert.ok(
      offered.some((title) => title.includes('dictionary')),
      offered.join(', '),
    );
    const list = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, '.vscode/nar-text-dictionary.txt');
    try {
      await command('addToDictionary', 'adress', editor.document.uri.toString(), 'workspace');
      await until(() => diagnosticsOf(editor.document).length === 0, 'the word to be accepted');
      assert.match(Buffer.from(await vscode.workspace.fs.readFile(list)).toString(), /^adress$/m);
      // By hand the list is edited like any other document.
      const opened = await vscode.window.showTextDocument(list);
      const all = new vscode.Range(0, 0, opened.document.lineCount, 0);
      await opened.edit((edit) => edit.replace(all, '# none\n'));
      assert.ok(await opened.document.save(), 'the editor did not save the list');
      await diagnosticOn(editor.document, 'adress');
    } finally {
      await vscode.workspace.fs.delete(list);
    }
  });

  it('are those of the project file, and words go into its dictionary', async () => {
    const root = vscode.workspace.workspaceFolders![0]!.uri;
    const [file, list] = [vscode.Uri.joinPath(root, '.nar-text.json'), vscode.Uri.joinPath(root, 'words.txt')];
    const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const editor = await openFile('The word adress is a name here.\n');
    await diagnosticOn(editor.document, 'adress');
    try {
      await write(list, '# ours\n');
      await write(file, '{ "kinds": { "spelling": false }, "dictionary": "words.txt" }');
      await until(() => diagnosticsOf(editor.document).length === 0, 'spelling to be switched off');
      await write(file, '{ "dictionary": "words.txt" }');
      await diagnosticOn(editor.document, 'adress');
      await command('addToDictionary', 'adress', editor.document.uri.toString(), 'workspace');
      await until(() => diagnosticsOf(editor.document).length === 0, 'the word to be accepted');
      assert.equal(Buffer.from(await vscode.workspace.fs.readFile(list)).toString(), '# ours\nadress\n');
    } finally {
      await vscode.workspace.fs.delete(file);
      await vscode.workspace.fs.delete(list);
    }
    await diagnosticOn(editor.document, 'adress');
  });

  it('ignore one occurrence or one word of this file, and take it back', async () => {
    const text = 'The adress of the house is long.\n\nIts adress is kept in a file.\n\nA wich is a wich.\n';
    const editor = await openFile(text);
    const { document } = editor;
    const lines = (): number[] => diagnosticsOf(document).map(({ range }) => range.start.line);
    await until(() => lines().filter((line) => line < 3).length === 2, 'both words');
    const [first] = diagnosticsOf(document).sort((a, b) => a.range.start.compareTo(b.range.start));
    const run = async (title: string): Promise<void> => {
      const action = (await codeActions(document, first!.range)).find((each) => each.title.startsWith(title));
      assert.ok(action?.command, title);
      await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    };
    await run('Ignore this remark here');
    await until(() => !lines().includes(0) && lines().includes(2), 'the first occurrence to be ignored');
    // It stays ignored while the text before it grows.
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# Houses\n\n'));
    await until(() => lines().includes(4) && !lines().includes(2), 'the remark to stay away');
    await vscode.commands.executeCommand('undo');
    await command('undoIgnore');
    await until(() => lines().includes(0) && lines().includes(2), 'the remark to come back');
    await run('Ignore “adress” in this file');
    await until(() => !lines().includes(0) && !lines().includes(2), 'the word to be ignored');
    const other = await openFile('The adress of the house is long.\n');
    await diagnosticOn(other.document, 'adress');
    await command('undoIgnore');
    await until(() => lines().includes(0) && lines().includes(2), 'the word to come back');
  });

  it('ignore a kind of error in one file', async () => {
    const editor = await openFile('This is teh sentence.\n');
    await diagnosticOn(editor.document, 'teh');
    await command('ignoreKind', 'spelling', editor.document.uri.toString(), 'file');
    await until(() => diagnosticsOf(editor.document).length === 0, 'the kind to be ignored');
    await command('undoIgnore');
    await diagnosticOn(editor.document, 'teh');
  });

  it('ignore one sentence and no other', async () => {
    const editor = await openFile(
      'The server recieves the file from the client. The client recieves the answer from the server.\n',
    );
    await until(() => diagnosticsOf(editor.document).length === 2, 'both diagnostics');
    const ignore = (await codeActions(editor.document, rangeOf(editor.document, 'recieves the file'))).find(
      ({ command: run }) => run?.title.startsWith('Ignore this sentence'),
    );
    assert.ok(ignore?.command, 'no action to ignore the sentence');
    try {
      // Who chooses the action is asked where the sentence is kept; here it is said.
      await vscode.commands.executeCommand(ignore.command.command, ...(ignore.command.arguments ?? []), 'workspace');
      await until(() => diagnosticsOf(editor.document).length === 1, 'one sentence to be ignored');
      assert.equal(diagnosticsOf(editor.document)[0]!.range.start.character, 57);
      assert.deepEqual(vscode.workspace.getConfiguration(section).inspect('ignoredSentences')?.workspaceValue, [
        'The server recieves the file from the client.',
      ]);
    } finally {
      await vscode.workspace
        .getConfiguration(section)
        .update('ignoredSentences', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('ignore a kind of error', async () => {
    const editor = await openFile('This is teh sentence.\n');
    await diagnosticOn(editor.document, 'teh');
    try {
      await command('ignoreKind', 'spelling', editor.document.uri.toString(), 'workspace');
      await until(() => diagnosticsOf(editor.document).length === 0, 'the kind to be ignored');
    } finally {
      await vscode.workspace
        .getConfiguration(section)
        .update('correct.ignoredTypes', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
