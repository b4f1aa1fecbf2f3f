/** Edits of a text, and the smallest word-level edits between two texts. */

export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/**
 * `source` with all edits made; every unit outside them is kept. The edits must be sorted and must not overlap (two
 * insertions at one place are made in order).
 * @throws RangeError that names the first edit that is out of range, unsorted or overlapping.
 */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let kept = 0;
  edits.forEach((edit, index) => {
    if (
      !Number.isInteger(edit.start) ||
      !Number.isInteger(edit.end) ||
      edit.start < 0 ||
      edit.end < edit.start ||
      edit.end > source.length
    ) {
      throw new RangeError(
        `Edit ${index} has the range ${edit.start} to ${edit.end} in a text of ${source.length} units.`,
      );
    }
    if (edit.start < kept)
      throw new RangeError(`Edit ${index} starts at ${edit.start}, before the end ${kept} of the edit before it.`);
    parts.push(source.slice(kept, edit.start), edit.text);
    kept = edit.end;
  });
  parts.push(source.slice(kept));
  return parts.join('');
}

/** Words with their inner apostrophes and hyphens, blanks, single marks. */
const units = /[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}\p{N}_]+)*|\s+|[\ud800-\udbff][\udc00-\udfff]|[^]/gu;

/**
 * The smallest word-level edits that turn `before` into `after`, sorted, as ranges of `before`: longest common
 * subsequence of words, blanks and marks; edits with nothing but blanks between them are merged into one.
 */
export function wordEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const left = before.match(units) ?? [];
  const right = after.match(units) ?? [];
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head += 1;
  let tail = 0;
  while (
    tail < left.length - head &&
    tail < right.length - head &&
    left[left.length - 1 - tail] === right[right.length - 1 - tail]
  )
    tail += 1;
  const start = left.slice(0, head).join('').length;
  const edits = diff(left.slice(head, left.length - tail), right.slice(head, right.length - tail), start);
  return merge(before, edits);
}

/** Longest common subsequence by dynamic programming; one single edit where the texts are too long for its table. */
function diff(left: string[], right: string[], offset: number): TextEdit[] {
  const rows = left.length;
  const columns = right.length;
  if (rows * columns > 4_000_000) return [{ start: offset, end: offset + left.join('').length, text: right.join('') }];
  // common[i, j]: weight of the best common subsequence of left[i..] and right[j..]; words weigh
  // more than blanks and marks.
  const width = columns + 1;
  const common = new Float32Array((rows + 1) * width); // [rows + 1, columns + 1]
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      let best = Math.max(common[(row + 1) * width + column]!, common[row * width + column + 1]!);
      if (left[row] === right[column])
        best = Math.max(best, common[(row + 1) * width + column + 1]! + unitWeight(left[row]!));
      common[row * width + column] = best;
    }
  }
  const edits: TextEdit[] = [];
  let position = offset;
  let row = 0;
  let column = 0;
  let open: TextEdit | undefined;
  while (row < rows || column < columns) {
    const here = common[row * width + column]!;
    if (
      row < rows &&
      column < columns &&
      left[row] === right[column] &&
      here === Math.fround(common[(row + 1) * width + column + 1]! + unitWeight(left[row]!))
    ) {
      open = undefined;
      position += left[row]!.length;
      row += 1;
      column += 1;
      continue;
    }
    if (open === undefined) edits.push((open = { start: position, end: position, text: '' }));
    if (row < rows && (column >= columns || common[(row + 1) * width + column]! >= common[row * width + column + 1]!)) {
      position += left[row]!.length;
      open.end = position;
      row += 1;
    } else {
      open.text += right[column]!;
      column += 1;
    }
  }
  return edits;
}

function unitWeight(unit: string): number {
  return /[\p{L}\p{N}]/u.test(unit) ? 4 : /\s/.test(unit) ? 1 : 2;
}

/** Joins replacements that only blanks keep apart: "a lot" -> "many things" is one edit. */
function merge(before: string, edits: TextEdit[]): TextEdit[] {
  const merged: TextEdit[] = [];
  for (const edit of edits) {
    const last = merged[merged.length - 1];
    const between = last === undefined ? 'x' : before.slice(last.end, edit.start);
    if (last !== undefined && /^\s*$/.test(between) && (between === '' || isReplacement(last) || isReplacement(edit))) {
      last.text += between + edit.text;
      last.end = edit.end;
    } else merged.push({ ...edit });
  }
  return merged;
}

function isReplacement(edit: TextEdit): boolean {
  return edit.end > edit.start && edit.text !== '';
}
