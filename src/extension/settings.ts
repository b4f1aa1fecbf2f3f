/** Reads and writes "narTextTools.*". Lists are the union over user, workspace and folder: VS Code itself would let the narrower one hide the wider. */
import * as vscode from 'vscode';
import { effortNames, efforts, type Effort } from '../protocol/effort';
import { defaultSettings, type Settings } from '../protocol/settings';

export const section = 'narTextTools';

type ListSetting = 'dictionary' | 'ignoredSentences' | 'correct.ignoredTypes';

export type SettingTarget = 'user' | 'workspace' | 'folder';
const targets: Record<SettingTarget, vscode.ConfigurationTarget> = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
  folder: vscode.ConfigurationTarget.WorkspaceFolder,
};

/** Settings as they hold for one document (or, without one, for the window). */
export function readSettings(resource?: vscode.Uri): Settings {
  const configuration = vscode.workspace.getConfiguration(section, resource);
  const value = <T>(key: string, fallback: T): T => configuration.get<T>(key) ?? fallback;
  const group = <K extends 'correct' | 'paraphrase' | 'summarize' | 'model'>(name: K): Settings[K] => {
    const defaults = defaultSettings[name] as unknown as Record<string, unknown>;
    return Object.fromEntries(Object.entries(defaults).map(([key, fallback]) => [key, value(`${name}.${key}`, fallback)])) as unknown as Settings[K];
  };
  const wanted = value<string>('effort', defaultSettings.effort);
  const effort: Effort = effortNames.find((name) => name === wanted) ?? defaultSettings.effort;
  const decoding = (name: 'correct' | 'paraphrase'): Pick<Settings['correct'], 'decoder' | 'passes'> => {
    const decoder = value<string>(`${name}.decoder`, 'auto');
    return { decoder: decoder === 'auto' ? efforts[effort][name].decoder : (decoder as Settings['correct']['decoder']), passes: value(`${name}.passes`, efforts[effort][name].passes) };
  };
  return {
    effort,
    enable: value('enable', defaultSettings.enable),
    correct: { ...group('correct'), ...decoding('correct'), ignoredTypes: readList<Settings['correct']['ignoredTypes'][number]>('correct.ignoredTypes', resource) },
    dictionary: readList('dictionary', resource),
    ignoredSentences: readList('ignoredSentences', resource),
    paraphrase: { ...group('paraphrase'), ...decoding('paraphrase') },
    summarize: group('summarize'),
    model: group('model'),
    device: value('device', defaultSettings.device),
    threads: value('threads', defaultSettings.threads),
    idleMinutes: value('idleMinutes', defaultSettings.idleMinutes),
  };
}

function readList<T extends string>(key: ListSetting, resource?: vscode.Uri): T[] {
  const values = vscode.workspace.getConfiguration(section, resource).inspect<T[]>(key);
  const lists = [values?.globalValue, values?.workspaceValue, values?.workspaceFolderValue];
  return [...new Set(lists.flatMap((list) => (Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [])))];
}

/** Adds one entry to a list setting at one level; other levels stay as they are. */
export async function addToList(key: ListSetting, entry: string, target: SettingTarget, resource?: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section, resource);
  const values = configuration.inspect<string[]>(key);
  const present = { user: values?.globalValue, workspace: values?.workspaceValue, folder: values?.workspaceFolderValue }[target] ?? [];
  if (present.includes(entry)) return;
  await configuration.update(key, [...present, entry], targets[target]);
}

/** Where a setting can be stored for this document: the wider ones first. */
export function possibleTargets(resource?: vscode.Uri): SettingTarget[] {
  const result: SettingTarget[] = ['user'];
  if (vscode.workspace.workspaceFile !== undefined || (vscode.workspace.workspaceFolders?.length ?? 0) > 0) result.push('workspace');
  if ((vscode.workspace.workspaceFolders?.length ?? 0) > 1 && resource && vscode.workspace.getWorkspaceFolder(resource)) result.push('folder');
  return result;
}

/** Changes a setting where it is set already, the narrowest level first, else for the user. */
export async function updateWhereSet(key: string, value: unknown, resource?: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section, resource);
  const present = configuration.inspect(key);
  const target = present?.workspaceFolderValue !== undefined ? vscode.ConfigurationTarget.WorkspaceFolder
    : present?.workspaceValue !== undefined ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await configuration.update(key, value, target);
}

/** Answer to the engine's workspace/configuration: what `readSettings` reads, or one key of it ("narTextTools.correct.delay"). */
export function settingsForEngine(requested: string | undefined, resource?: vscode.Uri): unknown {
  const settings: unknown = readSettings(resource);
  if (requested === undefined || requested === section) return settings;
  return requested.split('.').slice(1).reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], settings) ?? null;
}
