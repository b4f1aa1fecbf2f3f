/**
 * A review, without the editor: remarks on a text, what was decided about each, and how both follow the text
 * while it is edited. Taking a remark is an edit of the document like any other: the review learns of it when the
 * text has changed, so an undo, a quick fix or a correction typed by hand count the same. Offsets are UTF-16
 * units of the text as it is now.
 */
import type { Correction, CorrectionType } from '../../protocol/requests';
import type { OffsetEdit } from '../shell/checked-edits';

/** `stale`: the words were edited otherwise; an undo brings the remark back. */
export type RemarkState = 'open' | 'taken' | 'refused' | 'stale';

export interface Remark {
  /** Place in the list. */
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  readonly type: CorrectionType;
  readonly confidence: number;
  readonly explanation: string;
  readonly state: RemarkState;
  /** Of a stale remark that a larger change took with it: how far from the start of that change it stood. */
  readonly inside?: number | undefined;
}

/** What one stroke decided; several remarks when it was for all of a kind. */
interface Decision {
  readonly ids: readonly number[];
  readonly state: 'taken' | 'refused';
}

export interface Review {
  /** In the order of the text. */
  readonly remarks: readonly Remark[];
  /** The remark that is looked at; undefined when none is open. */
  readonly current: number | undefined;
  /** Latest last. */
  readonly decisions: readonly Decision[];
  /** The text as it is now. */
  readonly text: string;
}

/** @param corrections of `text`, in order and without overlap (`soundCorrections`) */
export function reviewOf(corrections: readonly Correction[], text: string): Review {
  const remarks = corrections.map(
    (correction, id): Remark => ({
      id,
      start: correction.startIndex,
      end: correction.endIndex,
      original: text.slice(correction.startIndex, correction.endIndex),
      replacement: correction.correction,
      type: correction.type,
      confidence: correction.confidence,
      explanation: correction.explanation,
      state: 'open',
    }),
  );
  return { remarks, current: remarks.length > 0 ? 0 : undefined, decisions: [], text };
}

export function isOpen({ state }: Remark): boolean {
  return state === 'open';
}

export function openRemarks({ remarks }: Review, type?: CorrectionType): Remark[] {
  return remarks.filter((remark) => isOpen(remark) && (type === undefined || remark.type === type));
}

export function currentRemark({ remarks, current }: Review): Remark | undefined {
  return current === undefined ? undefined : remarks[current];
}

/** The open remark at a place of the text: one that holds it or ends at it. */
export function remarkAt(review: Review, offset: number): Remark | undefined {
  return openRemarks(review).find(({ start, end }) => start <= offset && offset <= end);
}

/** The review at the first open remark from `offset` on; after the last one the first. */
export function movedTo(review: Review, offset: number): Review {
  const open = openRemarks(review);
  return { ...review, current: (open.find(({ end }) => end >= offset) ?? open[0])?.id };
}

/** The review at the next (1) or previous (-1) open remark; wraps around. */
export function moved(review: Review, by: 1 | -1): Review {
  const open = openRemarks(review);
  if (open.length === 0) return { ...review, current: undefined };
  const present = review.current ?? -1;
  const next =
    by === 1
      ? (open.find(({ id }) => id > present) ?? open[0]!)
      : ([...open].reverse().find(({ id }) => id < present) ?? open[open.length - 1]!);
  return { ...review, current: next.id };
}

/** The edits that take these remarks; the review changes when the text has. */
export function takingEdits(remarks: readonly Remark[]): OffsetEdit[] {
  return remarks.filter(isOpen).map(({ start, end, replacement }) => ({ start, end, text: replacement }));
}

/** Refuses remarks in one stroke and goes on to the next open one. */
export function refused(review: Review, ids: readonly number[]): Review {
  const chosen = ids.filter((id) => review.remarks[id]?.state === 'open');
  if (chosen.length === 0) return review;
  const decided = withState(review, chosen, 'refused');
  return onwards({ ...decided, decisions: [...decided.decisions, { ids: chosen, state: 'refused' }] });
}

/** Whether the latest stroke was a refusal: an undo of the editor would undo something else. */
export function latestIsRefusal({ decisions }: Review): boolean {
  return decisions.at(-1)?.state === 'refused';
}

/** Opens again what the latest stroke refused, and goes back to it. */
export function refusalUndone(review: Review): Review {
  const latest = review.decisions.at(-1);
  if (latest?.state !== 'refused') return review;
  return { ...withState(review, latest.ids, 'open'), current: latest.ids[0], decisions: review.decisions.slice(0, -1) };
}

/**
 * The review after the text was changed, by whomever.
 * @param changes ranges of the text as it was, none overlapping
 * @param text as it is now
 */
export function followed(review: Review, changes: readonly OffsetEdit[], text: string): Review {
  const shift = shiftBy((changes.length === 1 && apart(changes[0]!, review)) || changes);
  const remarks = review.remarks.map((remark) => judged(shift(remark), text));
  const became = (state: RemarkState): number[] =>
    remarks
      .filter((remark, index) => remark.state === state && review.remarks[index]!.state !== state)
      .map(({ id }) => id);
  const [taken, opened] = [became('taken'), became('open')];
  const decisions = review.decisions
    .map((decision) => ({ ...decision, ids: decision.ids.filter((id) => !opened.includes(id)) }))
    .filter(({ ids }) => ids.length > 0);
  if (taken.length > 0) decisions.push({ ids: taken, state: 'taken' });
  const next = { remarks, current: review.current, decisions, text };
  return opened.length > 0 ? { ...next, current: opened[0] } : onwards(next);
}

function withState(review: Review, ids: readonly number[], state: RemarkState): Review {
  return {
    ...review,
    remarks: review.remarks.map((remark) => (ids.includes(remark.id) ? { ...remark, state } : remark)),
  };
}

/** Leaves a remark that is decided for the next open one. */
function onwards(review: Review): Review {
  const present = currentRemark(review);
  return present && isOpen(present) ? review : moved(review, 1);
}

/**
 * Of more than a thousand edits at once, and of their undo, an editor tells one change from the first to the last.
 * Where it does nothing but turn the old words of remarks into the new ones or back, these are its edits.
 * @returns undefined where it does anything else
 */
function apart(change: OffsetEdit, { remarks, text }: Review): OffsetEdit[] | undefined {
  const within = remarks
    .filter(({ start, end, state }) => state !== 'stale' && start <= change.end && end >= change.start)
    .sort((a, b) => a.start - b.start);
  if (within.length < 2) return undefined;
  const start = Math.min(change.start, within[0]!.start);
  const end = Math.max(change.end, within.at(-1)!.end);
  const after = text.slice(start, change.start) + change.text + text.slice(change.end, end);
  const edits: OffsetEdit[] = [];
  const behind = (index: number): string => text.slice(within[index]!.end, within[index + 1]?.start ?? end);
  const before = text.slice(start, within[0]!.start);
  if (!after.startsWith(before)) return undefined;
  let at = before.length;
  for (const [index, remark] of within.entries()) {
    const follows = behind(index);
    const isLast = index === within.length - 1;
    const words = [remark.original, remark.replacement].find((each) =>
      isLast ? after.slice(at) === each + follows : after.startsWith(each + follows, at),
    );
    if (words === undefined) return undefined;
    if (words !== text.slice(remark.start, remark.end))
      edits.push({ start: remark.start, end: remark.end, text: words });
    at += words.length + follows.length;
  }
  return edits;
}

/**
 * Where remarks stand after all changes. Those that touch a remark are looked at one by one; what lies before it only
 * moves it, by a sum that is made once for all remarks.
 */
function shiftBy(changes: readonly OffsetEdit[]): (remark: Remark) => Remark {
  const sorted = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  let total = 0;
  const movedBefore = sorted.map(({ start, end, text }) => {
    const before = total;
    total += text.length - (end - start);
    return before;
  });
  /** The number of changes for which `lies` holds; it holds for the first ones. */
  const countWhile = (lies: (change: OffsetEdit) => boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lies(sorted[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (remark) => {
    const first = countWhile(({ end }) => end < remark.start);
    const behind = countWhile(({ start }) => start <= remark.end);
    const touched = sorted.slice(first, behind).reduceRight(shifted, remark);
    const by = first < sorted.length ? movedBefore[first]! : total;
    return by === 0 ? touched : { ...touched, start: touched.start + by, end: touched.end + by };
  };
}

/**
 * A remark's range after one change. Text typed at its edges is not part of it; a change across an edge takes it in.
 */
function shifted(remark: Remark, change: OffsetEdit): Remark {
  const { start, end } = remark;
  const delta = change.text.length - (change.end - change.start);
  const at = (place: number, length: number): Remark => ({
    ...remark,
    start: place,
    end: place + length,
    inside: undefined,
  });
  if (start === end && change.start === start && change.end === start) {
    // Missing words put where they are missing, deleted ones put back; what a larger change
    // took away comes back with it.
    if (change.text === remark.original || change.text === remark.replacement) return at(start, change.text.length);
    if (remark.inside !== undefined && standsAt(change.text, remark.inside, remark.original))
      return at(start + remark.inside, remark.original.length);
  }
  if (change.end <= start) return { ...remark, start: start + delta, end: end + delta };
  if (change.start >= end) return remark;
  const swallowed = change.start <= start && change.end >= end && change.end - change.start > end - start;
  if (!swallowed) return { ...remark, start: Math.min(start, change.start), end: Math.max(end, change.end) + delta };
  // A larger change, of the whole document perhaps, that left these words as they were, or brings the old ones back
  // (a revert): the same distance from its start or its end.
  const inside = start - change.start + (remark.inside ?? 0);
  const wanted = remark.state === 'taken' ? [remark.replacement, remark.original] : [remark.original];
  for (const words of wanted) {
    const fromEnd = inside + delta + (remark.inside === undefined ? end - start - words.length : 0);
    const place = [inside, fromEnd].find((each) => standsAt(change.text, each, words));
    if (place !== undefined) return at(change.start + place, words.length);
  }
  return { ...remark, start: change.start, end: change.start + change.text.length, inside };
}

/** Whether `words` stand at a place of the text, and not as a part of longer ones. */
function standsAt(text: string, place: number, words: string): boolean {
  if (words === '' || place < 0 || !text.startsWith(words, place)) return false;
  const cuts = (seam: number): boolean =>
    /^[\p{L}\p{N}]{2}$/u.test(text.slice(Math.max(0, seam - 1), seam + 1)) && seam > 0;
  return !cuts(place) && !cuts(place + words.length);
}

function judged(remark: Remark, text: string): Remark {
  const present = text.slice(remark.start, remark.end);
  const unchanged = remark.state === 'refused' ? 'refused' : 'open';
  const state: RemarkState =
    remark.inside !== undefined
      ? 'stale'
      : present === remark.original
        ? unchanged
        : present === remark.replacement
          ? 'taken'
          : 'stale';
  return state === remark.state ? remark : { ...remark, state };
}
