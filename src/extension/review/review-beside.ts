/** A review side by side: the document beside what it becomes. */
import * as vscode from 'vscode';
import { nameOf, type Preview } from '../shell/preview';
import { openRemarks, refused, takingEdits, type Review } from './review';

export interface ReviewSession {
  document: vscode.TextDocument;
  review: Review;
  /** The side-by-side view is open: it shows the new words itself. */
  beside?: boolean;
}

/**
 * The second view: the document beside what it becomes when all open remarks are taken;
 * each can be refused there too. `show` renews what is marked in the text.
 */
export async function showBeside(
  preview: Preview,
  session: ReviewSession,
  { show, again }: { show: () => void; again: () => unknown },
): Promise<void> {
  const { document } = session;
  const open = openRemarks(session.review);
  if (open.length === 0) return;
  const count = open.length === 1 ? vscode.l10n.t('1 correction') : vscode.l10n.t('{0} corrections', open.length);
  await preview.discard();
  session.beside = true;
  show();
  await preview.show({
    document,
    version: document.version,
    edits: takingEdits(open),
    again,
    title: vscode.l10n.t('{0}: {1} (preview)', nameOf(document), count),
    question: count,
    onClose: () => {
      session.beside = false;
      show();
    },
    onRefuse: ({ start, end }) => {
      const remark = openRemarks(session.review).find((each) => each.start === start && each.end === end);
      if (!remark) return;
      session.review = refused(session.review, [remark.id]);
      show();
    },
  });
}
