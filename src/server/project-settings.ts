/**
 * What project files, dictionaries and ignore files say about the documents of a client, and when they have changed.
 */
import { fileURLToPath } from 'node:url';
import {
  DidChangeWatchedFilesNotification,
  MessageType,
  ShowMessageNotification,
  type ClientCapabilities,
  type Connection,
} from 'vscode-languageserver/node';
import { ProjectError } from '../project/project-file';
import { Projects } from '../project/projects';
import { withProject } from '../project/settings';
import { editorDictionaryName, ignoreFileName, projectDictionaryName, projectFileName } from '../protocol/project-file';
import type { Settings } from '../protocol/settings';

const watched = [projectFileName, ignoreFileName, projectDictionaryName, editorDictionaryName];

export class ProjectSettings {
  readonly projects = new Projects();
  private readonly told = new Set<string>();
  private isWatching = false;

  /** @param onChange documents have to be checked again */
  constructor(
    private readonly connection: Connection,
    private readonly onChange: () => void,
  ) {
    connection.onDidChangeWatchedFiles(() => this.changed());
  }

  /** Files that change outside of the editor are told by clients that can watch. */
  watch({ workspace }: ClientCapabilities): void {
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration !== true) return;
    this.isWatching = true;
    const watchers = watched.map((name) => ({ globPattern: `**/${name}` }));
    void this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => undefined);
  }

  /** A document was opened: a client that does not watch tells nothing of what changed before. */
  opened(): void {
    if (!this.isWatching) this.projects.forget();
  }

  /** A document was written, and it may be a list of words under a name of its own. */
  saved(uri: string): void {
    const file = fileOf(uri);
    if (!this.isWatching || (file !== undefined && this.isDictionary(file))) this.changed();
  }

  /** A wrong project file is told once, and the client's own settings hold until it is right. */
  apply(settings: Settings, uri: string): Settings {
    const file = fileOf(uri);
    if (file === undefined) return settings;
    try {
      return withProject(settings, file, this.projects);
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      this.tell(error.message);
      return settings;
    }
  }

  private changed(): void {
    this.projects.forget();
    this.told.clear();
    this.onChange();
  }

  private isDictionary(file: string): boolean {
    try {
      return this.projects.of(file)?.dictionary === file;
    } catch (error) {
      if (error instanceof ProjectError) return false;
      throw error;
    }
  }

  private tell(message: string): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    void this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  }
}

/** The path of a document that is a file of this machine. */
function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
