/**
 * Diagnostics for clients that ask for them (textDocument/diagnostic): who asks while a text is being checked waits
 * for it.
 */
import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver/node';

interface Entry {
  /** A check is due or under way. */
  pending: boolean;
  id: string;
  items: Diagnostic[];
  asking: Set<() => void>;
}

export class DiagnosticReports {
  private readonly entries = new Map<string, Entry>();
  private count = 0;

  /** A text is going to be checked: what was found before is of an older one. */
  begin(uri: string): void {
    const entry = this.entries.get(uri) ?? { pending: true, id: '', items: [], asking: new Set() };
    entry.pending = true;
    this.entries.set(uri, entry);
  }

  /** The text was checked, or will not be. */
  finish(uri: string, items: Diagnostic[]): void {
    const entry = this.entries.get(uri);
    if (!entry) return;
    Object.assign(entry, { pending: false, id: `${++this.count}`, items });
    for (const answer of entry.asking) answer();
  }

  close(uri: string): void {
    this.finish(uri, []);
    this.entries.delete(uri);
  }

  /** Rejects with RequestCancelled. A document that nobody checks has an empty report. */
  ask(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const entry = this.entries.get(uri);
    if (!entry) return Promise.resolve({ kind: DocumentDiagnosticReportKind.Full, items: [] });
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        entry.asking.delete(answer);
        listener.dispose();
      };
      const answer = (): void => {
        leave();
        const { id, items } = entry;
        resolve(
          id === previous
            ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
            : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items },
        );
      };
      const listener = token.onCancellationRequested(() => {
        leave();
        reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.'));
      });
      if (entry.pending) entry.asking.add(answer);
      else answer();
    });
  }
}
