/**
 * Whether a sentence can stand in a summary by itself: it says what the page is about, and needs neither the sentence
 * before it nor the list behind it.
 */
import { plainWords } from '../words';

/** Factors on a sentence's score; the product of those that apply. */
const shares = {
  definition: 1.6,
  tagline: 2,
  question: 0.15,
  fragment: 0.15,
  introduction: 0.3,
  dangling: 0.35,
  order: 0.45,
  writer: 0.4,
  thanks: 0.25,
  unended: 0.4,
  condition: 0.5,
};
/** How far from its start a page may say in a noun phrase what it is. */
const taglineWithin = 4;

/** "The hammer drives nails", on the page "Hammer": the subject is the page's, and its verb says what it is or does. */
export function isDefinition(text: string, title: string): boolean {
  const match =
    /^(?:the )?([\p{L}\p{N}_.`*-]+(?: [\p{L}\p{N}_.-]+){0,3}?) (?:is|are|provides?|lets?|allows?|helps?|gives?|makes?|offers?|enables?)\b/iu.exec(
      text,
    );
  const name = new Set(plainWords(title));
  return match !== null && plainWords(match[1]!).some((word) => word.length > 2 && name.has(word));
}

/** "A simple terminal UI for git commands": a noun phrase and no sentence. */
const isTagline = (text: string): boolean =>
  /^(?:an?|the) /i.test(text) &&
  plainWords(text).length >= 4 &&
  plainWords(text).length <= 20 &&
  !/\b(?:is|are|was|were|has|have|can|will|must|should|may|do|does|if|when|you|we|i)\b/i.test(text);

/**
 * What hangs on the sentence before it: "It drives", "This means", "Two more"; "This article explains" does not.
 */
const dangling =
  /^(?:(?:it|they|he|she|such|here|both|another|also|then|so)\b|(?:two|three) (?:more|other)\b|(?:this|that|these|those) (?:is|are|was|were|can|will|may|might|must|should|has|have|does|do|means?|allows?|lets?|makes?|gives?|way|one|ones)\b)/i;

/**
 * The factor for a sentence of a page.
 * @param index among the page's sentences in order
 */
export function statementShare(text: string, index: number, title: string): number {
  const plain = text.trim().replace(/^[*_"“(]+/, '');
  let share = 1;
  const definition = isDefinition(plain, title);
  const tagline = !definition && index < taglineWithin && isTagline(plain);
  if (definition) share *= shares.definition;
  else if (tagline) share *= shares.tagline;
  // A caption, or an item that is no sentence.
  else if (!/[.!?:…。]["'”’*_)\]`]*$/u.test(plain)) share *= shares.unended;
  if (/^(?:if|when|unless|once)\b/i.test(plain)) share *= shares.condition;
  if (/:["”*_)]*$/.test(plain) && !definition) share *= shares.introduction;
  if (/\?["”*_)]*$/.test(plain)) share *= shares.question;
  // "To point out common mistakes.": an item of a list that a sentence began.
  if (/^To \p{Ll}+ [^,]*$/u.test(plain) || /^(?:and|or|but|which|than)\b/i.test(plain)) share *= shares.fragment;
  if (dangling.test(plain)) share *= shares.dangling;
  if (
    /^(?:see|please|note|click|check out|read|visit|download|sponsor|star|join|follow)\b|\b(?:check out|see|refer to|read) (?:the|our|this)\b/i.test(
      plain,
    )
  )
    share *= shares.order;
  if (/\b(?:I|I['’]m|my|me)\b/.test(plain)) share *= shares.writer;
  if (/\b(?:sponsor\w*|thanks?|thank you|donat\w+|licensed?|copyright|special offer)\b/i.test(plain))
    share *= shares.thanks;
  return share;
}

/** The sentence as a statement of its own: without tags that only lay out, and with a full stop for its colon. */
export const asStatement = (text: string): string =>
  text
    .replace(/(`[^`]*`)|<\/?(?:br|hr|sup|sub|b|i|em|strong|a|span|p|div|img|kbd|small|u|center|font)\b[^<>]*>/gi, '$1')
    .replace(/ {2,}/g, ' ')
    .trim()
    .replace(/:$/, '.');
