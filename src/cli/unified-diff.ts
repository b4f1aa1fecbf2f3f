/**
 * Pure: edits of a text as a unified diff that `git apply` and `patch -p1` take. The edits are known, so nothing has to
 * be searched for: only their lines are gathered.
 */
export interface TextEdit {
  /** UTF-16 offsets. */
  start: number;
  end: number;
  text: string;
}

/** Lines before and after a change. */
const context = 3;

/** Lines of the old text from `first` up to `end`, and what stands in their place. */
interface Change {
  first: number;
  end: number;
  lines: string[];
}

/** Lines with their endings; only LF ends one, as git counts. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/**
 * @param name relative, with `/`
 * @param edits sorted and disjoint
 * @returns an empty text where nothing changes
 */
export function unifiedDiff(name: string, text: string, edits: readonly TextEdit[]): string {
  const lines = linesOf(text);
  const hunks = groups(changesOf(text, lines, edits));
  let shift = 0;
  const bodies = hunks.map((changes) => {
    const first = Math.max(0, changes[0]!.first - context);
    const end = Math.min(lines.length, changes.at(-1)!.end + context);
    const body: string[] = [];
    let at = first;
    let length = 0;
    for (const change of changes) {
      const kept = lines.slice(at, change.first);
      body.push(...kept.map((line) => row(' ', line)));
      body.push(...lines.slice(change.first, change.end).map((line) => row('-', line)));
      body.push(...change.lines.map((line) => row('+', line)));
      length += kept.length + change.lines.length;
      at = change.end;
    }
    body.push(...lines.slice(at, end).map((line) => row(' ', line)));
    length += end - at;
    const head = `@@ -${span(first, end - first)} +${span(first + shift, length)} @@\n`;
    shift += length - (end - first);
    return head + body.join('');
  });
  return bodies.length === 0 ? '' : `--- ${quoted(`a/${name}`)}\n+++ ${quoted(`b/${name}`)}\n${bodies.join('')}`;
}

function changesOf(text: string, lines: readonly string[], edits: readonly TextEdit[]): Change[] {
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length;
  }
  const lineAt = (at: number): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= at),
    );
  // Lines that stand side by side are one change.
  const changes: { first: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of edits) {
    const [first, end] = [lineAt(edit.start), Math.min(lines.length, lineAt(edit.end) + 1)];
    const latest = changes.at(-1);
    if (latest && first <= latest.end) {
      latest.end = Math.max(latest.end, end);
      latest.edits.push(edit);
    } else changes.push({ first, end, edits: [edit] });
  }
  return changes.map(({ first, end, edits: own }) => {
    let at = starts[first] ?? 0;
    let changed = '';
    for (const edit of own) {
      changed += text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    changed += text.slice(at, end < lines.length ? starts[end] : text.length);
    return trimmed(lines, { first, end, lines: linesOf(changed) });
  });
}

/** Without the lines at both ends that stay as they are. */
function trimmed(old: readonly string[], { first, end, lines }: Change): Change {
  let [before, after] = [0, 0];
  const most = Math.min(end - first, lines.length);
  while (before < most && old[first + before] === lines[before]) before++;
  while (after < most - before && old[end - 1 - after] === lines[lines.length - 1 - after]) after++;
  return { first: first + before, end: end - after, lines: lines.slice(before, lines.length - after) };
}

/** Changes whose context would touch stand together. */
function groups(changes: readonly Change[]): Change[][] {
  const found: Change[][] = [];
  for (const change of changes) {
    if (change.first === change.end && change.lines.length === 0) continue;
    const latest = found.at(-1);
    if (latest && change.first - latest.at(-1)!.end <= 2 * context) latest.push(change);
    else found.push([change]);
  }
  return found;
}

function row(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

/** No line at all stands behind the line before it. */
function span(first: number, length: number): string {
  const start = length === 0 ? first : first + 1;
  return length === 1 ? `${start}` : `${start},${length}`;
}

/** As git writes names: quoted where a character would break the line, with a tab behind a name that holds a space. */
function quoted(name: string): string {
  if (!/["\\\u0000-\u001f\u007f]/.test(name)) return name.includes(' ') ? `${name}\t` : name;
  const escaped = name.replace(/["\\\u0000-\u001f\u007f]/g, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}
