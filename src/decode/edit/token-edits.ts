/** Edits over tokens: apply, find, compose, and carry back through other edits. All ranges are half open. */
import type { TokenEdit } from '../decoder';

type Replacement = Pick<TokenEdit, 'start' | 'end' | 'ids'>;

/** By start, insertions first: the order in which edits are applied. */
export function sortEdits<Edit extends Replacement>(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((left, right) => left.start - right.start || left.end - right.end);
}

/** @throws RangeError when edits overlap or leave the text */
export function applyEdits(source: readonly number[], edits: readonly Replacement[]): number[] {
  const output: number[] = [];
  let position = 0;
  for (const { start, end, ids } of sortEdits(edits)) {
    if (start < position || end < start || end > source.length) {
      throw new RangeError(`Edit [${start}, ${end}) overlaps another one or leaves the ${source.length} tokens.`);
    }
    for (; position < start; position++) output.push(source[position]!);
    output.push(...ids);
    position = end;
  }
  for (; position < source.length; position++) output.push(source[position]!);
  return output;
}

/** Where each token of applyEdits(source, edits) was kept from: its index in the source, −1 for a new token. */
export function originsOf(sourceLength: number, edits: readonly Replacement[]): number[] {
  const indices = Array.from({ length: sourceLength }, (_, index) => index);
  return applyEdits(
    indices,
    edits.map((edit) => ({ ...edit, ids: edit.ids.map(() => -1) })),
  );
}

const impossible = -(2 ** 20);

/**
 * Fewest-token edits that turn `source` into `target` (longest common subsequence). What `locked` marks stays: the
 * locked tokens must occur in `target` in their order.
 */
export function findEdits(
  source: readonly number[],
  target: readonly number[],
  locked?: ArrayLike<number>,
): Replacement[] {
  const free = (index: number): boolean => !locked?.[index];
  // else a common end may have to belong to a locked token further on
  const allFree = source.every((_, index) => free(index));
  let prefix = 0;
  while (allFree && prefix < source.length && prefix < target.length && source[prefix] === target[prefix]) prefix++;
  let suffix = 0;
  while (
    allFree &&
    suffix < source.length - prefix &&
    suffix < target.length - prefix &&
    source.at(-1 - suffix) === target.at(-1 - suffix)
  )
    suffix++;
  const rows = source.length - prefix - suffix;
  const columns = target.length - prefix - suffix;
  const width = columns + 1;
  // common[i, j]: longest common subsequence of the tails from i and j
  const common = new Int32Array((rows + 1) * width);
  const without = (row: number, column: number): number =>
    free(prefix + row) ? common[(row + 1) * width + column]! : impossible;
  const together = (row: number, column: number): number =>
    column < columns && source[prefix + row] === target[prefix + column]
      ? common[(row + 1) * width + column + 1]! + 1
      : impossible;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns; column >= 0; column--) {
      common[row * width + column] = Math.max(
        together(row, column),
        without(row, column),
        column < columns ? common[row * width + column + 1]! : impossible,
      );
    }
  }
  const edits: Replacement[] = [];
  let open: Replacement | undefined;
  for (let row = 0, column = 0; row < rows || column < columns; ) {
    if (row < rows && column < columns && together(row, column) === common[row * width + column]!) {
      open = undefined;
      row++;
      column++;
      continue;
    }
    if (!open) edits.push((open = { start: prefix + row, end: prefix + row, ids: [] }));
    if (column === columns || (row < rows && without(row, column) >= common[row * width + column + 1]!)) {
      open.end = prefix + ++row;
    } else {
      open.ids.push(target[prefix + column++]!);
    }
  }
  return edits;
}

/** A member of a composition, with the range that it has in the middle text. */
interface Part {
  start: number;
  end: number;
  edit: TokenEdit;
  second: boolean;
}

interface Cluster {
  start: number;
  end: number;
  parts: Part[];
}

/**
 * Edits X -> Z from `first` (X -> Y) and `second` (Y -> Z). Edits that touch each other's text become one, with the
 * product of their confidences; all others stay as they are. What the second undoes entirely is left out.
 */
export function composeEdits(first: readonly TokenEdit[], second: readonly TokenEdit[]): TokenEdit[] {
  const parts: Part[] = [];
  let shift = 0; // middle index − source index
  for (const edit of sortEdits(first)) {
    parts.push({ start: edit.start + shift, end: edit.start + shift + edit.ids.length, edit, second: false });
    shift += edit.ids.length - (edit.end - edit.start);
  }
  for (const edit of second) parts.push({ start: edit.start, end: edit.end, edit, second: true });
  parts.sort(
    (left, right) => left.start - right.start || left.end - right.end || Number(left.second) - Number(right.second),
  );
  const clusters: Cluster[] = [];
  for (const part of parts) {
    const cluster = clusters.at(-1);
    if (cluster && joins(cluster, part)) {
      cluster.end = Math.max(cluster.end, part.end);
      cluster.parts.push(part);
    } else {
      clusters.push({ start: part.start, end: part.end, parts: [part] });
    }
  }
  shift = 0;
  return joinInsertions(
    clusters
      .map((cluster) => {
        const only = cluster.parts[0]!;
        const start = cluster.start - shift;
        for (const { second: late, edit } of cluster.parts)
          if (!late) shift += edit.ids.length - (edit.end - edit.start);
        const end = cluster.end - shift;
        if (cluster.parts.length === 1) return { ...only.edit, start, end };
        return {
          start,
          end,
          ids: outputOf(cluster),
          confidence: cluster.parts.reduce((product, { edit }) => product * edit.confidence, 1),
          lexicon: cluster.parts.every(({ edit }) => edit.lexicon),
        };
      })
      .filter((edit) => edit.start < edit.end || edit.ids.length > 0),
  );
}

/** Two insertions at one place are one: alone, neither would say which comes first. */
function joinInsertions(edits: readonly TokenEdit[]): TokenEdit[] {
  const joined: TokenEdit[] = [];
  for (const edit of edits) {
    const previous = joined.at(-1);
    if (previous && previous.start === edit.end && previous.end === edit.start) {
      joined[joined.length - 1] = {
        ...previous,
        ids: [...previous.ids, ...edit.ids],
        confidence: previous.confidence * edit.confidence,
        lexicon: previous.lexicon && edit.lexicon,
      };
    } else {
      joined.push(edit);
    }
  }
  return joined;
}

/** Strict overlap joins; so does touching where one of the two is empty and the order would be lost. */
function joins(cluster: Cluster, part: Part): boolean {
  if (part.start < cluster.end) return true;
  if (part.start > cluster.end || cluster.parts.every(({ second }) => second === part.second)) return false;
  return part.start === part.end || cluster.parts.some(({ start, end }) => start === end && end === part.start);
}

/**
 * The middle text of the cluster with its second edits applied: new tokens of first edits, untouched ones in between.
 */
function outputOf(cluster: Cluster): number[] {
  const middle: (number | undefined)[] = new Array<number | undefined>(cluster.end - cluster.start).fill(undefined);
  for (const { second, start, edit } of cluster.parts) {
    if (!second)
      edit.ids.forEach((id, index) => {
        middle[start - cluster.start + index] = id;
      });
  }
  const changes = cluster.parts
    .filter(({ second }) => second)
    .map(({ start, end, edit }) => ({ start: start - cluster.start, end: end - cluster.start, ids: edit.ids }));
  // A middle token that no first edit wrote lies under a second edit, which replaces it: it cannot reach the output.
  return applyEdits(
    middle.map((id) => id ?? -1),
    changes,
  );
}

/**
 * An edit over Y as an edit over X, where `origins` (originsOf) leads from Y to X; undefined where it touches new
 * tokens or a place where tokens are gone.
 */
export function carryBack(edit: TokenEdit, origins: readonly number[], sourceLength: number): TokenEdit | undefined {
  const before = edit.start === 0 ? -1 : origins[edit.start - 1]!;
  if (before < 0 && edit.start > 0) return undefined;
  const count = edit.end - edit.start;
  for (let offset = 0; offset <= count; offset++) {
    const at = edit.start + offset;
    const origin = at < origins.length ? origins[at]! : sourceLength;
    if (origin !== before + 1 + offset) return undefined;
  }
  return { ...edit, start: before + 1, end: before + 1 + count };
}
