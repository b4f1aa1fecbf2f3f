/**
 * The dictionaries: of the user, of the workspace and of one file. Each is a text file, one word a line, that can be
 * opened and edited like any other; the workspace's lies in the workspace, where others may share it, and is the
 * project's list where there is a project file; the other two lie in the extension's own folder on this machine. A
 * document without a file has its words for as long as it is open.
 */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { editorDictionaryName } from '../../protocol/project-file';
import { missingWords, withoutWords, withWords, wordsOf } from '../../project/word-list';
import type { EditorProjects } from './projects';

export type DictionaryTarget = 'user' | 'workspace' | 'file';

export class Dictionaries implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Words by the address of the list. */
  private readonly read = new Map<string, Promise<string[]>>();
  /** Words of documents that have no file. */
  private readonly unsaved = new Map<string, string[]>();
  private readonly subscriptions: vscode.Disposable[];
  private watching = false;
  /** Words were added or removed, here or by hand. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly folder: vscode.Uri,
    private readonly projects: EditorProjects,
  ) {
    this.subscriptions = [
      this.changed,
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.forget(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.unsaved.delete(uri.toString())),
      vscode.workspace.onDidRenameFiles(({ files }) => void this.follow(files)),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** All words that are known in this document (or, without one, in the window). */
  async wordsFor(resource?: vscode.Uri): Promise<string[]> {
    this.watch();
    const lists = [
      this.listOf('user'),
      ...(resource ? [this.listOf('workspace', resource)] : workspaceLists()),
      resource && this.listOf('file', resource),
    ];
    const words = await Promise.all(lists.map((list) => (list ? this.wordsIn(list) : [])));
    return [...new Set([...words.flat(), ...(this.unsaved.get(resource?.toString() ?? '') ?? [])])];
  }

  async wordsOf(target: DictionaryTarget, resource?: vscode.Uri): Promise<string[]> {
    const list = this.listOf(target, resource);
    if (list) return this.wordsIn(list);
    return target === 'file' ? (this.unsaved.get(resource?.toString() ?? '') ?? []) : [];
  }

  /** Where a dictionary lies; undefined where there is none (no folder is open, the document has no file). */
  listOf(target: DictionaryTarget, resource?: vscode.Uri): vscode.Uri | undefined {
    if (target === 'user') return vscode.Uri.joinPath(this.folder, 'dictionary.txt');
    if (target === 'workspace') {
      const list = resource && this.projects.listOf(resource);
      if (list) return list;
      const own = resource && vscode.workspace.getWorkspaceFolder(resource)?.uri;
      const root = own ?? vscode.workspace.workspaceFolders?.[0]?.uri;
      return root && vscode.Uri.joinPath(root, editorDictionaryName);
    }
    if (!resource || isUnsaved(resource)) return undefined;
    const name = resource.path.split('/').pop() || 'file';
    const hash = createHash('sha256').update(resource.toString()).digest('hex').slice(0, 12);
    return vscode.Uri.joinPath(this.folder, 'files', `${name}-${hash}.txt`);
  }

  /** The dictionary of the workspace is the one of a project file. */
  hasProject(resource: vscode.Uri | undefined): boolean {
    return resource !== undefined && this.projects.listOf(resource) !== undefined;
  }

  isList(uri: vscode.Uri): boolean {
    const address = uri.toString();
    return address.startsWith(`${this.folder.toString()}/`) || address.endsWith(`/${editorDictionaryName}`);
  }

  /** Resolves to the words that were not there yet. */
  async add(words: readonly string[], target: DictionaryTarget, resource?: vscode.Uri): Promise<string[]> {
    const list = this.listOf(target, resource);
    if (!list) return this.keepUnsaved(words, resource);
    const text = await this.textOf(list);
    const added = missingWords(text, words);
    if (added.length > 0) await this.write(list, withWords(text || header(target, resource), added));
    return added;
  }

  async remove(words: readonly string[], target: DictionaryTarget, resource?: vscode.Uri): Promise<void> {
    const list = this.listOf(target, resource);
    if (list) {
      await this.write(list, withoutWords(await this.textOf(list), words));
      return;
    }
    const key = resource?.toString() ?? '';
    this.unsaved.set(
      key,
      (this.unsaved.get(key) ?? []).filter((word) => !words.includes(word)),
    );
    this.changed.fire();
  }

  /** Shows the list as a document; it is made when there is none yet. */
  async open(target: DictionaryTarget, resource?: vscode.Uri): Promise<void> {
    const list = this.listOf(target, resource);
    if (!list) return;
    if ((await readText(list)) === undefined) await this.write(list, header(target, resource));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(list), { preview: false });
  }

  private keepUnsaved(words: readonly string[], resource: vscode.Uri | undefined): string[] {
    const key = resource?.toString() ?? '';
    const present = this.unsaved.get(key) ?? [];
    const added = [...new Set(words)].filter((word) => !present.includes(word));
    this.unsaved.set(key, [...present, ...added]);
    if (added.length > 0) this.changed.fire();
    return added;
  }

  private wordsIn(list: vscode.Uri): Promise<string[]> {
    const key = list.toString();
    let words = this.read.get(key);
    if (!words) {
      words = readText(list).then((text) => wordsOf(text ?? ''));
      this.read.set(key, words);
    }
    return words;
  }

  /** With what is typed there and not saved yet. */
  private async textOf(list: vscode.Uri): Promise<string> {
    return openDocument(list)?.getText() ?? (await readText(list)) ?? '';
  }

  private async write(list: vscode.Uri, text: string): Promise<void> {
    const open = openDocument(list);
    if (open?.isDirty) {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(list, new vscode.Range(0, 0, open.lineCount, 0), text);
      await vscode.workspace.applyEdit(edit);
      await open.save();
    } else {
      // The folders on the way are made, too.
      await vscode.workspace.fs.writeFile(list, new TextEncoder().encode(text));
    }
    this.forget(list);
  }

  private forget(uri: vscode.Uri): void {
    this.projects.forget(uri);
    if (this.read.delete(uri.toString()) || this.isList(uri)) this.changed.fire();
  }

  /** Lists that are changed from outside: another window, a pull. */
  private watch(): void {
    if (this.watching) return;
    this.watching = true;
    for (const pattern of [`**/${editorDictionaryName}`, new vscode.RelativePattern(this.folder, '**/*.txt')]) {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const forget = (uri: vscode.Uri): void => this.forget(uri);
      this.subscriptions.push(
        watcher,
        watcher.onDidChange(forget),
        watcher.onDidCreate(forget),
        watcher.onDidDelete(forget),
      );
    }
  }

  private async follow(files: readonly { oldUri: vscode.Uri; newUri: vscode.Uri }[]): Promise<void> {
    for (const { oldUri, newUri } of files) {
      const [from, to] = [this.listOf('file', oldUri), this.listOf('file', newUri)];
      const text = from && (await readText(from));
      if (!text || !to) continue;
      await this.write(to, text);
      await vscode.workspace.fs.delete(from);
    }
  }
}

/** Documents that have no file: their address may be another document's tomorrow. */
export function isUnsaved({ scheme }: vscode.Uri): boolean {
  return scheme === 'untitled' || scheme === 'vscode-scm';
}

function workspaceLists(): vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => vscode.Uri.joinPath(uri, editorDictionaryName));
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined; // There is none yet.
  }
}

function header(target: DictionaryTarget, resource: vscode.Uri | undefined): string {
  const rule = vscode.l10n.t('Words that NAR Text Tools never calls misspelt, one a line.');
  const where = {
    user: vscode.l10n.t('They hold everywhere on this machine.'),
    workspace: vscode.l10n.t('They hold in this folder, for everybody who opens it.'),
    file: vscode.l10n.t('They hold in {0}.', resource?.scheme === 'file' ? resource.fsPath : `${resource?.path}`),
  }[target];
  return `# ${rule} ${where}\n`;
}
