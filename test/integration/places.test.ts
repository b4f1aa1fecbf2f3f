/** Where people write beside the files of an editor: notebooks, the commit box, boxes of reviews. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, closeAll, codeActions, command, diagnosticOn, until } from './support';

async function fixed(document: vscode.TextDocument, word: string, title: string): Promise<void> {
  const { range } = await diagnosticOn(document, word);
  const fix = await until(
    async () => (await codeActions(document, range)).find((each) => each.title.includes(title)),
    `the fix of ${word}`,
  );
  assert.ok(fix.edit, `the fix of ${word} has no edit`);
  assert.ok(await vscode.workspace.applyEdit(fix.edit), 'the editor refused the fix');
}

describe('places to write beside files', () => {
  before(activated);
  afterEach(closeAll);

  it('checks prose and comments in the cells of a notebook, and reviews one in place', async () => {
    const cell = (kind: vscode.NotebookCellKind, text: string, language: string): vscode.NotebookCellData =>
      new vscode.NotebookCellData(kind, text, language);
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        cell(vscode.NotebookCellKind.Markup, '# Results\n\nThis is teh start of `teh` page.\n', 'markdown'),
        cell(vscode.NotebookCellKind.Code, '# We recieve the answer here.\nteh = 1\n', 'python'),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const [prose, code] = notebook.getCells().map(({ document }) => document);
    await fixed(code!, 'recieve', 'receive');
    await until(() => code!.getText() === '# We receive the answer here.\nteh = 1\n', 'the fix in the comment');
    await diagnosticOn(prose!, 'teh');
    await vscode.commands.executeCommand('notebook.focusTop');
    await until(async () => {
      await vscode.commands.executeCommand('notebook.cell.edit');
      return vscode.window.activeTextEditor?.document === prose;
    }, 'the cell to be edited');
    await command('correctDocument');
    await until(async () => {
      await command('reviewTake');
      return prose!.getText() === '# Results\n\nThis is the start of `teh` page.\n';
    }, 'the correction in the cell');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('checks the commit box', async () => {
    const control = vscode.scm.createSourceControl('tests', 'Tests', vscode.workspace.workspaceFolders![0]!.uri);
    try {
      await vscode.commands.executeCommand('workbench.view.scm');
      control.inputBox.value = 'Fix teh cache';
      const document = await until(
        () => vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'vscode-scm'),
        'the document of the box',
      );
      await until(() => document.getText() === 'Fix teh cache', 'the text in the box');
      await fixed(document, 'teh', 'the');
      await until(() => control.inputBox.value === 'Fix the cache', 'the fix in the box');
    } finally {
      control.dispose();
      await vscode.commands.executeCommand('workbench.view.explorer');
    }
  });

  it('checks the box of a comment', async () => {
    const folder = vscode.workspace.workspaceFolders![0]!.uri;
    const uri = vscode.Uri.joinPath(folder, 'sample.md');
    await vscode.window.showTextDocument(uri);
    const controller = vscode.comments.createCommentController('tests', 'Tests');
    controller.commentingRangeProvider = {
      provideCommentingRanges: (document) => [new vscode.Range(0, 0, document.lineCount - 1, 0)],
    };
    try {
      const thread = controller.createCommentThread(uri, new vscode.Range(0, 0, 0, 0), []);
      thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
      const box = await until(
        () => vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'comment'),
        'the document of the box',
      );
      const edit = new vscode.WorkspaceEdit();
      edit.insert(box.uri, new vscode.Position(0, 0), 'This is teh reason.');
      await vscode.workspace.applyEdit(edit);
      await fixed(box, 'teh', 'the');
      await until(() => box.getText() === 'This is the reason.', 'the fix in the box');
    } finally {
      controller.dispose();
    }
  });
});
