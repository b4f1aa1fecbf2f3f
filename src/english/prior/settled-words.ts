/**
 * Words that need no judge (docs/decisions/0006). A word that the lists know with one correction only, and that nobody
 * writes otherwise, is an error wherever it stands (counted there); so is an unknown word that is misspelled the way
 * that many are (regular-slips.ts), a pattern of grammar with no right reading (grammar-slips.ts), a real word whose
 * neighbours say that another one is meant (`settled` in confused-words.json), and an article that does not fit what
 * the misspelled word behind it should be ("a enviroment"), and a small word that stands twice (doubled-words.ts). The
 * network is less sure of them the more errors stand around, and that is where a writer needs it most.
 */
import type { CorrectionType } from '../../protocol/requests';
import { soundTogether } from '../judge/sound-edits';
import type { SentenceEdit } from '../sentence-edit';
import type { Candidate, Origin } from './prior';

/** What such a word's correction is at least shown with: less than the share that was right. */
export const settledConfidence = 0.9;
/** From this confidence on another edit of the same word stands. */
const sureOther = 0.5;

/** Of two settled corrections of one word the one whose origin comes first stands. */
const order: readonly Origin[] = ['listed', 'regular', 'reciprocal', 'confused', 'article', 'doubled', 'slip'];

type Settled = Candidate & Required<Pick<Candidate, 'settled'>>;
const isSettled = (candidate: Candidate): candidate is Settled => candidate.settled !== undefined;

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
  candidates: readonly Candidate[],
): SentenceEdit[] {
  const all = candidates.filter(isSettled);
  const settled = order.flatMap((origin) => all.filter((candidate) => candidate.origin === origin));
  // "recieves teh" read as one slip would take the corrections of both away.
  const takesSeveral = (edit: SentenceEdit): boolean =>
    settled.filter(({ start, end }) => edit.start < end && start < edit.end).length > 1;
  // A closed pattern knows its words better than the network, however sure that one is of another reading; and a
  // fault of grammar is mended once: "The commands is" becomes neither "The command are" nor "The command is" and
  // "are".
  const overruled = (edit: SentenceEdit): boolean =>
    settled.some(
      ({ start, end, candidates: [right], settled: type, scope }) =>
        scope !== undefined &&
        ((edit.start < end && start < edit.end && edit.text !== right) ||
          (isOfGrammar(type) &&
            isOfGrammar(edit.type) &&
            edit.start < scope.end &&
            scope.start < edit.end &&
            (edit.end <= start || end <= edit.start))),
    );
  let result = edits.filter((edit) => !overruled(edit));
  for (const candidate of settled) result = withSettled(result, view, candidate, takesSeveral);
  return result.sort((left, right) => left.start - right.start || left.end - right.end);
}

function withSettled(
  edits: readonly SentenceEdit[],
  view: string,
  { start, end, candidates, settled: type }: Settled,
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
  const edit: SentenceEdit = {
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
  return [...edits.filter((other) => other !== same && !others.includes(other)), edit];
}
