/**
 * “Check Spelling and Grammar of All Files”: what is wrong in the files of the workspace, without opening
 * them. From then on a file that was changed, closed or ignored in part is looked at again.
 */
import * as vscode from 'vscode';
import { formatDescriptions, formatOfFile, type TextFormat } from '../../protocol/formats';
import { checksLanguage } from '../../protocol/settings';
import { correctionParams } from '../correct/correction-params';
import { EngineStoppedError } from '../engine/engine-client';
import { DocumentTooLongError, longestDocument } from '../shell/documents';
import { withProgress } from '../shell/messages';
import type { Services } from '../shell/services';
import { section } from '../shell/settings';
import { FileIssues } from './file-issues';

/** Folders in which nobody writes prose. */
const neverEntered = ['.git', '.hg', '.svn', '.jj', 'node_modules'];
const inNeverEntered = new RegExp(`/(?:${neverEntered.map((name) => name.replace('.', '\\.')).join('|')})/`);

/** Quiet time after which changed files are looked at again, in milliseconds. */
const quiet = 300;

export class WorkspaceCheck implements vscode.Disposable {
  private readonly found = new FileIssues();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[] = [this.changed];
  private readonly stop = new vscode.CancellationTokenSource();
  /** Files to look at again. */
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  /** One check after the other. */
  private latest: Promise<unknown> = Promise.resolve();
  private follows = false;
  readonly onDidChange = this.changed.event;

  constructor(private readonly services: Services) {}

  dispose(): void {
    clearTimeout(this.timer);
    this.stop.cancel();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** How many files were checked; undefined before the first check. */
  get fileCount(): number | undefined {
    return this.follows ? this.found.size : undefined;
  }

  issues(elsewhere: (uri: string) => boolean): ReturnType<FileIssues['all']> {
    return this.found.all(elsewhere);
  }

  /** Looks at all files; those that are gone are forgotten. Cancelled, it keeps what it has found. */
  async run(): Promise<void> {
    const { messages, kept } = this.services;
    if (!vscode.workspace.workspaceFolders?.length) {
      messages.information(vscode.l10n.t('No folder is open. Open one (“File: Open Folder”) to check all its files.'));
      return;
    }
    kept.projects.forgetAll();
    this.follow();
    try {
      await withProgress(vscode.l10n.t('Checking all files…'), async (token, report) => {
        const uris = await this.filesToCheck();
        if (token.isCancellationRequested) return;
        const wanted = new Set(uris.map(String));
        for (const uri of this.found.uris) if (!wanted.has(uri)) this.found.delete(uri);
        const checked = this.latest.then(() => this.check(uris, token, report));
        this.latest = checked.catch(() => undefined);
        const failed = await checked;
        if (failed.length > 0) this.tellFailed(failed);
        else if (!token.isCancellationRequested) messages.passing(this.summary());
      });
    } catch (error) {
      messages.failure(error, () => this.run());
    }
    this.changed.fire();
  }

  /** A file whose text is no longer what was checked. */
  again(uris: readonly string[]): void {
    for (const uri of uris) this.waiting.add(uri);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const files = [...this.waiting].map((uri) => vscode.Uri.parse(uri));
      this.waiting.clear();
      this.latest = this.latest
        .then(() => this.check(files, this.stop.token))
        .catch((error: unknown) => this.services.log.warn(String(error)));
    }, quiet);
  }

  private summary(): string {
    const count = this.found.all(() => false).length;
    return count === 0
      ? vscode.l10n.t('{0} files checked: no issues', this.found.size)
      : vscode.l10n.t('{0} files checked: {1} issues', this.found.size, count);
  }

  private tellFailed(names: readonly string[]): void {
    const [first] = names;
    this.services.messages.warning(
      names.length === 1
        ? vscode.l10n.t('“{0}” could not be checked. The others were; the log says why.', first!)
        : vscode.l10n.t(
            '“{0}” and {1} more could not be checked. The others were; the log says why.',
            first!,
            names.length - 1,
          ),
      { title: vscode.l10n.t('Show Log'), run: () => vscode.commands.executeCommand('narTextTools.showLog') },
    );
  }

  private async filesToCheck(): Promise<vscode.Uri[]> {
    const exclude = `**/{${neverEntered.join(',')}}/**`;
    const files = await vscode.workspace.findFiles('**/*', exclude);
    return files.filter((uri) => this.formatOf(uri) !== undefined).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Undefined for a file of an unknown kind and one that is left alone. */
  private formatOf(uri: vscode.Uri): TextFormat | undefined {
    const { projects } = this.services.kept;
    const format = projects.formatOf(uri) ?? formatOfFile(uri.path);
    // A kind without a language of the editor's opens as something else than a text, with other lines.
    return format === undefined || languageOf(format) === undefined || projects.isLeftOut(uri) ? undefined : format;
  }

  /** @returns names of files that could not be checked @throws EngineStoppedError */
  private async check(
    uris: readonly vscode.Uri[],
    token: vscode.CancellationToken,
    report?: (done: number, message: string) => void,
  ): Promise<string[]> {
    const failed: string[] = [];
    let told = Date.now();
    for (const [index, uri] of uris.entries()) {
      if (token.isCancellationRequested) break;
      const name = vscode.workspace.asRelativePath(uri);
      report?.(index / uris.length, vscode.l10n.t('{0} of {1}: {2}', index + 1, uris.length, name));
      try {
        await this.checkFile(uri, name, token);
      } catch (error) {
        if (error instanceof vscode.CancellationError) break;
        if (error instanceof EngineStoppedError) throw error;
        failed.push(name);
        this.services.log.warn(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      // What is found is shown while the rest is still looked at.
      if (Date.now() - told > 500) {
        told = Date.now();
        this.changed.fire();
      }
    }
    this.changed.fire();
    return failed;
  }

  private async checkFile(uri: vscode.Uri, name: string, token: vscode.CancellationToken): Promise<void> {
    const key = uri.toString();
    const format = this.formatOf(uri);
    const settings = format && (await this.services.kept.settingsOf(uri));
    const isWanted = settings?.enable === true && checksLanguage(settings, languageOf(format!) ?? '');
    const text = isWanted ? await textOf(uri) : undefined;
    if (text === undefined) {
      this.found.delete(key);
      return;
    }
    if (text.length > longestDocument) throw new DocumentTooLongError(text.length);
    const params = await correctionParams(this.services, { uri });
    this.found.set(key, name, text, await this.services.client.correct({ text, format: format!, ...params }, token));
  }

  /** Of files of the workspace only, and only after the first check. */
  private follow(): void {
    if (this.follows) return;
    this.follows = true;
    const { ignored, dictionaries } = this.services.kept;
    const look = (uri: vscode.Uri): void => {
      if (this.isOurs(uri)) this.again([uri.toString()]);
    };
    const lookAtAll = (): void => this.again(this.found.uris);
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    this.subscriptions.push(
      watcher,
      watcher.onDidChange(look),
      watcher.onDidCreate(look),
      watcher.onDidDelete((uri) => {
        // A folder may have gone with all that was in it.
        const inside = this.found.uris.filter(
          (each) => each === uri.toString() || each.startsWith(`${uri.toString()}/`),
        );
        for (const each of inside) this.found.delete(each);
        if (inside.length > 0) this.changed.fire();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => look(uri)),
      vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && lookAtAll()),
      ignored.onDidChange(lookAtAll),
      dictionaries.onDidChange(lookAtAll),
    );
  }

  private isOurs(uri: vscode.Uri): boolean {
    return (
      vscode.workspace.getWorkspaceFolder(uri) !== undefined &&
      !inNeverEntered.test(uri.path) &&
      this.formatOf(uri) !== undefined
    );
  }
}

/** What the editor takes a file of a format for. */
function languageOf(format: TextFormat): string | undefined {
  return formatDescriptions[format].languages[0];
}

/** Of the editor where the file is open, or else from the disk; undefined where the file is gone. */
export async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open && !open.isClosed) return open.getText();
  try {
    return await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
