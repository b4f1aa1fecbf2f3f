/** "Select Model": the bundled models, the one in the settings, or any folder in the layout of docs/model-format.md. */
import * as vscode from 'vscode';
import type { EngineStatus, ModelDescription } from '../../protocol/requests';
import { withProgress } from './messages';
import type { Services } from './services';
import { readSettings, updateWhereSet } from './settings';

type ModelItem = vscode.QuickPickItem & { pick?: () => Promise<string | undefined> };

export async function selectModel(services: Services): Promise<void> {
  try {
    const models = await withProgress(vscode.l10n.t('Looking for models…'), (token) => services.client.models(token));
    const { path } = readSettings().model;
    const items: ModelItem[] = models.map((model) => ({
      label: `$(package) ${model.name}`,
      description: `${model.version} · ${megabytes(model)} · ${model.dtypes.join(', ')}${isInUse(model, services.client.status) ? ` · ${vscode.l10n.t('in use')}` : ''}`,
      detail: model.description,
      pick: async () => model.folder,
    }));
    if (path !== '')
      items.push({
        label: `$(discard) ${vscode.l10n.t('Use the bundled model')}`,
        description: vscode.l10n.t('forgets {0}', path),
        pick: async () => '',
      });
    items.push(
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: `$(folder-opened) ${vscode.l10n.t('Choose a Folder…')}`, pick: () => chooseFolder(services) },
    );
    const chosen = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Select Model'),
      matchOnDescription: true,
      matchOnDetail: true,
    });
    const folder = await chosen?.pick?.();
    if (folder !== undefined && folder !== path) await updateWhereSet('model.path', folder);
  } catch (error) {
    services.messages.failure(error, () => selectModel(services));
  }
}

async function chooseFolder({ messages }: Services): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    title: vscode.l10n.t('Folder of the model (with manifest.json)'),
  });
  const folder = chosen?.[0];
  if (!folder) return undefined;
  try {
    await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, 'manifest.json'));
    return folder.fsPath;
  } catch {
    messages.warning(
      vscode.l10n.t(
        '“{0}” holds no manifest.json, so it is not a model folder. Choose the folder that holds manifest.json, tokenizer.json and onnx/.',
        folder.fsPath,
      ),
    );
    return undefined;
  }
}

function isInUse({ name }: ModelDescription, { model, models }: EngineStatus): boolean {
  return models ? models.some((one) => one.name === name) : model === name;
}

function megabytes({ bytes }: ModelDescription): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
