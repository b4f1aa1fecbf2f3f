import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activated,
  closeAll,
  command,
  diagnosticOn,
  openFile,
  openTabs,
  previewTab,
  until,
  withSettings,
} from './support';

/** Milliseconds of processor time of this thread; of the whole process where Node does not tell them apart. */
function processorTime(): number {
  const { user, system } =
    (process as { threadCpuUsage?: typeof process.cpuUsage }).threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

/** Processor time of work that is always the same: texts read, written and searched. */
function referenceWork(): number {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ start: index, end: index + 7, text: `word ${index}` }));
  const before = processorTime();
  for (let round = 0; round < 3; round++)
    JSON.stringify(JSON.parse(JSON.stringify(rows))).replace(/\bword (\d+)/g, (_, digits: string) => digits);
  return processorTime() - before;
}

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
    // No two sentences alike: the cache would make a short run of it.
    const text = Array.from(
      { length: 300 },
      (_, index) => `You can recieve ${index} messages in teh morning and read them there.\n\n`,
    ).join('');
    const editor = await withSettings({ 'correct.asYouType': false }, async () => {
      const opened = await openFile(text);
      const { engine } = await activated();
      const first = await processId();
      const running = command('correctDocument');
      await until(() => engine.status.state === 'busy', 'the run');
      process.kill(first, 'SIGKILL');
      await running;
      await until(() => engine.processId !== first, 'the end of the process');
      await command('reviewDiff');
      assert.equal(previewTab(opened.document), undefined);
      return opened;
    });
    await command('previewDiscard');
    assert.equal(editor.document.getText(), text);
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'This is teh end.', language: 'markdown' }),
    );
    const { document } = vscode.window.activeTextEditor!;
    await command('correctDocument');
    await command('reviewDiff');
    await until(() => previewTab(document), 'the preview of the new engine');
  });

  it('is restarted by the command', async () => {
    const first = await processId();
    await command('restartEngine');
    assert.notEqual(await processId(), first);
  });

  it('is given up when it dies again and again, and comes back by the command', async function () {
    this.timeout(600_000);
    const { engine } = await activated();
    const editor = await openFile('This is teh end.\n');
    for (let deaths = 0; engine.status.state !== 'failed' && deaths < 10; deaths++) {
      const id = await processId();
      process.kill(id, 'SIGKILL');
      await until(
        () => engine.status.state === 'failed' || (engine.processId !== undefined && engine.processId !== id),
        'another process, or the end',
      );
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

  it('computes in its own process: the host never works for long at one go while a long document is checked', async () => {
    await activated();
    const { document } = await openFile(
      'You can recieve messages in teh morning and read them there.\n\n'.repeat(1200),
    );
    // Processor time, not the clock: on a busy machine the host also stands still because others have their turn.
    let longest = 0;
    let latest = processorTime();
    const beat = setInterval(() => {
      const now = processorTime();
      longest = Math.max(longest, now - latest);
      latest = now;
    }, 5);
    // A command of the editor returns before its work is done: the review's bar is the end of it.
    await command('correctDocument');
    await until(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return lenses.some((lens) => lens.command?.title === '1 of 2400');
    }, 'the review');
    clearInterval(beat);
    // The figure to reach is 20 ms of our own work (bench/extension-host.mjs); other extensions
    // share the host and have theirs, and a slow processor takes longer for the same.
    const most = Math.max(200, 2 * referenceWork());
    assert.ok(longest < most, `the extension host worked for ${longest.toFixed(0)} of ${most.toFixed(0)} ms at one go`);
    await command('reviewEnd');
  });
});

describe('the Refinement Visualizer', () => {
  before(activated);
  afterEach(closeAll);

  it('opens as a panel on the sentence at the cursor', async () => {
    const editor = await openFile('This is teh sentence.\n');
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    await command('showVisualizer');
    await until(
      () =>
        openTabs().some(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('narTextTools.visualizer'),
        ),
      'the panel',
    );
    assert.equal(editor.document.getText(), 'This is teh sentence.\n');
  });
});
