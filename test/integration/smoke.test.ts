import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json';

describe('the extension in a real extension host', () => {
  const extension = () => vscode.extensions.getExtension(`${manifest.publisher}.${manifest.name}`);

  it('is found and activates', async () => {
    const found = extension();
    assert.ok(found, `${manifest.publisher}.${manifest.name} is not installed in this host`);
    await found.activate();
    assert.equal(found.isActive, true);
  });

  it('registers every command that package.json contributes', async () => {
    await extension()?.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed: string[] = (extension()?.packageJSON.contributes?.commands ?? []).map(
      (entry: { command: string }) => entry.command,
    );
    assert.ok(contributed.length > 0, 'package.json contributes no command');
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });

  it('asks for no proposed API, which a published extension may not use', () => {
    assert.deepEqual(extension()?.packageJSON.enabledApiProposals ?? [], []);
  });
});
