/** Pure: where an issue stands when its document has changed since the list was made. */
import type { Issue } from './issue-groups';

interface Position {
  line: number;
  character: number;
}

export interface Change {
  range: { start: Position; end: Position };
  text: string;
}

/** Undefined where a change has touched the issue's own words. */
export function movedBy(issue: Issue, changes: readonly Change[]): Issue | undefined {
  let moved: Issue | undefined = issue;
  for (const change of changes) {
    if (!moved) return undefined;
    const { start, end } = change.range;
    if (isBefore(moved.end, start) || isSame(moved.end, start)) continue;
    moved =
      isBefore(end, moved) || isSame(end, moved)
        ? { ...moved, ...after(moved, change), end: after(moved.end, change) }
        : undefined;
  }
  return moved;
}

/** A position behind a change. */
function after({ line, character }: Position, { range: { end, start }, text }: Change): Position {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1)!.length;
  const endCharacter = lines.length === 1 ? start.character + last : last;
  return {
    line: line - end.line + start.line + lines.length - 1,
    character: line === end.line ? character - end.character + endCharacter : character,
  };
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function isSame(a: Position, b: Position): boolean {
  return a.line === b.line && a.character === b.character;
}
