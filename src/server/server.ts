/** The parts of the server for one client, put together when the client has said who it is. */
import path from 'node:path';
import {
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver/node';
import { Engine } from '../engine/engine';
import { GuardedWork } from '../engine/guarded-work';
import { settingsSection } from '../protocol/read-settings';
import { methods } from '../protocol/requests';
import { type InitializationOptions } from '../protocol/language-server';
import type { Settings } from '../protocol/settings';
import { rootsOf, type Abilities } from './abilities';
import { DocumentChecker } from './checker';
import { ClientSettings } from './client-settings';
import { Commands } from './commands';
import { Kept, usualFolder } from './kept';
import { limitsOf } from './limits';
import type { OpenDocuments } from './open-documents';
import { ProjectSettings } from './project-settings';
import { DiagnosticReports } from './reports';

export class Server {
  readonly settings: ClientSettings;
  readonly engine: Engine;
  readonly guard: GuardedWork;
  readonly kept: Kept;
  readonly project: ProjectSettings;
  readonly reports = new DiagnosticReports();
  readonly checker: DocumentChecker;
  readonly commands: Commands;

  constructor(
    private readonly connection: Connection,
    private readonly open: OpenDocuments,
    readonly abilities: Abilities,
    options: InitializationOptions,
    private readonly params: InitializeParams,
  ) {
    const { documents } = open;
    const { watchdog, timeLimit, folder, keep } = limitsOf(process.argv);
    this.settings = new ClientSettings(connection, abilities.configures, options.settings);
    this.engine = new Engine({
      timeLimit,
      modelsFolder:
        typeof options.modelsFolder === 'string' ? options.modelsFolder : path.join(__dirname, '..', 'models'),
      settings: this.settings.initial,
      onStatus: (status) => void connection.sendNotification(methods.status, status),
    });
    this.guard = new GuardedWork({ seconds: watchdog, folder });
    this.project = new ProjectSettings(connection, () => this.checkAll());
    this.kept = new Kept(
      { folder: keep ?? usualFolder(), roots: rootsOf(params), projects: this.project.projects },
      (message) => connection.console.error(message),
    );
    const settingsOf = (uri: string): Promise<Settings> => this.settingsOf(uri);
    const reports = abilities.pulls ? this.reports : undefined;
    this.checker = new DocumentChecker(
      connection,
      documents,
      this.engine,
      settingsOf,
      this.guard,
      reports,
      abilities.showsProgress,
      (uri) => {
        if (abilities.ownInterface) void connection.sendNotification(methods.checked, { uri });
      },
    );
    this.commands = new Commands(connection, {
      engine: this.engine,
      guard: this.guard,
      abilities,
      kept: this.kept,
      settingsOf,
      documentOf: (uri) => documents.get(uri),
      onKept: () => this.checkAll(),
    });
  }

  /** The client is ready for questions. */
  async begin(): Promise<void> {
    this.project.watch(this.params.capabilities);
    if (this.abilities.registers)
      void this.connection.client
        .register(DidChangeConfigurationNotification.type, { section: settingsSection })
        .catch(() => undefined);
    const current = await this.settings.ofWindow();
    await this.engine.configure(current);
    // Loaded ahead of the first keystroke, so that this one is not the slow one.
    if (current.enable && current.correct.asYouType && this.open.documents.all().length > 0) await this.engine.load();
  }

  async settingsChanged(sent: unknown): Promise<void> {
    this.settings.changed(sent);
    await this.engine.configure(await this.settings.ofWindow());
    this.checkAll();
  }

  close(uri: string): void {
    this.settings.close(uri);
    this.checker.close(uri);
  }

  private checkAll(): void {
    this.checker.scheduleAll();
    if (this.abilities.pulls && this.abilities.refreshes)
      void this.connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => undefined);
  }

  /** With what is kept here for clients that keep nothing themselves. */
  private async settingsOf(uri: string): Promise<Settings> {
    const settings = this.project.apply(await this.settings.of(uri), uri);
    return this.abilities.ownInterface ? settings : this.kept.addTo(settings, uri);
  }
}
