/** The client's settings, asked for once and kept until it says that they changed; each document may have its own. */
import type { Connection } from 'vscode-languageserver/node';
import { messageOf } from '../engine/errors';
import { readSettings, settingsSection } from '../protocol/read-settings';
import { defaultSettings, type Settings } from '../protocol/settings';

export class ClientSettings {
  private latest: Promise<Settings> | undefined;
  private readonly ofDocuments = new Map<string, Promise<Settings>>();
  private fallback: Settings = defaultSettings;

  /** @param configures whether the client answers workspace/configuration */
  constructor(
    private readonly connection: Connection,
    private readonly configures: boolean,
    initial: unknown,
  ) {
    if (initial !== undefined) this.fallback = readSettings(initial);
  }

  /** What holds before the client has answered. */
  get initial(): Settings {
    return this.fallback;
  }

  /** Never rejects. */
  ofWindow(): Promise<Settings> {
    this.latest ??= this.configures
      ? this.connection.workspace.getConfiguration(settingsSection).then(readSettings, (error: unknown) => {
          this.connection.console.error(`The settings cannot be read: ${messageOf(error)}`);
          return this.fallback;
        })
      : Promise.resolve(this.fallback);
    return this.latest;
  }

  /** Settings may differ from folder to folder. */
  of(uri: string): Promise<Settings> {
    if (!this.configures) return this.ofWindow();
    let own = this.ofDocuments.get(uri);
    if (!own) {
      own = this.connection.workspace
        .getConfiguration({ scopeUri: uri, section: settingsSection })
        .then(readSettings, () => this.ofWindow());
      this.ofDocuments.set(uri, own);
    }
    return own;
  }

  close(uri: string): void {
    this.ofDocuments.delete(uri);
  }

  /**
   * @param sent what workspace/didChangeConfiguration carries: all sections of a client that does not answer questions
   */
  changed(sent: unknown): void {
    this.latest = undefined;
    this.ofDocuments.clear();
    const own = (sent as Record<string, unknown> | null)?.[settingsSection];
    if (!this.configures && own !== undefined) this.fallback = readSettings(own);
  }
}
