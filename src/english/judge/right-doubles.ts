/**
 * Words that stand twice and are right: "what it is is a map", "it had had an effect", "the fact that that works",
 * "for many many years", "log in in the browser". The other copy of such a word is never deleted.
 */
import { determiners } from '../words';

/** Said twice for emphasis. */
const intensifiers = new Set(
  'very many much really so too far long big big old no yes quite more bye ha blah again'.split(' '),
);
/** In front of a particle these make one verb, and the next word begins a phrase: "sign in in a browser". */
const phrasalVerb =
  /\b(?:log|logs|logged|logging|sign|signs|signed|signing|check|checks|checked|checking|opt|opts|opted|opting|plug|plugs|plugged|plugging|fill|fills|filled|filling|built|turn|turns|turned|turning|switch|switches|switched|switching|go|goes|going|went|carry|carries|carried|hold|holds|held|come|comes|came|zoom|zooms|zoomed|move|moves|moved|stay|stays|stayed)\s$/i;
const particles = new Set(['in', 'on', 'up', 'out', 'over', 'off', 'by', 'through', 'along', 'around', 'down']);
/** Opens a clause that is the subject of the second "is": "what the server does is", "all it is is a list". */
const nominalClause =
  /(?:^|[,;:(–—]\s*|\b(?:and|but|that|because|since|if|so)\s)(?:what|who|where|how|why|when|whatever|whoever|all|the (?:thing|point|problem|question|reason|fact|truth|trouble) (?:that|what))\b[^,;:.!?]*\s$/i;
/** Behind "that that" they say that the second one is too many: "so that that the server". */
const subject = new Set([
  ...determiners,
  'this',
  'these',
  'those',
  'you',
  'we',
  'they',
  'he',
  'she',
  'it',
  'i',
  'there',
  'all',
  'any',
  'some',
  'no',
  'each',
]);

/**
 * @param word the doubled word, any case
 * @param left the text before its first copy
 * @param right the text after its second copy
 */
export function isRightDouble(word: string, left: string, right: string): boolean {
  const lower = word.toLowerCase();
  // Numbers and letters that are no words stand in a row: "1 1 2 2", "x x y".
  if (/\p{N}/u.test(lower) || (lower.length === 1 && !/[ai]/.test(lower))) return true;
  if (intensifiers.has(lower) || lower === 'had') return true;
  if (['is', 'was', 'are', 'were', 'do', 'does', 'did'].includes(lower)) return nominalClause.test(left);
  if (lower === 'that') {
    const next = /^\s+([\p{L}'’]+)/u.exec(right)?.[1];
    return next !== undefined && !subject.has(next.toLowerCase());
  }
  return particles.has(lower) && phrasalVerb.test(left);
}

/** Whether an edit of `view` takes one copy of a doubled word away that may stand twice. */
export function deletesRightDouble(
  view: string,
  { start, end, text }: { start: number; end: number; text: string },
): boolean {
  if (text.trim() !== '') return false;
  const word = view.slice(start, end).trim();
  if (!/^[\p{L}\p{N}'’]+$/u.test(word)) return false;
  const from = start + view.slice(start, end).indexOf(word);
  const same = (other: string | undefined): boolean => other?.toLowerCase() === word.toLowerCase();
  const before = /(?<![\p{L}\p{N}'’])([\p{L}\p{N}'’]+)\s+$/u.exec(view.slice(0, from));
  if (same(before?.[1])) return isRightDouble(word, view.slice(0, before!.index), view.slice(from + word.length));
  const after = /^\s+([\p{L}\p{N}'’]+)/u.exec(view.slice(from + word.length));
  if (same(after?.[1]))
    return isRightDouble(word, view.slice(0, from), view.slice(from + word.length + after![0].length));
  return false;
}
