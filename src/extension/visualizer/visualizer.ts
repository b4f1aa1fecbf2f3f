/** The command "Show Refinement Visualizer" and the panel's return after a window reload. */
import { watchedDecoder } from '../../protocol/decoder-facts';
import { decoderRecords } from '../../protocol/decoders';
import * as vscode from 'vscode';
import { isSavedPanel, type PanelOrigin, type RunRequest } from '../../protocol/panel';
import type { Task } from '../../protocol/trace';
import { rangeAt, textFormat } from '../shell/documents';
import { sentencesIn, type ProseReader } from '../shell/document-sentences';
import { readSettings } from '../shell/settings';
import { leadingSentences } from './visualizer-origin';
import { VisualizerPanel, viewType } from './visualizer-panel';
import type { TraceEngine } from './visualizer-run';

/**
 * How a correction is watched: the editor's own way has one round and nothing to see. The list of fixes is the
 * editor's (docs/decisions/0013).
 */
const watched = { decoder: watchedDecoder('fix'), passes: 5, options: {} };

function requestFor(text: string, task: Task, document?: vscode.TextDocument): RunRequest {
  const { correct, paraphrase, summarize, experimental } = readSettings(document?.uri);
  const { decoder, passes, options } =
    task === 'fix'
      ? experimental.correct?.decoder
        ? correct
        : watched
      : task === 'summarize'
        ? { ...summarize, options: {} }
        : paraphrase;
  return {
    text,
    task,
    format: document ? textFormat(document) : 'markdown',
    decoder,
    options: { ...options, ...(decoderRecords[decoder].toTheEnd ? {} : { passes }) },
  };
}

/** The selection grown to whole sentences, or the sentence at the cursor; nothing where there is no prose. */
async function originIn(client: ProseReader, editor: vscode.TextEditor): Promise<PanelOrigin | undefined> {
  const { document, selection } = editor;
  const sentences = await sentencesIn(client, document, selection);
  const found = leadingSentences(sentences);
  if (!found) return undefined;
  const text = document.getText(rangeAt(document, found.start, found.end));
  const line = document.positionAt(found.start).line + 1;
  const name = document.uri.path.split('/').at(-1) ?? document.uri.path;
  const place = vscode.l10n.t('{0}, line {1}', name, line);
  const label = found.complete
    ? place
    : vscode.l10n.t(
        '{0}: only the first {1} characters, whole sentences, of a longer selection',
        place,
        found.end - found.start,
      );
  return { uri: document.uri.toString(), start: found.start, end: found.end, text, label };
}

export function registerVisualizer(context: vscode.ExtensionContext, client: TraceEngine & ProseReader): void {
  const distribution = vscode.Uri.joinPath(context.extensionUri, 'dist');
  let current: { panel: VisualizerPanel; view: vscode.WebviewPanel } | undefined;

  const adopt = (view: vscode.WebviewPanel, origin: PanelOrigin | undefined): VisualizerPanel => {
    const panel = new VisualizerPanel(view, distribution, client, origin);
    current = { panel, view };
    view.onDidDispose(() => {
      if (current?.view === view) current = undefined;
    });
    return panel;
  };

  context.subscriptions.push(
    vscode.commands.registerCommand('narTextTools.showVisualizer', async (options?: { task?: Task }) => {
      const editor = vscode.window.activeTextEditor;
      if (!editor && current) {
        current.view.reveal(); // The panel itself has the focus: there is no other text to open it on.
        return;
      }
      const origin = editor ? await originIn(client, editor) : undefined;
      const request = requestFor(origin?.text ?? '', options?.task ?? 'fix', editor?.document);
      const panel =
        current?.panel ??
        adopt(
          vscode.window.createWebviewPanel(viewType, vscode.l10n.t('Refinement Visualizer'), vscode.ViewColumn.Beside),
          origin,
        );
      panel.open(request, origin);
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (view, state: unknown) => {
        // The page restores the trace from its own saved state; the host only needs to know the place in the document.
        adopt(view, isSavedPanel(state) ? state.origin : undefined);
      },
    }),
  );
}
