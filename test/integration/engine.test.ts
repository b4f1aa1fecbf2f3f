import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, closeAll, command, diagnosticOn, openFile, openTabs, previewTab, until } from './support';

describe('the engine process', () => {
  afterEach(closeAll);

  const processId = async (): Promise<number> => {
    const { engine } = await activated();
    await engine.start();
    const id = engine.processId;
    assert.ok(id);
    return id;
  };

  it('is not the extension host', async () => {
    assert.notEqual(await processId(), process.pid);
  });

  it('is started again after it was killed, and checks what is open', async () => {
    const editor = await openFile('This is teh sentence.\n');
    await diagnosticOn(editor.document, 'teh');
    const first = await processId();
    process.kill(first, 'SIGKILL');
    const { engine } = await activated();
    await until(() => engine.processId !== undefined && engine.processId !== first, 'another process');
    await diagnosticOn(editor.document, 'teh');
    assert.equal(editor.document.getText(), 'This is teh sentence.\n');
  });

  it('may be killed in the middle of a run: the text stays, the command ends, the next run works', async () => {
    const text = 'You can recieve messages in teh morning and read them there.\n\n'.repeat(400);
    const editor = await openFile(text);
    const first = await processId();
    const running = command('correctDocument');
    process.kill(first, 'SIGKILL');
    await running;
    await command('previewDiscard');
    assert.equal(editor.document.getText(), text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'This is teh end.', language: 'markdown' }));
    const { document } = vscode.window.activeTextEditor!;
    await command('correctDocument');
    await until(() => previewTab(document), 'the preview of the new engine');
  });

  it('is restarted by the command', async () => {
    const first = await processId();
    await command('restartEngine');
    assert.notEqual(await processId(), first);
  });

  it('is given up when it dies again and again, and comes back by the command', async function () {
    this.timeout(180_000);
    const { engine } = await activated();
    const editor = await openFile('This is teh end.\n');
    for (let deaths = 0; engine.status.state !== 'failed' && deaths < 10; deaths++) {
      const id = await processId();
      process.kill(id, 'SIGKILL');
      await until(() => engine.status.state === 'failed' || (engine.processId !== undefined && engine.processId !== id), 'another process, or the end');
    }
    assert.equal(engine.status.state, 'failed', 'it was started more than ten times');
    await assert.rejects(engine.start());
    await command('correctDocument');
    assert.equal(editor.document.getText(), 'This is teh end.\n');
    await command('restartEngine');
    await diagnosticOn(editor.document, 'teh');
  });

  it('tells its state', async () => {
    const { engine } = await activated();
    await engine.start();
    const status = await engine.getStatus();
    assert.ok(['loading', 'ready', 'busy', 'unloaded', 'failed'].includes(status.state), status.state);
  });

  it('answers while a long document is checked: the host keeps its turn', async () => {
    await activated();
    await openFile('You can recieve messages in teh morning and read them there.\n\n'.repeat(1200));
    let longest = 0;
    let latest = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - latest - 5);
      latest = now;
    }, 5);
    // A command of the editor returns before its work is done: the preview is the end of it.
    await command('correctDocument');
    await until(() => openTabs().some(({ label }) => label.includes('(preview)')), 'the preview', 90_000);
    clearInterval(beat);
    // The figure to reach is 20 ms on a quiet machine (bench/); a loaded one must stay far from what a person notices.
    assert.ok(longest < 250, `the extension host stood still for ${longest.toFixed(0)} ms`);
    await command('previewDiscard');
  });
});

describe('the Refinement Visualizer', () => {
  before(activated);
  afterEach(closeAll);

  it('opens as a panel on the sentence at the cursor', async () => {
    const editor = await openFile('This is teh sentence.\n');
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    await command('showVisualizer');
    await until(() => openTabs().some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('narTextTools.visualizer')), 'the panel');
    assert.equal(editor.document.getText(), 'This is teh sentence.\n');
  });
});
