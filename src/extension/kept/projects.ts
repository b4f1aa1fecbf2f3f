/**
 * Project files as the engine and the command line read them (src/project), for the requests that the extension makes
 * itself. Files of this machine have them; documents elsewhere go by the settings alone.
 */
import * as vscode from 'vscode';
import { ProjectError } from '../../project/project-file';
import { Projects } from '../../project/projects';
import { withProject } from '../../project/settings';
import type { TextFormat } from '../../protocol/formats';
import { ignoreFileName, projectDictionaryName, projectFileName } from '../../protocol/project-file';
import type { Settings } from '../../protocol/settings';

export class EditorProjects implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly projects = new Projects();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  private watching = false;
  readonly onDidChange = this.changed.event;

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** What the project says comes before the settings. A wrong project file says nothing: the engine has told it. */
  apply(settings: Settings, resource: vscode.Uri): Settings {
    return resource.scheme === 'file'
      ? this.tried(() => withProject(settings, resource.fsPath, this.projects), settings)
      : settings;
  }

  /** The list of words of the project that a document is in; undefined without a project file. */
  listOf(resource: vscode.Uri): vscode.Uri | undefined {
    if (resource.scheme !== 'file') return undefined;
    const project = this.tried(() => this.projects.of(resource.fsPath), undefined);
    return project?.file === undefined ? undefined : vscode.Uri.file(project.dictionary);
  }

  /** Whether a file that nobody has named is left alone: what git ignores counts as well. */
  isLeftOut(resource: vscode.Uri): boolean {
    return resource.scheme === 'file' && this.tried(() => this.projects.isIgnored(resource.fsPath), false);
  }

  /** The format that the project says for a file; undefined where it says none. */
  formatOf(resource: vscode.Uri): TextFormat | undefined {
    if (resource.scheme !== 'file') return undefined;
    return this.tried(() => this.projects.of(resource.fsPath)?.formatOf(resource.fsPath), undefined);
  }

  /** Files may have changed that nobody watches, as those that say what git ignores. */
  forgetAll(): void {
    this.projects.forget();
  }

  /** A list was written here. */
  forget({ scheme }: vscode.Uri): void {
    if (scheme === 'file') this.projects.forget();
  }

  private tried<Result>(read: () => Result, otherwise: Result): Result {
    this.watch();
    try {
      return read();
    } catch (error) {
      if (error instanceof ProjectError) return otherwise;
      throw error;
    }
  }

  private watch(): void {
    if (this.watching) return;
    this.watching = true;
    const changed = (): void => {
      this.projects.forget();
      this.changed.fire();
    };
    for (const name of [projectFileName, ignoreFileName, projectDictionaryName]) {
      const watcher = vscode.workspace.createFileSystemWatcher(`**/${name}`);
      this.subscriptions.push(
        watcher,
        watcher.onDidChange(changed),
        watcher.onDidCreate(changed),
        watcher.onDidDelete(changed),
      );
    }
  }
}
