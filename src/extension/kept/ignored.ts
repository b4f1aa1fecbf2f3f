/**
 * What is ignored in one document and nowhere else: single remarks, and kinds of remarks. On
 * this machine, not in the text.
 */
import * as vscode from 'vscode';
import type { CorrectionType, IgnoredRemark } from '../../protocol/requests';
import { isSamePlace } from '../../protocol/remark-place';
import { isUnsaved } from './dictionaries';

interface FileRecord {
  remarks: IgnoredRemark[];
  kinds: CorrectionType[];
}

const prefix = 'narTextTools.ignored:';
/** Of one document, latest first to stay: nobody ignores more by hand, and every entry is looked up at every check. */
const mostRemarks = 2_000;

export class Ignored implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Of documents that have no file. */
  private readonly unsaved = new Map<string, FileRecord>();
  private readonly subscriptions: vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {
    this.subscriptions = [
      this.changed,
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.unsaved.delete(uri.toString())),
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          const record = this.of(oldUri);
          void this.set(newUri, record);
          void this.set(oldUri, { remarks: [], kinds: [] });
        }
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  of(uri: vscode.Uri): FileRecord {
    const key = uri.toString();
    const record = isUnsaved(uri) ? this.unsaved.get(key) : this.memory.get<FileRecord>(prefix + key);
    return { remarks: [...(record?.remarks ?? [])], kinds: [...(record?.kinds ?? [])] };
  }

  async addRemark(uri: vscode.Uri, remark: IgnoredRemark): Promise<void> {
    await this.addRemarks(uri, [remark]);
  }

  async addRemarks(uri: vscode.Uri, added: readonly IgnoredRemark[]): Promise<void> {
    const { remarks, kinds } = this.of(uri);
    const missing = added.filter((remark) => !remarks.some((each) => isSamePlace(each, remark)));
    if (missing.length > 0) await this.set(uri, { kinds, remarks: [...remarks, ...missing].slice(-mostRemarks) });
  }

  async removeRemark(uri: vscode.Uri, remark: IgnoredRemark): Promise<void> {
    await this.removeRemarks(uri, [remark]);
  }

  async removeRemarks(uri: vscode.Uri, removed: readonly IgnoredRemark[]): Promise<void> {
    const { remarks, kinds } = this.of(uri);
    await this.set(uri, {
      kinds,
      remarks: remarks.filter((each) => !removed.some((remark) => isSamePlace(each, remark))),
    });
  }

  /** Resolves to whether it was not ignored yet. */
  async addKind(uri: vscode.Uri, kind: CorrectionType): Promise<boolean> {
    const record = this.of(uri);
    if (record.kinds.includes(kind)) return false;
    await this.set(uri, { ...record, kinds: [...record.kinds, kind] });
    return true;
  }

  async removeKind(uri: vscode.Uri, kind: CorrectionType): Promise<void> {
    const record = this.of(uri);
    await this.set(uri, { ...record, kinds: record.kinds.filter((each) => each !== kind) });
  }

  private async set(uri: vscode.Uri, record: FileRecord): Promise<void> {
    const key = uri.toString();
    const empty = record.remarks.length === 0 && record.kinds.length === 0;
    if (isUnsaved(uri)) {
      if (empty) this.unsaved.delete(key);
      else this.unsaved.set(key, record);
    } else if (!empty || this.memory.get(prefix + key) !== undefined) {
      await this.memory.update(prefix + key, empty ? undefined : record);
    }
    this.changed.fire();
  }
}
