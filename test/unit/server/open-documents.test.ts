import { describe, expect, it } from 'vitest';
import type { Connection, DidChangeTextDocumentParams, DidOpenTextDocumentParams } from 'vscode-languageserver/node';
import { OpenDocuments } from '../../../src/server/open-documents';

type Change = DidChangeTextDocumentParams['contentChanges'][number];

/** A client that sends what a test says; `told` is the server's log. */
function client(): { told: string[]; open: OpenDocuments; change(version: number, ...changes: Change[]): string } {
  const handlers = new Map<string, (params: never) => void>();
  const on =
    (name: string) =>
    (handler: (params: never) => void): { dispose(): void } => {
      handlers.set(name, handler);
      return { dispose: () => undefined };
    };
  const told: string[] = [];
  const open = new OpenDocuments((message) => told.push(message));
  open.documents.listen({
    onDidOpenTextDocument: on('open'),
    onDidChangeTextDocument: on('change'),
    onDidCloseTextDocument: on('close'),
    onWillSaveTextDocument: on('willSave'),
    onWillSaveTextDocumentWaitUntil: on('waitUntil'),
    onDidSaveTextDocument: on('saved'),
  } as unknown as Connection);
  const uri = 'file:///page.md';
  const send = (name: string, params: DidOpenTextDocumentParams | DidChangeTextDocumentParams): void =>
    handlers.get(name)!(params as never);
  send('open', { textDocument: { uri, languageId: 'markdown', version: 3, text: 'One line.\nTwo lines.\n' } });
  return {
    told,
    open,
    change: (version, ...contentChanges) => {
      send('change', { textDocument: { uri, version }, contentChanges });
      return open.documents.get(uri)!.getText();
    },
  };
}
const at = (line: number, from: number, to: number, text: string): Change => ({
  range: { start: { line, character: from }, end: { line, character: to } },
  text,
});

describe('open documents', () => {
  it('take changes of ranges in order and know where the latest begins', () => {
    const { open, change } = client();
    expect(open.changedAt('file:///page.md')).toBe(0);
    expect(change(4, at(1, 0, 3, 'Three'), at(0, 4, 8, 'row'))).toBe('One row.\nThree lines.\n');
    expect(open.changedAt('file:///page.md')).toBe(4);
    expect(change(5, at(1, 12, 12, ' End.'))).toBe('One row.\nThree lines. End.\n');
    expect(open.changedAt('file:///page.md')).toBe(21);
  });
  it('find the place in a whole text that is new', () => {
    const { open, change } = client();
    change(4, { text: 'One line.\nTen lines.\n' });
    expect(open.changedAt('file:///page.md')).toBe(11);
  });
  it('leave a change out that comes with an older version, and tell it', () => {
    const { told, change } = client();
    change(7, at(0, 0, 3, 'A'));
    expect(change(6, at(0, 0, 1, 'The'))).toBe('A line.\nTwo lines.\n');
    expect(told).toEqual([expect.stringMatching(/page\.md: a change of version 6 came after version 7/)]);
    expect(change(8, at(0, 0, 1, 'The'))).toBe('The line.\nTwo lines.\n');
  });
});
