/**
 * Edits of one sentence judged together. Each may be right by itself and all of them wrong: both copies of a doubled
 * word deleted, two ways to mend one error, a noun put into the singular before "are". Of the edits that together leave
 * a fault behind (faults.ts) which was not there before, the least sure goes; nothing is added.
 */
import { uncountable } from '../prior/word-classes';
import { faultsIn, type Fault } from './faults';
import { wordPlaces } from '../words';

export interface JudgedEdit {
  start: number;
  end: number;
  text: string;
  confidence: number;
}

/** Longest phrase whose two copies are looked for ("in the in the"). */
const longestRepeat = 4;
/** Rounds of leaving out the least sure; then whatever still takes part in a fault goes. */
const mostRounds = 12;

/**
 * @param view the sentence
 * @param edits sorted and disjoint; those that would be made
 * @returns the same, in order, without those that do not go with the others
 */
export function soundTogether<Edit extends JudgedEdit>(view: string, edits: readonly Edit[]): Edit[] {
  let kept = keepOneCopy(
    view,
    edits.map((edit) => wholeFix(view, edit)),
  );
  const before = countsOf(faultsIn(view));
  for (let round = 0; kept.length > 0; round++) {
    const { text, ranges } = applied(view, kept);
    const faults = faultsIn(text);
    const tooMany = countsOf(faults);
    for (const [key, count] of tooMany) tooMany.set(key, count - (before.get(key) ?? 0));
    const dropped = new Set<number>();
    for (const fault of faults) {
      const involved = touching(ranges, fault);
      const excess = tooMany.get(fault.key)!;
      if (involved.length === 0 || excess <= 0) continue;
      tooMany.set(fault.key, excess - 1);
      if (involved.some((index) => dropped.has(index))) continue;
      if (round >= mostRounds) involved.forEach((index) => dropped.add(index));
      else
        dropped.add(
          involved.reduce((least, index) => (kept[index]!.confidence < kept[least]!.confidence ? index : least)),
        );
    }
    if (dropped.size === 0) break;
    kept = kept.filter((_, index) => !dropped.has(index));
  }
  return kept;
}

/**
 * "The softwares are" becomes "the software is", not "the software are": where the noun of an edit has no plural, the
 * verb behind it goes with it.
 */
function wholeFix<Edit extends JudgedEdit>(view: string, edit: Edit): Edit {
  const word = edit.text.trim().toLowerCase();
  if (!uncountable.has(word) || view.slice(edit.start, edit.end).trim().toLowerCase() !== `${word}s`) return edit;
  const verb = /^(\s+)(are|were|have|do)(?![\p{L}'’])/u.exec(view.slice(edit.end));
  if (
    !verb ||
    /\b(?:of|in|on|for|with|from|to|and|or|by)\s+(?:(?:the|all|these|those|your|our|their|any|some)\s+)?(?:[\p{L}-]+\s+)?$/iu.test(
      view.slice(0, edit.start),
    )
  )
    return edit;
  const singular: Record<string, string> = { are: 'is', were: 'was', have: 'has', do: 'does' };
  return { ...edit, end: edit.end + verb[0].length, text: edit.text + verb[1]! + singular[verb[2]!]! };
}

/** Of two copies of a word or phrase that stand side by side one stays, whatever the edits say. */
function keepOneCopy<Edit extends JudgedEdit>(view: string, edits: readonly Edit[]): Edit[] {
  // An edit that has grown over the one behind it takes its place.
  let kept = edits.filter((edit, index) => !edits.slice(0, index).some(({ end }) => end > edit.start));
  const words = wordPlaces(view);
  const deletions = (): (Edit & { gone: number[] })[] =>
    kept.flatMap((edit) => {
      const gone = words.flatMap(({ start, end }, index) => (start >= edit.start && end <= edit.end ? [index] : []));
      return gone.length > 0 && edit.text.trim() === '' ? [{ ...edit, gone }] : [];
    });
  let list = deletions();
  for (let length = 1; length <= longestRepeat && list.length > 1; length++) {
    for (let first = 0; first + 2 * length <= words.length && list.length > 1; first++) {
      const copies = copiesFrom(view, words, first, length);
      if (copies < 2) continue;
      const last = first + copies * length;
      const inside = list.filter(({ gone }) => gone.some((index) => index >= first && index < last));
      const deleted = new Set(inside.flatMap(({ gone }) => gone));
      const isGone = (copy: number): boolean =>
        Array.from({ length }, (_, at) => first + copy * length + at).every((index) => deleted.has(index));
      if (inside.length > 1 && Array.from({ length: copies }, (_, copy) => copy).every(isGone)) {
        const least = inside.reduce((one, other) =>
          other.confidence < one.confidence || (other.confidence === one.confidence && other.start < one.start)
            ? other
            : one,
        );
        kept = kept.filter((edit) => edit.start !== least.start || edit.end !== least.end);
        list = deletions();
      }
      first += copies * length - 1;
    }
  }
  return kept;
}

/** How often the `length` words from `first` on stand there, one time behind the other with only blanks between. */
function copiesFrom(
  view: string,
  words: readonly { lower: string; start: number; end: number }[],
  first: number,
  length: number,
): number {
  let copies = 1;
  for (let at = first + length; at + length <= words.length; at += length) {
    for (let index = 0; index < length; index++) {
      const word = words[at + index]!;
      if (
        word.lower !== words[first + index]!.lower ||
        view.slice(words[at + index - 1]!.end, word.start).trim() !== ''
      )
        return copies;
    }
    copies++;
  }
  return copies;
}

/** The text with all edits made, and where in it each of them stands. */
function applied(view: string, edits: readonly JudgedEdit[]): { text: string; ranges: [number, number][] } {
  let text = '';
  let at = 0;
  const ranges = edits.map((edit): [number, number] => {
    text += view.slice(at, edit.start);
    const start = text.length;
    text += edit.text;
    at = edit.end;
    return [start, text.length];
  });
  return { text: text + view.slice(at), ranges };
}

/** Indices of the edits that reach the fault or stand right beside it. */
function touching(ranges: readonly [number, number][], fault: Fault): number[] {
  return ranges.flatMap(([start, end], index) => (start <= fault.end + 1 && end >= fault.start - 1 ? [index] : []));
}

function countsOf(faults: readonly Fault[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of faults) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
