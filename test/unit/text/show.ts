import type { Sentence } from '../../../src/text/types';

/** One line a sentence: block, its number, and the view text with ‹protected› and ⟦synthetic⟧ parts marked. */
export function show(sentence: Sentence): string {
  const parts: string[] = [];
  let at = 0;
  for (const piece of sentence.pieces) {
    if (piece.viewStart > at) parts.push(`⟦${sentence.text.slice(at, piece.viewStart)}⟧`);
    at = piece.viewStart + piece.length;
    const text = sentence.text.slice(piece.viewStart, at);
    parts.push(piece.protected ? `‹${text}›` : text);
  }
  if (at < sentence.text.length) parts.push(`⟦${sentence.text.slice(at)}⟧`);
  return `${sentence.block} ${sentence.blockIndex}: ${parts.join('')}`;
}
