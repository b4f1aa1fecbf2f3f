/**
 * Edits that are wrong or a matter of taste whatever the model says: precision first. Each guard names a false alarm
 * that was seen on real documents; none of them adds an edit.
 */
import { beginsWithVowelSound } from '../prior/indefinite-article';
import type { Lexicon } from '../prior/lexicon';
import { isProtected } from '../../protocol/source-map';
import type { Sentence } from '../../text/types';
import type { SentenceEdit } from '../sentence-edit';
import { breaksCompound } from './agreement-guards';
import {
  bringsArticleBeforeName,
  bringsArticleBeforeOwner,
  bringsArticleBeforePlural,
  bringsArticleBeforeComparative,
} from './article-guards';
import { guessesHowMany } from './number-guards';
import { breaksRightPhrase } from './phrase-guards';
import { deletesRightDouble } from './right-doubles';
import { changesRightWord } from './word-guards';
import { guessesAtMeaning } from './writer-guards';

/** Where a sentence stands in its block. */
export interface Place {
  startsBlock: boolean;
  endsBlock: boolean;
  /**
   * The paragraph before stopped in the middle of a sentence ("For example, given" and then
   * code): this one may go on with it.
   */
  goesOn?: boolean;
}

/** Fewest words of a text that has to end with a mark; less is a label ("Number of retries"). */
const fewestWords = 6;

export function isPlausible(
  sentence: Sentence,
  edit: SentenceEdit,
  { startsBlock, endsBlock, goesOn }: Place,
  lexicon: Lexicon,
): boolean {
  const view = sentence.text;
  const before = view.slice(edit.start, edit.end);
  const atStart = view.slice(0, edit.start).trim() === '';
  const atEnd = view.slice(edit.end).trim() === '';
  // Blanks before the first or behind the last word are the document's.
  if (before === '' && edit.text.trim() === '' && (atStart || atEnd)) return false;
  // List items, headings and cells end as their author likes; a part of a cut sentence does not end at all.
  if (atEnd && before.trim() === '' && /^[.!?:;,]/.test(edit.text.trim())) {
    return (
      sentence.block === 'paragraph' &&
      endsBlock &&
      letterWords(view).length >= fewestWords &&
      /^[^\p{L}]*\p{Lu}/u.test(view)
    );
  }
  if (edit.type === 'casing' && atStart) {
    // "Default: x" or a name at the start of an item: never down; up only where a sentence begins.
    if (/^\p{Lu}/u.test(before) || !startsBlock || goesOn || sentence.block !== 'paragraph') return false;
  }
  if (edit.type === 'article' && before.trim() === '' && isTelegraphic(sentence)) return false;
  // "A number of keys are", "the default" for "a default": which one is meant the writer knows.
  if (swapsArticle(view, edit)) return false;
  // "Note: this is", "given `x`, all": no sentence begins behind a colon, code or a formula.
  if (
    edit.type === 'casing' &&
    !edit.lexicon &&
    !atStart &&
    bringsCapital(before, edit.text) &&
    goesOnAt(sentence, edit.start)
  )
    return false;
  // A closed pattern has looked at the words around it itself.
  const isCompound = edit.settled !== true && breaksCompound(view, edit);
  if (isCompound || changesRightWord(view, edit, lexicon) || deletesRightDouble(view, edit)) return false;
  if (
    guessesSound(view, edit, lexicon) ||
    bringsArticleBeforePlural(view, edit) ||
    bringsArticleBeforeComparative(view, edit) ||
    bringsArticleBeforeOwner(view, edit) ||
    bringsArticleBeforeName(view, edit, lexicon) ||
    (edit.settled !== true &&
      (isHalfFix(view, edit) ||
        guessesAtMeaning(sentence, edit) ||
        guessesHowMany(sentence, edit) ||
        breaksRightPhrase(sentence, edit)))
  )
    return false;
  if (touchesProtected(sentence, edit) || changesName(sentence, edit)) return false;
  // "spir-v", "types-only", "requests-per-second": parts of compounds are terms far more often than slips.
  if (!edit.lexicon && ['spelling', 'agreement'].includes(edit.type) && isInCompound(view, edit)) return false;
  // "non- nonescaping": a prefix on its own is no missing word.
  if (before.trim() === '' && /\p{L}-\s*$/u.test(edit.text) && /^\s/.test(view.slice(edit.end))) return false;
  // "As you type": the noun has a verb of the same letters.
  if (
    /^your$/i.test(edit.text.trim()) &&
    /^you$/i.test(before.trim()) &&
    /\b(?:as|while)\s*$/i.test(view.slice(0, edit.start))
  )
    return false;
  // "# left-pad": a title of one such word is a name.
  if (sentence.block === 'heading' && /^\s*[a-z][a-z\d]*(?:-[a-z\d]+)+\s*$/.test(view)) return false;
  if (closesPair(view, edit) || bringsWrongContraction(edit.text)) return false;
  if (followsCodeInPlural(view, edit) || losesOwner(view, edit)) return false;
  return (
    edit.lexicon || edit.near === true || (bringsNoName(before, edit.text) && bringsKnownWords(view, edit, lexicon))
  );
}

/**
 * "Create GOT entry.", "fixes branch name or creates new branch": comments, cells and items that are no whole sentences
 * are written without articles.
 */
function isTelegraphic({ block, text }: Sentence): boolean {
  if (block === 'other' || block === 'table-cell') return true;
  return block === 'list-item' && (!/[.!?]["'”’)*_]*\s*$/.test(text) || entryOfChanges.test(text));
}

/** "Add `option` to `call()`.": entries of change logs leave articles out though they end with a full stop. */
const entryOfChanges =
  /^\W*(?:add|allow|bump|deprecate|drop|fix|implement|improve|introduce|refactor|remove|rename|require|revert|support|update|upgrade)(?:e?d|s)?\b/i;

/** From this confidence on "a" for "the" is offered. */
const sureArticle = 0.9;

function swapsArticle(view: string, { type, start, end, text, confidence }: SentenceEdit): boolean {
  if (type !== 'article') return false;
  const [old, written] = [view.slice(start, end), text].map((word) => word.trim().toLowerCase());
  const isSwap = (old === 'the' && /^an?$/.test(written!)) || (written === 'the' && /^an?$/.test(old!));
  return isSwap && (confidence < sureArticle || /^\s+number of\b/.test(view.slice(end)));
}

/** The first letter only. */
function bringsCapital(before: string, after: string): boolean {
  const [old, written] = [before.trim(), after.trim()];
  return /^\p{Ll}/u.test(old) && /^\p{Lu}/u.test(written) && old.slice(1) === written.slice(1);
}

/** Before it stands a colon or protected text. */
function goesOnAt(sentence: Sentence, start: number): boolean {
  const left = sentence.text.slice(0, start).trimEnd();
  return left.endsWith(':') || (left !== '' && isProtected(sentence, left.length - 1, left.length));
}

/** "an rcRate": how an unknown word, a key or an abbreviation is said, its writer knows. */
function guessesSound(view: string, edit: SentenceEdit, lexicon: Lexicon): boolean {
  if (edit.type !== 'article') return false;
  const before = view.slice(edit.start, edit.end).trim().toLowerCase();
  const after = edit.text.trim().toLowerCase();
  if (!(before === 'a' && after === 'an') && !(before === 'an' && after === 'a')) return false;
  const next = /^\s+["'“‘(*]*([\p{L}\p{N}]+)/u.exec(view.slice(edit.end))?.[1];
  if (next === undefined || /\p{Ll}\p{Lu}|\p{N}/u.test(next)) return true;
  // "an MTI format", "a SAT solver": letters or a word.
  if (!edit.lexicon && /^[FHLMNRSX]\p{Lu}+$/u.test(next) && beginsWithVowelSound(next) === undefined) return true;
  // "an Nvim plugin", "a uv flaw": said by its letters or as a word.
  if (!edit.lexicon && /^(?:[FHLMNRSX][b-df-hj-np-tv-xz]\p{Ll}+|u[a-z])$/u.test(next) && next !== 'up' && next !== 'us')
    if (lexicon.wordCount(next.toLowerCase()) === 0 || next.length === 2) return true;
  // "an R package", "an fd number".
  if (!edit.lexicon && /^(?:[A-Z]|[bcdfghj-np-tv-xz]{2,3})$/.test(next))
    return /^[AEFHILMNORSXfhlmnrsx]/.test(next) === (after === 'a');
  return (
    !edit.lexicon &&
    lexicon.wordCount('the') > 0 &&
    lexicon.wordCount(next) === 0 &&
    !lexicon.known.has(next.toLowerCase())
  );
}

/** "pass it's output" to "pass it output", "computationaly" to "computational": an error for another. */
function isHalfFix(view: string, { start, end, text }: SentenceEdit): boolean {
  const before = view.slice(start, end).trim().toLowerCase().replaceAll('’', "'");
  const after = text.trim().toLowerCase().replaceAll('’', "'");
  // "its' fine" to "it's' fine", "don't' do" to "dont' do": the apostrophe that is wrong stays.
  if (/\p{L}$/u.test(after) && (before + after).includes("'") && /^['’](?!\p{L})/u.test(view.slice(end))) return true;
  if (/^\p{L}+'s$/u.test(before) && before === `${after}'s` && /^(?:it|he|she|that|there|what|who|let)$/.test(after)) {
    return !/^\s+(?:is|was|has|will|would|can|could|should|must|may|might)\b/i.test(view.slice(end));
  }
  // "withinin" to "within in": what was written twice is still there.
  const [whole, ending] = after.split(' ');
  if (ending !== undefined && before === `${whole}${ending}` && whole!.endsWith(ending)) return true;
  return /\p{L}{3}aly$/u.test(before) && after === before.slice(0, -1);
}

/** Names keep their letters; another case they may get ("Github Actions"). */
function changesName({ text: view, names = [] }: Sentence, { start, end, text }: SentenceEdit): boolean {
  if (text.trim().toLowerCase() === view.slice(start, end).trim().toLowerCase()) return false;
  return names.some(([from, to]) => (start === end ? from < start && start < to : start < to && from < end));
}

function isInCompound(view: string, { type, start, end }: SentenceEdit): boolean {
  if (type === 'agreement' && /\p{L}-\p{L}/u.test(view.slice(start, end))) return true;
  return /\p{L}-$/u.test(view.slice(Math.max(0, start - 3), start)) || /^-\p{L}/u.test(view.slice(end, end + 3));
}

/** "`dependencies` are": the name of a list in code has the number that its letters say. */
const followsCodeInPlural = (view: string, { type, start, end }: SentenceEdit): boolean =>
  type === 'agreement' &&
  /[^s]s`\s*$/u.test(view.slice(0, start)) &&
  /^(?:are|were|have)$/.test(view.slice(start, end));

/** "your distribution's package": what belongs to whom the writer knows; a pattern tells an apostrophe too many. */
function losesOwner(view: string, { start, end, text, settled }: SentenceEdit): boolean {
  const before = view.slice(start, end).trim();
  return (
    settled !== true &&
    /\p{L}['’]s$/u.test(before) &&
    text.trim() === before.slice(0, -2) &&
    /^ \p{L}/u.test(view.slice(end))
  );
}

/** "`await`'d": what hangs on code without a blank between is part of its name. */
function touchesProtected(sentence: Sentence, { start, end, text }: SentenceEdit): boolean {
  const view = sentence.text;
  const inWord = (at: number): boolean => /[\p{L}\p{N}'’]/u.test(view[at] ?? ' ');
  const before = view.slice(start, end);
  if (!/[\p{L}\p{N}'’]/u.test(before + text)) return false;
  let [left, right] = [start, end];
  if (!/^\s/.test(before || text))
    while (left > 0 && inWord(left - 1) && !isProtected(sentence, left - 1, left)) left--;
  if (!/\s$/.test(before || text))
    while (right < view.length && inWord(right) && !isProtected(sentence, right, right + 1)) right++;
  const glued = (at: number): boolean =>
    at >= 0 && at < view.length && !/\s/.test(view[at]!) && isProtected(sentence, at, at + 1);
  return (glued(left - 1) && !/^\s/.test(before || text)) || (glued(right) && !/\s$/.test(before || text));
}

/** Of the two commas around ", which handles the requests," neither goes alone. */
function closesPair(view: string, { start, end, text }: SentenceEdit): boolean {
  return (
    view.slice(start, end).includes(',') &&
    !text.includes(',') &&
    (view.slice(0, start).match(/,/g)?.length ?? 0) % 2 === 1
  );
}

/** "it're", "this'm": the verb of a contraction goes with its subject. */
function bringsWrongContraction(after: string): boolean {
  return [...after.matchAll(/(?<!\p{L})(\p{L}+)['’](re|m)(?!\p{L})/giu)].some(
    ([, subject, verb]) =>
      !(verb!.toLowerCase() === 'm' ? /^i$/i : /^(?:you|we|they|who|what|where|how|why|there|these|those)$/i).test(
        subject!,
      ),
  );
}

/** No inner capital that was not there: "Number" does not become "TheNumber". */
function bringsNoName(before: string, after: string): boolean {
  const inner = (text: string): number => text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  return inner(after) <= inner(before);
}

/** Every new word is one that people write (words.tsv); without that list nothing is known about any word. */
function bringsKnownWords(view: string, edit: SentenceEdit, lexicon: Lexicon): boolean {
  if (lexicon.wordCount('the') === 0) return true;
  const present = new Set(letterWords(view).map((word) => word.toLowerCase()));
  return letterWords(edit.text).every(
    (word) =>
      word.length < 3 ||
      present.has(word.toLowerCase()) ||
      word
        .toLowerCase()
        .split(/['’]/)
        .every((part) => part.length < 3 || lexicon.wordCount(part) > 0),
  );
}

function letterWords(text: string): string[] {
  return text.match(/\p{L}+(?:['’]\p{L}+)*/gu) ?? [];
}
