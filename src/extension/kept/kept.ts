/**
 * Settings as they hold for one document, with what is kept beside the settings: dictionaries, what is ignored in it,
 * and what its project says.
 */
import * as vscode from 'vscode';
import type { Settings } from '../../protocol/settings';
import { readSettings } from '../shell/settings';
import { Dictionaries } from './dictionaries';
import { Ignored } from './ignored';
import { EditorProjects } from './projects';

/** Quiet time after which a change is told, in milliseconds: one stroke may change several lists. */
const quiet = 50;

export class Kept implements vscode.Disposable {
  readonly dictionaries: Dictionaries;
  readonly ignored: Ignored;
  readonly projects = new EditorProjects();
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  /** @param onChange documents have to be checked again */
  constructor(context: vscode.ExtensionContext, onChange: () => void) {
    this.dictionaries = new Dictionaries(context.globalStorageUri, this.projects);
    this.ignored = new Ignored(context.globalState);
    const later = (): void => {
      clearTimeout(this.timer);
      this.timer = setTimeout(onChange, quiet);
    };
    this.subscriptions = [
      this.dictionaries,
      this.ignored,
      this.projects,
      this.projects.onDidChange(later),
      this.dictionaries.onDidChange(later),
      this.ignored.onDidChange(later),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  async settingsOf(resource?: vscode.Uri): Promise<Settings> {
    const settings = readSettings(resource);
    const words = await this.dictionaries.wordsFor(resource);
    const { remarks, kinds } = resource ? this.ignored.of(resource) : { remarks: [], kinds: [] };
    const own: Settings = {
      ...settings,
      // A list of words is no text: nothing in it is an error.
      enable: settings.enable && !(resource && this.dictionaries.isList(resource)),
      dictionary: [...new Set([...settings.dictionary, ...words])],
      ignoredRemarks: remarks,
      correct: { ...settings.correct, ignoredTypes: [...new Set([...settings.correct.ignoredTypes, ...kinds])] },
    };
    return resource ? this.projects.apply(own, resource) : own;
  }
}
