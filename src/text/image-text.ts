/** What a picture in a sentence says, for a reader who does not see it: its alternative text. */
import { imageStandIn } from './markdown';
import type { Sentence } from './types';

const alternative = /!\[((?:[^[\]\\]|\\.)*)\]/s;

const isInFront = new RegExp(`^${imageStandIn} (?=\\p{Lu}|\`)`, 'u');

/**
 * `text`, made from the sentence's view by leaving words out or saying them otherwise, with the alternative text in
 * place of each picture; one without such a text goes.
 * @param source the document
 */
export function withImageTexts(text: string, sentence: Sentence, source: string): string {
  const said = placesOf(sentence.text).map((at) => imageTextAt(sentence, at, source));
  // A picture in front of a sentence that begins behind it is no part of it.
  if (said[0] !== imageStandIn && isInFront.test(sentence.text)) said[0] = '';
  if (said.every((words) => words === imageStandIn)) return text;
  // Of several pictures one may have been left out: then nobody knows which.
  const isWhole = placesOf(text).length === said.length;
  let index = 0;
  return text
    .replaceAll(imageStandIn, () => (isWhole ? said[index++]! : ''))
    .replace(/(?<! ) +(?=[,.;:!?)])/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function placesOf(text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(imageStandIn); at >= 0; at = text.indexOf(imageStandIn, at + 1)) places.push(at);
  return places;
}

/** A code span that reads the same stands in a piece, and stays. */
function imageTextAt({ pieces, start, end }: Sentence, at: number, source: string): string {
  const before = pieces.filter(({ viewStart }) => viewStart <= at).at(-1);
  const after = pieces.find(({ viewStart }) => viewStart > at);
  if (before && before.viewStart + before.length > at) return imageStandIn;
  const between = source.slice(before ? before.sourceStart + before.length : start, after?.sourceStart ?? end);
  return (alternative.exec(between)?.[1] ?? '').replace(/\\(.)/gs, '$1').replace(/\s+/g, ' ').trim();
}
