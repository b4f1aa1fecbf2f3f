/**
 * Restricted Mode: VS Code does not use the settings of `restrictedConfigurations` from a workspace that is not
 * trusted. That is silent, so a workspace that has such settings is told of once, with what to do.
 */
import * as vscode from 'vscode';
import type { Services } from './services';

export function registerRestrictedMode({ context, messages, log }: Services): void {
  if (vscode.workspace.isTrusted) return;
  const { capabilities } = context.extension.packageJSON as {
    capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  };
  const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
  void settingsFiles()
    .then((texts) => {
      const unused = restrictedConfigurations.filter((name) => texts.some((text) => text.includes(`"${name}"`)));
      if (unused.length === 0) return;
      messages.hint(
        'restricted-mode',
        vscode.l10n.t(
          'In Restricted Mode these settings of the workspace are not used: {0}. Your own settings hold, and nothing else is switched off.',
          unused.join(', '),
        ),
        {
          title: vscode.l10n.t('Manage Workspace Trust'),
          run: () => vscode.commands.executeCommand('workbench.trust.manage'),
        },
      );
    })
    .catch((error: unknown) => log.warn(String(error)));
}

/** Texts of the files in which a workspace keeps settings. VS Code's own look-up does not show the restricted ones. */
async function settingsFiles(): Promise<string[]> {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const files = workspaceFolders.map(({ uri }) => vscode.Uri.joinPath(uri, '.vscode', 'settings.json'));
  if (workspaceFile && workspaceFile.scheme !== 'untitled') files.push(workspaceFile);
  const read = async (file: vscode.Uri): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return Promise.all(files.map((file) => read(file).catch(() => '')));
}
