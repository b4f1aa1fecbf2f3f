/**
 * The host of one Refinement Visualizer panel: answers its messages, runs the engine for it,
 * touches a document only on "Apply".
 */
import { decoderRecords } from '../../protocol/decoders';
import * as vscode from 'vscode';
import {
  isPanelMessage,
  type HostMessage,
  type PanelMessage,
  type PanelOrigin,
  type RunRequest,
} from '../../protocol/panel';
import { isReadOnly } from '../shell/documents';
import { changeDocument } from '../shell/preview';
import { openTrace, savePage, savePicture, saveTrace } from './visualizer-files';
import { locateUnchanged } from './visualizer-origin';
import { carryOver, type TracedText } from './visualizer-output';
import { pageOf } from './visualizer-page';
import { VisualizerRun, type TraceEngine } from './visualizer-run';
import { VisualizerSideRuns } from './visualizer-side-runs';

export const viewType = 'narTextTools.visualizer';

export class VisualizerPanel implements vscode.Disposable {
  private run: VisualizerRun | undefined;
  private readonly sideRuns: VisualizerSideRuns;
  private runNumber = 0;
  /** The page listens. It is gone whenever the panel is hidden. */
  private ready = false;
  /** Opened on a new text since the page last heard of one. */
  private opened: RunRequest | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly distribution: vscode.Uri,
    private readonly engine: TraceEngine,
    private origin: PanelOrigin | undefined,
  ) {
    this.sideRuns = new VisualizerSideRuns(engine, (message) => this.send(message));
    panel.webview.options = { enableScripts: true, localResourceRoots: [distribution] };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (isPanelMessage(message)) void this.receive(message);
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.ready = false;
    });
    const watching = engine.onDidChangeStatus(() => this.tellDecoders());
    panel.onDidDispose(() => {
      watching.dispose();
      this.run?.cancel();
      this.sideRuns.cancel();
    });
    panel.webview.html = pageOf(panel.webview, distribution);
  }

  /** Shows another text in this panel and runs it at once if there is one. */
  open(request: RunRequest, origin: PanelOrigin | undefined): void {
    this.origin = origin;
    this.opened = request;
    this.panel.reveal();
    if (this.ready) this.tellOpened();
    if (request.text !== '') this.start(request);
  }

  dispose(): void {
    this.panel.dispose();
  }

  private send(message: HostMessage): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }

  private tellOpened(): void {
    const request = this.opened;
    this.opened = undefined;
    this.send({
      type: 'init',
      run: request !== undefined && request.text !== '',
      ...(request ? { request } : {}),
      ...(this.origin ? { origin: this.origin } : {}),
    });
  }

  /** Before the model is loaded nobody knows: then the panel offers all. */
  private tellDecoders(): void {
    const { decoders } = this.engine.status;
    if (decoders) this.send({ type: 'decoders', decoders });
  }

  private start(request: RunRequest): void {
    this.run?.cancel();
    this.sideRuns.cancel();
    const run: VisualizerRun = new VisualizerRun(
      `run-${Date.now().toString(36)}-${++this.runNumber}`,
      request,
      (message) => {
        // An earlier run that still ends must not speak into the new one.
        if (this.run === run) this.send(message);
      },
    );
    this.run = run;
    void run.start(this.engine);
  }

  private async receive(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.tellOpened();
        this.tellDecoders();
        if (this.run && this.run.runId !== message.runId) this.run.replay();
        break;
      case 'run':
        this.start(message.request);
        break;
      case 'sideRun':
        this.sideRuns.add(message.key, message.request);
        break;
      case 'cancel':
        this.run?.cancel();
        break;
      // For a decoder that cannot go on from a draft, a chosen token stays a local change of the draft that is shown.
      case 'substitute':
        if (decoderRecords[message.request.decoder].draft) this.start(message.request);
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        this.notice('information', vscode.l10n.t('Copied.'));
        break;
      case 'apply':
        await this.attempt(() => this.apply(message.text, message.trace));
        break;
      case 'exportTrace':
        await this.attempt(() => this.exported(saveTrace(message.trace)));
        break;
      case 'exportPicture':
        await this.attempt(() => this.exported(savePicture(message.format, message.data), message.format === 'print'));
        break;
      case 'exportPage':
        await this.attempt(() => this.exported(savePage(message.trace, this.distribution)));
        break;
      case 'importTrace':
        await this.attempt(() => this.importTrace());
        break;
    }
  }

  private notice(level: 'information' | 'warning' | 'error', message: string): void {
    this.send({ type: 'notice', level, message });
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notice('error', error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * Replaces the text that the panel was opened on, in one undo step, if it still stands in the document word for word.
   */
  private async apply(output: string, trace: TracedText): Promise<void> {
    const { origin } = this;
    if (!origin) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(origin.uri));
    if (await isReadOnly(document)) {
      this.notice(
        'warning',
        vscode.l10n.t('{0} cannot be changed. Use “Copy” and paste the text where you want it.', origin.label),
      );
      return;
    }
    const start = locateUnchanged(document.getText(), origin.start, origin.text);
    if (start === undefined) {
      this.notice(
        'warning',
        vscode.l10n.t(
          'Not applied: the text in {0} was changed since. Open the visualizer again on the new text, or use “Copy”.',
          origin.label,
        ),
      );
      return;
    }
    const text = carryOver(origin.text, trace, output);
    if (text === undefined) {
      this.notice(
        'warning',
        vscode.l10n.t(
          'Not applied: the change would touch markup or code in {0}. Use “Copy” and put the words in yourself.',
          origin.label,
        ),
      );
      return;
    }
    if ((await changeDocument(document, [{ start, end: start + origin.text.length, text }])) !== 'done') {
      this.notice(
        'warning',
        vscode.l10n.t('{0} did not accept the change. Use “Copy” and paste the text where you want it.', origin.label),
      );
      return;
    }
    this.origin = { ...origin, start, end: start + text.length, text };
    this.send({ type: 'applied', origin: this.origin });
    this.notice('information', vscode.l10n.t('Applied to {0}. One undo takes it back.', origin.label));
  }

  /** Tells where the file went, when one was written. */
  private async exported(path: Promise<string | undefined>, toPrint = false): Promise<void> {
    const written = await path;
    if (written === undefined) return;
    const told = toPrint
      ? vscode.l10n.t('Exported to {0}. Open it in a browser and print it; its print dialog makes a PDF, too.', written)
      : vscode.l10n.t('Exported to {0}.', written);
    this.notice('information', told);
  }

  private async importTrace(): Promise<void> {
    const file = await openTrace();
    if (file) this.send({ type: 'imported', ...file });
  }
}
