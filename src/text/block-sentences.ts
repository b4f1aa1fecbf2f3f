/** From blocks of prose to their sentences: what in them is protected, and where they are cut. */
import { type Block, cutSentences, maskProtected, protect } from './block';
import { commandLines } from './command-lines';
import { compoundNames, labelOfItem } from './compound-names';
import { isFiller } from './filler';
import { properNames } from './proper-names';
import { mergeRanges, protectedRanges } from './protect';
import { shownWords } from './quoted-words';
import { sentenceRanges } from './sentence-ends';
import type { Piece, Sentence } from './types';

/** @param isPlain the text has no markup in which names of code would stand */
export function sentencesOf(source: string, blocks: readonly Block[], isPlain: boolean): Sentence[] {
  const sentences: Sentence[] = [];
  let blockIndex = 0;
  for (const [index, block] of blocks.entries()) {
    if (isFiller(block.text)) continue;
    const kind = goesOn(source, blocks[index - 1], block) ? 'continuation' : block.kind;
    const words = maskProtected(block, ' ');
    const ranges = mergeRanges([
      ...protectedRanges(words, isPlain),
      ...shownWords(words),
      ...compoundNames(words),
      ...commandLines(block, words, source),
      ...(block.kind === 'list-item' ? labelOfItem(words) : []),
    ]);
    const marked = { ...protect(block, ranges), kind };
    const names = properNames(maskProtected(marked, ' '), block.kind === 'heading', block.text);
    const before = sentences.length;
    for (const sentence of cutSentences(marked, sentenceRanges(maskProtected(marked, 'X')), blockIndex, names)) {
      // Where nothing may be edited (a table cell with code alone), there is nothing to work on.
      if (sentence.pieces.some((piece) => !piece.protected && hasLetter(sentence.text, piece)))
        sentences.push(sentence);
    }
    if (sentences.length > before) blockIndex += 1;
  }
  return sentences;
}

/**
 * Whether a paragraph in small letters goes on with a sentence: after something that is no prose,
 * or a block that does not end.
 */
function goesOn(source: string, previous: Block | undefined, block: Block): boolean {
  if (block.kind !== 'paragraph' || !/^[^\p{L}]*\p{Ll}/u.test(block.text.slice(0, 60))) return false;
  const between = source.slice(previous?.end ?? 0, block.start);
  if (/[^\s>=#*_-]/.test(between)) return true;
  return (
    previous !== undefined && previous.kind !== 'heading' && !/[.!?…]["'”’)\]*_]*\s*$/.test(previous.text.slice(-20))
  );
}

function hasLetter(text: string, piece: Piece): boolean {
  return /\p{L}/u.test(text.slice(piece.viewStart, piece.viewStart + piece.length));
}
