/** Character references of Markdown and HTML. */
import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import { decodeNumericCharacterReference } from 'micromark-util-decode-numeric-character-reference';

/** The character of "&amp;", "&#38;" or "&#x26;"; the reference itself where it has none. */
export function decodeReference(reference: string): string {
  const numeric = /^&#(x?)([0-9a-f]+);$/i.exec(reference);
  if (numeric !== null) return decodeNumericCharacterReference(numeric[2]!, numeric[1] === '' ? 10 : 16);
  const named = decodeNamedCharacterReference(reference.slice(1, -1));
  return named === false ? reference : named;
}
