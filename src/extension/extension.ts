/**
 * Entry of the extension: puts the parts together and starts the engine after activation, so
 * that it costs no start-up time.
 */
import * as vscode from 'vscode';
import { registerTools } from './agents/tools';
import { checksLanguage } from '../protocol/settings';
import { extensionApi, type ExtensionApi } from './api/api';
import { codeActionMiddleware } from './correct/code-actions';
import { registerCommands } from './shell/commands';
import { registerCorrect } from './correct/correct';
import { registerFixAll } from './correct/diagnostics';
import { isSupported } from './shell/documents';
import { localizingMiddleware } from './shell/engine-texts';
import { EngineClient } from './engine/engine-client';
import { action, Messages } from './shell/messages';
import { registerParaphrase } from './paraphrase/paraphrase-commands';
import { Kept } from './kept/kept';
import { registerKept } from './kept/register';
import { registerIssuesView } from './issues/issues-view';
import { Preview } from './shell/preview';
import { Reviewer } from './review/reviewer';
import { registerRestrictedMode } from './shell/restricted-mode';
import type { Services } from './shell/services';
import { partOfSettings, readSettings, section } from './shell/settings';
import { registerStatusBar } from './shell/status-bar';
import { registerSummarize } from './summarize/summarize';
import { VirtualDocuments } from './shell/virtual-documents';
import { registerVisualizer } from './visualizer/visualizer';

/** What the tests get from `activate` beside what other extensions get. */
export interface ExtensionExports extends ExtensionApi {
  readonly engine: EngineClient;
  readonly issues: ReturnType<typeof registerIssuesView>;
  /** Begins a review with remarks that no engine has to make first. */
  readonly reviewer: Pick<Reviewer, 'start'>;
}

let activeClient: EngineClient | undefined;

export function activate(context: vscode.ExtensionContext): ExtensionApi | ExtensionExports {
  const log = vscode.window.createOutputChannel('NAR Text Tools', { log: true });
  const messages = new Messages(context.globalState);
  const kept = new Kept(context, () => client.settingsChanged());
  const client: EngineClient = new EngineClient({
    serverModule: context.asAbsolutePath('dist/server.js'),
    log,
    middleware: {
      ...codeActionMiddleware,
      ...localizingMiddleware,
      workspace: {
        configuration: ({ items }) =>
          Promise.all(
            items.map(async ({ section: requested, scopeUri }) =>
              partOfSettings(
                await kept.settingsOf(scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri)),
                requested,
              ),
            ),
          ),
      },
    },
    onGiveUp: (reason) =>
      messages.error(
        vscode.l10n.t(
          'The NAR engine stopped several times and was not started again. Your text is unchanged. {0}',
          reason,
        ),
        action.restart(),
        action.showLog(),
      ),
  });
  activeClient = client;
  const virtualDocuments = new VirtualDocuments();
  const services: Services = { context, client, log, messages, kept, virtualDocuments };
  let failed = false;
  context.subscriptions.push(
    log,
    client,
    kept,
    virtualDocuments,
    client.onDidChangeStatus((status) => {
      if (status.state === 'ready' && status.model !== undefined && failed) messages.recovered();
      failed = status.state === 'failed';
      if (!status.message || status.state === 'loading') return;
      if (failed && client.processId !== undefined)
        messages.errorOnce(status.message, action.modelSettings(), action.selectModel(), action.showLog());
      else if (status.state === 'ready') messages.hint('engine-notice', status.message, action.showLog());
    }),
  );
  const preview = new Preview(services);
  registerCommands(services);
  registerKept(services);
  const reviewer = new Reviewer(services, preview);
  registerCorrect(services, reviewer);
  registerFixAll(services);
  registerParaphrase(services, preview);
  registerSummarize(services);
  registerVisualizer(context, client);
  registerStatusBar(services);
  const issues = registerIssuesView(services);
  registerRestrictedMode(services);
  registerTools(services);
  startWhenNeeded(services);
  const api = extensionApi(client, kept);
  return context.extensionMode === vscode.ExtensionMode.Test ? { ...api, engine: client, issues, reviewer } : api;
}

/** The engine is asked to end before the extension host does. */
export async function deactivate(): Promise<void> {
  await activeClient?.shutdown();
}

/** With checking as you type the engine runs from the first document of ours on; else a command starts it. */
function startWhenNeeded({ context, client, log }: Services): void {
  const consider = (document: vscode.TextDocument): void => {
    if (!isSupported(document) || client.processId !== undefined) return;
    const settings = readSettings(document.uri);
    const { enable, correct } = settings;
    if (enable && correct.asYouType && checksLanguage(settings, document.languageId))
      client.start().catch((error: unknown) => log.error(String(error)));
  };
  const considerAll = (): void => vscode.workspace.textDocuments.forEach(consider);
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && considerAll()),
  );
  setTimeout(considerAll, 0);
}
