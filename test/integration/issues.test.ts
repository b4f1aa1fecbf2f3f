import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionExports } from '../../src/extension/extension';
import type { IssueNode } from '../../src/extension/issues/issue-rows';
import { ignoreFileName } from '../../src/protocol/project-file';
import { activated, closeAll, command, diagnosticOn, openFile, until } from './support';

describe('the list of issues', () => {
  before(activated);
  afterEach(closeAll);

  it('takes an issue of a document that is not in front, and none whose words are others now', async () => {
    const text = 'This is teh start.\n';
    const editor = await openFile(text);
    const { document } = editor;
    const { range, data } = await diagnosticOn(document, 'teh');
    const { line, character } = range.start;
    const node = {
      id: 'of no list',
      issue: { uri: document.uri.toString(), document: 'page', line, character, end: range.end, data },
    };
    await openFile('Another page.\n');
    await command('issueTake', node);
    await until(() => document.getText() === 'This is the start.\n', 'the correction');
    await command('issueTake', node);
    assert.equal(document.getText(), 'This is the start.\n');
  });

  it('is arranged by kind or by place', async () => {
    await command('issuesByKind');
    await command('issuesByPlace');
    await vscode.commands.executeCommand('narTextTools.issues.focus');
    await command('issueTake');
    await command('issueIgnore');
  });
});

describe('the list of issues of all files', () => {
  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const ignoreFile = vscode.Uri.joinPath(folder, ignoreFileName);
  const fileAt = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, 'closed', name);
  const write = (uri: vscode.Uri, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));
  const read = async (name: string): Promise<string> =>
    Buffer.from(await vscode.workspace.fs.readFile(fileAt(name))).toString('utf8');
  const texts = {
    'first.md': 'This is teh start.\n',
    'second.md': '# Page\n\nYou can recieve it.\n\nIt is `teh` end.\n',
    'third.py': '# It recieves teh answer.\nteh = 1\n',
  };
  let extension: ExtensionExports;

  /** All that the list holds, in its groups, as `file: words`. */
  function listed(): string[] {
    const groups = extension.issues.getChildren(undefined);
    return groups.flatMap((node) =>
      'group' in node
        ? node.group.issues.map(({ document, data }) => `${document.split('/').pop()}: ${data.original}`)
        : [],
    );
  }
  const lists = (...expected: string[]): Promise<true> =>
    until(() => listed().sort().join() === expected.sort().join(), `the list of ${expected.join()}`);
  function kindGroup(label: string): IssueNode {
    const groups = extension.issues.getChildren(undefined);
    const group = groups.find((node) => 'group' in node && node.group.label === label);
    assert.ok(group, `no group ${label} in ${listed().join()}`);
    return group;
  }

  before(async () => {
    extension = await activated();
    await closeAll();
    await write(ignoreFile, '/*\n!/closed/\nleft-out.md\n');
    await write(fileAt('left-out.md'), texts['first.md']);
    for (const [name, text] of Object.entries(texts)) await write(fileAt(name), text);
    await command('issuesByKind');
    await command('checkWorkspace');
  });
  after(async () => {
    await command('issuesByPlace');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, 'closed'), { recursive: true });
    await vscode.workspace.fs.delete(ignoreFile);
    await lists();
    await closeAll();
  });

  it('holds those of files that no editor shows, in prose and comments, and of none that is ignored', async () => {
    await lists('first.md: teh', 'second.md: recieve', 'third.py: recieves', 'third.py: teh');
    assert.deepEqual(
      vscode.workspace.textDocuments.filter(({ uri }) => uri.path.includes('/closed/')),
      [],
    );
  });

  it('follows a file that is changed, opened, edited, closed and deleted', async () => {
    await write(fileAt('first.md'), 'This is right.\n');
    await lists('second.md: recieve', 'third.py: recieves', 'third.py: teh');
    const document = await vscode.workspace.openTextDocument(fileAt('second.md'));
    const editor = await vscode.window.showTextDocument(document);
    await diagnosticOn(document, 'recieve');
    await lists('second.md: recieve', 'third.py: recieves', 'third.py: teh');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'It is seperate.\n\n'));
    await lists('second.md: recieve', 'second.md: seperate', 'third.py: recieves', 'third.py: teh');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await lists('second.md: recieve', 'third.py: recieves', 'third.py: teh');
    await vscode.workspace.fs.delete(fileAt('third.py'));
    await lists('second.md: recieve');
    await write(fileAt('first.md'), texts['first.md']);
    await write(fileAt('third.py'), texts['third.py']);
    await lists('first.md: teh', 'second.md: recieve', 'third.py: recieves', 'third.py: teh');
  });

  it('ignores a whole group as one act that can be undone', async () => {
    await command('issueIgnore', kindGroup('Spelling'));
    await lists();
    await command('undoIgnore');
    await lists('first.md: teh', 'second.md: recieve', 'third.py: recieves', 'third.py: teh');
  });

  it('takes a whole group, in files as well, and nothing where the text is another by now', async () => {
    const group = kindGroup('Spelling');
    const changed = 'Now it says something else, teh end.\n';
    await write(fileAt('first.md'), changed);
    await command('issueTake', group);
    await until(
      async () => (await read('second.md')) === texts['second.md'].replace('recieve', 'receive'),
      'second.md',
    );
    await until(async () => (await read('third.py')) === '# It receives the answer.\nteh = 1\n', 'third.py');
    assert.equal(await read('first.md'), changed);
    await lists('first.md: teh');
  });
});
