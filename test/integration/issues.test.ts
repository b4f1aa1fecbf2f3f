import assert from 'node:assert/strict';
import * as vscode from 'vscode';
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
    const node = { issue: { uri: document.uri.toString(), document: 'page', line, character, end: range.end, data } };
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
