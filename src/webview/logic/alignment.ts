/** Which source token a draft token comes from, arranged in columns so that both lines can be read in one flow. */
import type { SourceToken, TraceToken } from '../../protocol/trace';

export interface Column {
  /** Index into the source; undefined for a token that was inserted between two source tokens. */
  source?: number;
  /**
   * Further source tokens of a passage that an earlier round rewrote as a whole: nobody knows
   * which new token came from which.
   */
  more?: number[];
  /** Indices into the draft. */
  positions: number[];
}

/** Columns that stand together without a space. A line breaks only between words. */
export interface Word {
  columns: Column[];
}

/** Least share of draft tokens that must know their source for two aligned rows to make sense. */
const leastLinked = 1 / 3;

/**
 * Draft positions in the order of the source. Decoders strike out a whole run before they write its replacement, so
 * that a new token may stand behind a struck one of a later source token; here each goes to its own source token. A
 * token without a source token stays behind the furthest one before it, and before the next one that the draft says.
 */
function inSourceOrder(tokens: readonly TraceToken[]): number[] {
  const nextSaid = new Array<number>(tokens.length);
  for (let position = tokens.length - 1, next = Infinity; position >= 0; position--) {
    nextSaid[position] = next;
    const { sourceIndex, state } = tokens[position]!;
    if (sourceIndex !== undefined && state !== 'deleted') next = sourceIndex;
  }
  let furthest = -1,
    furthestSaid = -1;
  const places = tokens.map(({ sourceIndex, state }, position) => {
    if (sourceIndex === undefined)
      return state === 'deleted'
        ? furthest + 0.5
        : Math.max(furthestSaid + 0.5, Math.min(furthest + 0.5, nextSaid[position]! - 0.5));
    furthest = Math.max(furthest, sourceIndex);
    if (state !== 'deleted') furthestSaid = Math.max(furthestSaid, sourceIndex);
    return sourceIndex;
  });
  return tokens.map((_, position) => position).sort((left, right) => places[left]! - places[right]! || left - right);
}

/**
 * Columns in reading order: every source token once, every draft token once, and what the draft says (all but struck
 * tokens) in its own order. Undefined where the draft crosses the source or hardly refers to it; such drafts are
 * shown as a text of their own.
 */
export function alignColumns(sourceLength: number, tokens: readonly TraceToken[]): Column[] | undefined {
  const linked = tokens.filter((token) => token.sourceIndex !== undefined).length;
  if (tokens.length === 0 || linked === 0 || linked < tokens.length * leastLinked) return undefined;
  if (tokens.some(({ sourceIndex }) => sourceIndex !== undefined && sourceIndex >= sourceLength)) return undefined;
  const order = inSourceOrder(tokens);
  const said = order.filter((position) => tokens[position]!.state !== 'deleted');
  if (said.some((position, at) => at > 0 && position < said[at - 1]!)) return undefined;
  const columns: Column[] = [];
  let reached = -1;
  for (const position of order) {
    const { sourceIndex } = tokens[position]!;
    if (sourceIndex === undefined) columns.push({ positions: [position] });
    else if (sourceIndex === reached)
      columns.findLast(({ source }) => source === sourceIndex)!.positions.push(position);
    else {
      while (++reached < sourceIndex) columns.push({ source: reached, positions: [] });
      columns.push({ source: sourceIndex, positions: [position] });
    }
  }
  while (++reached < sourceLength) columns.push({ source: reached, positions: [] });
  return joinRewritten(columns);
}

/** Source tokens that are gone and draft tokens of unknown origin in one place belong together. */
function joinRewritten(columns: readonly Column[]): Column[] {
  const joined: Column[] = [];
  for (let at = 0; at < columns.length; ) {
    let end = at;
    while (end < columns.length && (columns[end]!.source === undefined || columns[end]!.positions.length === 0)) end++;
    const passage = columns.slice(at, end);
    const [source, ...more] = passage.flatMap((column) => column.source ?? []);
    const positions = passage.flatMap((column) => column.positions);
    if (source !== undefined && positions.length > 0)
      joined.push({ source, ...(more.length > 0 ? { more } : {}), positions });
    else joined.push(...passage);
    if (end < columns.length) joined.push(columns[end]!);
    at = end + 1;
  }
  return joined;
}

const startsWord = (text: string | undefined) => text === undefined || /^\s/.test(text);

export function groupWords(
  columns: readonly Column[],
  source: readonly SourceToken[],
  tokens: readonly TraceToken[],
): Word[] {
  const words: Word[] = [];
  for (const column of columns) {
    const first = tokens[column.positions[0] ?? -1];
    // A slot has no text yet; next to an aligned source token the source decides, otherwise it stands alone.
    const text =
      column.source !== undefined ? source[column.source]?.text : first?.state === 'masked' ? ' ' : first?.text;
    const latest = words.at(-1);
    if (!latest || startsWord(text)) words.push({ columns: [column] });
    else latest.columns.push(column);
  }
  return words;
}

/** Draft positions grouped into words, for the draft as a running text. */
export function groupDraft(tokens: readonly TraceToken[]): number[][] {
  const words: number[][] = [];
  for (const [position, token] of tokens.entries()) {
    const latest = words.at(-1);
    if (!latest || token.state === 'masked' || startsWord(token.text)) words.push([position]);
    else latest.push(position);
  }
  return words;
}

const mostCells = 1_000_000;

/**
 * For each draft token the source token that it repeats, or undefined: the decoder's own link where there is one,
 * otherwise the longest common subsequence of ids. Used to highlight and connect; never claimed
 * to be the model's reasoning.
 */
export function sharedTokens(source: readonly SourceToken[], tokens: readonly TraceToken[]): (number | undefined)[] {
  if (tokens.some((token) => token.sourceIndex !== undefined)) return tokens.map((token) => token.sourceIndex);
  const rows = source.length,
    columns = tokens.length,
    width = columns + 1;
  const links = new Array<number | undefined>(columns).fill(undefined);
  if ((rows + 1) * width > mostCells) return links;
  const length = new Uint16Array((rows + 1) * width);
  const ids = Int32Array.from(source, ({ id }) => id),
    drafted = Int32Array.from(tokens, ({ id, state }) => (state === 'masked' ? -1 : id));
  const same = (row: number, column: number) => ids[row] === drafted[column];
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      length[row * width + column] = same(row, column)
        ? length[(row + 1) * width + column + 1]! + 1
        : Math.max(length[(row + 1) * width + column]!, length[row * width + column + 1]!);
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (same(row, column)) links[column++] = row++;
    else if (length[(row + 1) * width + column]! >= length[row * width + column + 1]!) row++;
    else column++;
  }
  return links;
}
