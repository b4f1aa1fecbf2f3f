/**
 * Words that need no judge (docs/decisions/0006). A word that the lists know with one correction only, and that
 * nobody writes otherwise, is an error wherever it stands: 527 of 532 on the dev parts have that correction
 * (docs/decisions/0006); so is an unknown word that is misspelled the way that many are (regular-slips.ts), a
 * pattern of grammar with no right reading (grammar-slips.ts), a real word whose neighbours say that another one is
 * meant (`settled` in confused-words.json), and an article that does not fit what the misspelled word behind it
 * should be ("a enviroment"), and a small word that stands twice (doubled-words.ts). The network is less sure of
 * them the more errors stand around, and that is where a writer needs it most.
 */
import type { CorrectionType } from '../../protocol/requests';
import { soundTogether } from '../judge/sound-edits';
import { confusedMatches } from './confused-words';
import { articlesBeside } from './indefinite-article';
import type { Lexicon, LexiconMatch, LexiconOptions } from './lexicon';
import { doubledWords } from './doubled-words';
import { closedToLetters } from './look-up-guards';
import { grammarSlips } from './grammar-slips';
import { reciprocalSlips, regularSlips } from './regular-slips';
import type { SentenceEdit } from '../sentence-edit';

/** What such a word's correction is at least shown with: less than the share that was right. */
export const settledConfidence = 0.9;
/** From this confidence on another edit of the same word stands. */
const sureOther = 0.5;

/** Kinds in which one fault can be mended at either of two words. */
const isOfGrammar = (type: CorrectionType): boolean =>
  ['agreement', 'verb-form', 'preposition', 'article', 'missing-word', 'extra-word'].includes(type);

/**
 * The edits with those of settled words: raised where the network had the same, put in where it had
 * none or a doubtful other one.
 */
export function withSettledWords(
  view: string,
  edits: readonly SentenceEdit[],
  lexicon: Lexicon,
  given: LexiconOptions,
): SentenceEdit[] {
  const options = closedToLetters(given);
  const listed = lexicon.misspellings(view, options);
  const alone = listed.filter(
    ({ start, end, candidates }) => candidates.length === 1 && lexicon.wordCount(view.slice(start, end)) === 0,
  );
  const taken = new Set(listed.map(({ start }) => start));
  const regular = regularSlips(view, lexicon, options).filter(({ start }) => !taken.has(start));
  const confused = confusedMatches(view, options).filter(({ settled }) => settled);
  const articles = articlesBeside(view, lexicon, listed, options).filter(({ misspelled }) => misspelled);
  const slips = grammarSlips(view, options);
  const settled: [CorrectionType, readonly LexiconMatch[]][] = [
    ['spelling', [...alone, ...regular]],
    ['punctuation', reciprocalSlips(view, options)],
    ['confusable', confused],
    ['article', articles],
    ['doubled-word', doubledWords(view, options)],
    ...slips.map((slip): [CorrectionType, LexiconMatch[]] => [slip.type, [slip]]),
  ];
  const matches = settled.flatMap(([, list]) => list);
  // "recieves teh" read as one slip would take the corrections of both away.
  const takesSeveral = (edit: SentenceEdit): boolean =>
    matches.filter(({ start, end }) => edit.start < end && start < edit.end).length > 1;
  // A closed pattern knows its words better than the network, however sure that one is of another reading; and a
  // fault of grammar is mended once: "The commands is" becomes neither "The command are" nor "The command is" and
  // "are".
  const overruled = (edit: SentenceEdit): boolean =>
    slips.some(
      ({ start, end, candidates, type, scope }) =>
        (edit.start < end && start < edit.end && edit.text !== candidates[0]) ||
        (isOfGrammar(type) &&
          isOfGrammar(edit.type) &&
          edit.start < scope.end &&
          scope.start < edit.end &&
          (edit.end <= start || end <= edit.start)),
    );
  let result = edits.filter((edit) => !overruled(edit));
  for (const [type, list] of settled)
    for (const match of list) result = withSettled(result, view, match, type, takesSeveral);
  return result.sort((left, right) => left.start - right.start || left.end - right.end);
}

function withSettled(
  edits: readonly SentenceEdit[],
  view: string,
  { start, end, candidates }: LexiconMatch,
  type: CorrectionType,
  takesSeveral: (edit: SentenceEdit) => boolean,
): SentenceEdit[] {
  // "The Magentic manager": a capital inside a sentence may be a name's.
  if (/^\p{Lu}/u.test(view.slice(start, end)) && view.slice(0, start).trim() !== '') return [...edits];
  const text = candidates[0]!;
  const same = edits.find((edit) => edit.start === start && edit.end === end && edit.text === text);
  const others = edits.filter((edit) => edit !== same && edit.start < end && start < edit.end);
  // One that leaves a fault behind ("each other' notes") is no better than none.
  const stands = (edit: SentenceEdit): boolean =>
    edit.confidence >= sureOther && !takesSeveral(edit) && soundTogether(view, [edit]).length > 0;
  if (others.some(stands)) return [...edits];
  const settled: SentenceEdit = {
    start,
    end,
    text,
    lexicon: true,
    type,
    raw: settledConfidence,
    names: [`lexicon/${type}`, 'lexicon'],
    ...same,
    settled: true,
    confidence: Math.max(settledConfidence, same?.confidence ?? 0),
  };
  return [...edits.filter((edit) => edit !== same && !others.includes(edit)), settled];
}
