/** What the writer knows and the text does not tell: edits that would only guess at it. */
import { isProtected } from '../../protocol/source-map';
import type { Sentence } from '../../text/types';
import { baseOfPast, isBaseForm } from '../prior/word-classes';
import type { SentenceEdit } from '../sentence-edit';
import { auxiliaries, modals } from '../words';

const owners = /^(?:its|their|your|our|my|his|her)$/;
const articles = /^(?:the|an?)$/;

/** @param edit one that no closed pattern has settled */
export function guessesAtMeaning(sentence: Sentence, edit: SentenceEdit): boolean {
  const view = sentence.text;
  const before = view.slice(edit.start, edit.end).trim().toLowerCase();
  const after = edit.text.trim().toLowerCase();
  const left = view.slice(0, edit.start).trimEnd();
  // "its page" and "the page": whose it is.
  if (owners.test(before) && articles.test(after)) return true;
  // "the `id` methods": how many of them there are.
  const isNumber = before === `${after}s` || after === `${before}s`;
  if (isNumber && left !== '' && isProtected(sentence, left.length - 1, left.length)) return true;
  // "can list off the code": the verb has its particle.
  if (before === 'off' && after === 'of' && /\b(?:can|could|will|would|must|should|may|might|to) \p{Ll}+$/u.test(left))
    return true;
  // "The symbol displayed when it ends": a cell or an item names a thing, and is no sentence that lacks its verb.
  if (
    before === '' &&
    /^(?:is|are|was|were|be)$/.test(after) &&
    (sentence.block === 'table-cell' || (sentence.block === 'list-item' && !/[.!?:]\s*$/u.test(view)))
  )
    return true;
  // "whether they're directories": the verb is there, and only before another one it may be too much.
  const pronoun = /^(\p{L}+)['’](?:re|m|s)$/u.exec(before)?.[1];
  const next = /^\s*(\p{L}+)/u.exec(view.slice(edit.end))?.[1]?.toLowerCase() ?? '';
  if (pronoun !== undefined && after === pronoun && !isBaseForm(next) && !auxiliaries.has(next) && !modals.has(next))
    return true;
  // "The configurables are listed": the verb says that they are many.
  if (isNumber && before === `${after}s` && /^\s*(?:are|were|have)\b/u.test(view.slice(edit.end)))
    if (!/\b(?:one|each|every|an?|another)(?: \p{Ll}+)?$/u.test(left)) return true;
  // "a single left parenthesis": one is said to be one.
  const isManyNow = after === `${before}s` || after === `${before}es` || after === before.replace(/is$/, 'es');
  if (isManyNow && before !== after && /\b(?:single|one|each|every|another)(?: \p{Ll}+)?$/u.test(left)) return true;
  // "if you wanted to search": when it was the writer knows.
  if (baseOfPast(before) === after && /\b(?:you|we|they|I|users|people)(?: \p{Ll}+)?$/iu.test(left)) return true;
  // "all it needs to do is search", "This includes, but is not limited to": right as they are.
  if (before === '' && after === 'to' && /\bdo(?:es)? is$/iu.test(left)) return true;
  if (
    before === '' &&
    after === 'it' &&
    /,? but$/iu.test(left) &&
    /^\s*is not limited to\b/iu.test(view.slice(edit.end))
  )
    return true;
  // "where required", "tries its best".
  if (
    before === 'where' &&
    after === 'were' &&
    /^\s*(?:required|needed|necessary|possible|applicable|appropriate|available|noted|indicated|specified)\b/iu.test(
      view.slice(edit.end),
    )
  )
    return true;
  if (before === 'its' && after === 'it' && /^\s*best\b/iu.test(view.slice(edit.end))) return true;
  // "in light of", "There is more discussion": fixed turns, and what is not counted.
  if (
    before === '' &&
    articles.test(after) &&
    /\bin$/iu.test(left) &&
    /^\s*(?:light|place|case|terms|front|spite|favor|favour|need|charge|line|lieu|view|search|support|control) (?:of|with)\b/iu.test(
      view.slice(edit.end),
    )
  )
    return true;
  if (
    before === 'is' &&
    after === 'are' &&
    /\bthere$/iu.test(left) &&
    !/^(?:\s+[\p{L}'’-]+){0,4}?\s+(?:\p{L}+s|people|data)\b/iu.test(view.slice(edit.end))
  )
    return true;
  // "globby is a package": what begins a sentence with a small letter, and no list knows, is called so.
  return (
    edit.near === true &&
    left === '' &&
    sentence.block === 'paragraph' &&
    /^\p{Ll}/u.test(view.trimStart()) &&
    /\p{Lu}|[.!?]\s*$/u.test(view)
  );
}
