/**
 * Drafts and locks in words, as a person writes them: here they become the token ids and indices that decoders read.
 */
import type { Tokenizer } from '../../text/tokenizer';
import type { OffsetEncoding } from '../../text/types';
import { InputError } from '../errors';

/** An open slot in the text of a draft. */
export const slotText = '<mask>';

/** Blanks before a slot are dropped: a token brings the blank before it along, and so does what fills the slot. */
export function draftOf(text: string, tokenizer: Tokenizer, mask: number): number[] {
  return text
    .trimStart()
    .split(slotText)
    .flatMap((part, index) => [...(index === 0 ? [] : [mask]), ...tokenizer.encode(part.trimEnd()).ids]);
}

/**
 * Indices of the tokens that hold one of the texts, everywhere they stand as whole words.
 * @throws InputError for a text that does not stand there
 */
export function lockedBy(texts: readonly string[], view: string, { starts, ends }: OffsetEncoding): number[] {
  const locked = new Set<number>();
  for (const text of texts) {
    const places = placesOf(text.trim(), view);
    if (places.length === 0)
      throw new InputError(
        `"${text}" cannot be locked: the text does not hold it. Write the words as they stand there.`,
      );
    for (const { start, end } of places)
      starts.forEach((from, index) => {
        if (from < end && ends[index]! > start) locked.add(index);
      });
  }
  return [...locked].sort((left, right) => left - right);
}

function placesOf(wanted: string, view: string): { start: number; end: number }[] {
  if (wanted === '') return [];
  const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  const cuts = (at: number): boolean => isWord(view[at - 1]) && isWord(view[at]);
  const places: { start: number; end: number }[] = [];
  for (let start = view.indexOf(wanted); start >= 0; start = view.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    if (!cuts(start) && !cuts(end)) places.push({ start, end });
  }
  return places;
}
