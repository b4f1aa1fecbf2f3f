/**
 * Reads and writes "narTextTools.*". Lists are the union over user, workspace and folder: VS Code itself would let the
 * narrower one hide the wider.
 */
import * as vscode from 'vscode';
import { readSettings as normalized, settingsSection as section } from '../../protocol/read-settings';
import { defaultSettings, type Settings } from '../../protocol/settings';

export { section };

/** Keys of the settings that hold further ones. */
const groups: readonly string[] = ['correct', 'paraphrase', 'summarize', 'model'] satisfies (keyof Settings)[];

const listSettings = ['dictionary', 'ignoredSentences', 'correct.ignoredTypes'] as const;
export type ListSetting = (typeof listSettings)[number];
const isListSetting = (name: string): name is ListSetting => (listSettings as readonly string[]).includes(name);

export type SettingTarget = 'user' | 'workspace' | 'folder';
const targets: Record<SettingTarget, vscode.ConfigurationTarget> = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
  folder: vscode.ConfigurationTarget.WorkspaceFolder,
};

/**
 * Settings as they hold for one document (or, without one, for the window), with the same fall-backs as in the engine.
 */
export function readSettings(resource?: vscode.Uri): Settings {
  const configuration = vscode.workspace.getConfiguration(section, resource);
  const keys = (prefix: string, defaults: object): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(defaults).map(([key, fallback]: [string, unknown]) => {
        const name = `${prefix}${key}`;
        if (isListSetting(name)) return [key, readList(name, resource)];
        return [key, groups.includes(name) ? keys(`${name}.`, fallback as object) : configuration.get(name)];
      }),
    );
  return normalized(keys('', defaultSettings));
}

function readList(key: ListSetting, resource?: vscode.Uri): string[] {
  const values = vscode.workspace.getConfiguration(section, resource).inspect<string[]>(key);
  const lists = [values?.globalValue, values?.workspaceValue, values?.workspaceFolderValue];
  return [
    ...new Set(lists.flatMap((list) => (Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []))),
  ];
}

/**
 * Adds one entry to a list setting at one level; other levels stay as they are. Resolves to whether it was not there.
 */
export async function addToList(
  key: ListSetting,
  entry: string,
  target: SettingTarget,
  resource?: vscode.Uri,
): Promise<boolean> {
  const present = listAt(key, target, resource);
  if (present.includes(entry)) return false;
  const configuration = vscode.workspace.getConfiguration(section, resource);
  await configuration.update(key, [...present, entry], targets[target]);
  return true;
}

/** Takes one entry out of a list setting at one level; a list that is empty then goes too. */
export async function removeFromList(
  key: ListSetting,
  entry: string,
  target: SettingTarget,
  resource?: vscode.Uri,
): Promise<void> {
  const left = listAt(key, target, resource).filter((each) => each !== entry);
  const configuration = vscode.workspace.getConfiguration(section, resource);
  await configuration.update(key, left.length > 0 ? left : undefined, targets[target]);
}

function listAt(key: ListSetting, target: SettingTarget, resource?: vscode.Uri): string[] {
  const values = vscode.workspace.getConfiguration(section, resource).inspect<string[]>(key);
  const lists = { user: values?.globalValue, workspace: values?.workspaceValue, folder: values?.workspaceFolderValue };
  return lists[target] ?? [];
}

/** Where a setting can be stored for this document: the wider ones first. */
export function possibleTargets(resource?: vscode.Uri): SettingTarget[] {
  const result: SettingTarget[] = ['user'];
  if (vscode.workspace.workspaceFile !== undefined || (vscode.workspace.workspaceFolders?.length ?? 0) > 0)
    result.push('workspace');
  if ((vscode.workspace.workspaceFolders?.length ?? 0) > 1 && resource && vscode.workspace.getWorkspaceFolder(resource))
    result.push('folder');
  return result;
}

/** Changes a setting where it is set already, the narrowest level first, else for the user. */
export async function updateWhereSet(key: string, value: unknown, resource?: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section, resource);
  const present = configuration.inspect(key);
  const target =
    present?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : present?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  await configuration.update(key, value, target);
}

/** Answer to the engine's workspace/configuration: all settings, or one key of them ("narTextTools.correct.delay"). */
export function partOfSettings(settings: Settings, requested: string | undefined): unknown {
  if (requested === undefined || requested === section) return settings;
  return (
    requested
      .split('.')
      .slice(1)
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], settings) ?? null
  );
}
