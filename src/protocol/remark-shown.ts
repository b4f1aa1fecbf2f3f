/** A correction as editors show it, underlined or in a list. Pure; offsets are UTF-16 units. */
import type { Correction } from './requests';
import type { DiagnosticData } from './language-server';

const isWordCharacter = (character: string): boolean => /[\p{L}\p{N}\p{M}'’_-]/u.test(character);

/**
 * An insertion covers nothing, and an editor cannot underline nothing: it takes in the word before it (or after it, at
 * the start of a line), unchanged.
 */
export function visible(text: string, correction: Correction): { start: number; end: number; correction: string } {
  let { startIndex: start, endIndex: end } = correction;
  if (start !== end) return { start, end, correction: correction.correction };
  while (start > 0 && isWordCharacter(text[start - 1]!)) start--;
  if (start === end) {
    while (end < text.length && isWordCharacter(text[end]!)) end++;
    // Between two blanks or marks: the one character beside it.
    if (start === end && start > 0 && !/[\r\n]/.test(text[start - 1]!)) start--;
  }
  return {
    start,
    end,
    correction: text.slice(start, correction.startIndex) + correction.correction + text.slice(correction.endIndex, end),
  };
}

/** @param highConfidenceFrom from this confidence on a correction may be applied without being looked at */
export function remarkShown(
  text: string,
  correction: Correction,
  highConfidenceFrom: number,
): { start: number; end: number; data: DiagnosticData } {
  const { start, end, correction: replacement } = visible(text, correction);
  const { confidence, type, lexicon, style } = correction;
  return {
    start,
    end,
    data: {
      correction: replacement,
      confidence,
      type,
      original: text.slice(start, end),
      lexicon,
      // A matter of style is nothing that Fix All does unasked.
      highConfidence: !style && confidence >= highConfidenceFrom,
      ...(style ? { style: true } : {}),
    },
  };
}
