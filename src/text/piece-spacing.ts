/** Where prose has white space between words and marks: for tokens that carry none. */

/** Marks that stand directly behind what is before them. */
const closing = /^[,.;:!?)\]}%…’”»'/\-–‑_]/u;
/** Behind these the next word follows directly. */
const opening = /(?:[([{“‘«/\-–‑_]|(?:^|[\s(])[$€£#@])$/u;
const ideograph = /\p{Script=Han}/u;
/** What follows an apostrophe inside a word. */
const contractionEnd = /^(?:s|t|d|m|re|ve|ll|S|T|D|M|RE|VE|LL)$/;

/**
 * Whether the token `right`, which starts a word or is a mark, stands directly behind `before`, the text
 * written so far. A single hyphen, dash or stroke with white space before it has some behind it, too;
 * straight quotes come in pairs.
 */
export function standsDirectlyBehind(before: string, right: string): boolean {
  if (before === '' || /\s$/u.test(before)) return true;
  if (right === '"' || right === '`') return count(before, right) % 2 === 1;
  if (closing.test(right)) return true;
  const last = before.at(-1)!;
  if (last === '"' || last === '`') return count(before, last) % 2 === 1;
  if (last === "'" || last === '’') return /[\p{L}\p{N}]['’]$/u.test(before) ? contractionEnd.test(right) : true;
  if (/[-–/]/.test(last)) return !/\s[-–/]$/u.test(before);
  // "e.g.", "3.14", "10:30", "1,000"
  if (/(?:^|[^\p{L}.])\p{L}\.$/u.test(before) && /^\p{L}$/u.test(right)) return true;
  if (/\p{N}[.:]$/u.test(before) && /^\p{N}/u.test(right)) return true;
  if (/\p{N},$/u.test(before) && /^\p{N}{3}$/u.test(right)) return true;
  if (ideograph.test(right[0]!) && ideograph.test(last)) return true;
  return opening.test(before);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
