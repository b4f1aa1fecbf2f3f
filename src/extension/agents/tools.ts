/**
 * The tools for agents in the editor (language model tools); package.json names them, made from the same descriptions.
 */
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { runTool, ToolInputError, type Standing } from '../../protocol/run-tool';
import { toolNames, type ToolName } from '../../protocol/tools';
import type { Services } from '../shell/services';

/** What a person reads while a tool runs. */
function running(name: ToolName): string {
  const texts: Record<ToolName, string> = {
    correct: vscode.l10n.t('Correcting spelling and grammar'),
    rewrite: vscode.l10n.t('Rewriting'),
    summarize: vscode.l10n.t('Summarizing'),
  };
  return texts[name];
}

/** As for the same file in an editor; a relative path is meant from the first folder of the workspace. */
async function standingOf(file: string | undefined, kept: Services['kept']): Promise<Standing> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const own = await kept.settingsOf();
  if (file === undefined) return { settings: own };
  const resource = isAbsolute(file) || folder === undefined ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder, file);
  const settings = await kept.settingsOf(resource);
  return { settings, format: kept.projects.formatOf(resource), isLeftAlone: own.enable && !settings.enable };
}

/** An editor that is built without agents has nothing to register at. */
export function registerTools({ context, client, kept }: Services): void {
  const { lm } = vscode as { lm?: typeof vscode.lm };
  if (lm === undefined) return;
  for (const name of toolNames) {
    const tool: vscode.LanguageModelTool<object> = {
      prepareInvocation: () => ({ invocationMessage: running(name) }),
      invoke: async ({ input }, token) => {
        const services = {
          correct: (params: Parameters<typeof client.correct>[0]) => client.correct(params, token),
          paraphrase: (params: Parameters<typeof client.paraphrase>[0]) => client.paraphrase(params, token),
          summarize: (params: Parameters<typeof client.summarize>[0]) => client.summarize(params, token),
        };
        const { text, data } = await runTool(name, input, services, (file) => standingOf(file, kept)).catch(
          (error: unknown) => {
            // Read by the model, which then calls with what the tool takes.
            if (error instanceof ToolInputError) return { text: error.message, data: undefined };
            throw error;
          },
        );
        const parts = [text, ...(data ? [JSON.stringify(data)] : [])];
        return new vscode.LanguageModelToolResult(parts.map((part) => new vscode.LanguageModelTextPart(part)));
      },
    };
    context.subscriptions.push(lm.registerTool(`nar_text_${name}`, tool));
  }
}
