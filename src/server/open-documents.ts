/** Open documents as the client changes them: in the order of their versions, with the place of each latest change. */
import { TextDocuments, type TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

export class OpenDocuments {
  readonly documents: TextDocuments<TextDocument>;
  private readonly places = new Map<string, number>();

  /** @param tell what a client has done wrong, for its log */
  constructor(tell: (message: string) => void) {
    this.documents = new TextDocuments({
      create: (uri, languageId, version, text) => {
        this.places.delete(uri);
        return TextDocument.create(uri, languageId, version, text);
      },
      update: (document, changes, version) => {
        // Made for another text than this one: its ranges mean nothing here.
        if (version < document.version) {
          tell(
            `${document.uri}: a change of version ${version} came after version ${document.version}; it was left out.`,
          );
          return document;
        }
        const before = document.getText();
        const updated = TextDocument.update(document, changes, version);
        this.places.set(document.uri, placeOf(changes.at(-1), before, updated));
        return updated;
      },
    });
    this.documents.onDidClose(({ document }) => this.places.delete(document.uri));
  }

  /** UTF-16 offset at which the latest change of the document begins; 0 before the first one. */
  changedAt(uri: string): number {
    return this.places.get(uri) ?? 0;
  }
}

function placeOf(latest: TextDocumentContentChangeEvent | undefined, before: string, updated: TextDocument): number {
  if (latest === undefined) return 0;
  // What stands before a change is as it was, so its start is the same place in the new text.
  return 'range' in latest ? updated.offsetAt(latest.range.start) : firstDifference(before, updated.getText());
}

/** Where two versions of a document begin to differ. */
function firstDifference(before: string, after: string): number {
  const length = Math.min(before.length, after.length);
  let index = 0;
  while (index < length && before.charCodeAt(index) === after.charCodeAt(index)) index++;
  return index;
}
