/** Comments by which a writer turns the tool off: nar-disable, nar-enable, nar-disable-line, nar-disable-next-line. */

export interface Directive {
  name: 'disable' | 'enable' | 'disable-line' | 'disable-next-line';
  /** Source range of the comment. */
  start: number;
  end: number;
}

const comment = /<!--\s{0,20}nar-(disable-next-line|disable-line|disable|enable)\b[^>]{0,200}-->/g;

/** Directives in the HTML comments of source[start, end). */
export function readDirective(source: string, start: number, end: number): Directive[] {
  const text = source.slice(start, end);
  if (!text.includes('nar-')) return [];
  return [...text.matchAll(comment)].map((match) => ({
    name: match[1] as Directive['name'],
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}

/** The directive that a comment of one line holds and nothing else. @param text without the comment's marks */
export function lineDirective(text: string): Directive['name'] | undefined {
  const match = /^\s*nar-(disable-next-line|disable-line|disable|enable)\s*$/.exec(text);
  return match === null ? undefined : (match[1] as Directive['name']);
}

/** Source ranges (sorted, not overlapping) that the directives turn off. */
export function disabledRanges(source: string, directives: readonly Directive[]): [number, number][] {
  const ranges: [number, number][] = [];
  const add = (start: number, end: number): void => {
    const last = ranges[ranges.length - 1];
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  };
  let open: number | undefined;
  const sorted = [...directives].sort((left, right) => left.start - right.start);
  const lines: [number, number][] = [];
  for (const { name, start, end } of sorted) {
    if (name === 'disable') open ??= start;
    else if (name === 'enable') {
      if (open !== undefined) lines.push([open, end]);
      open = undefined;
    } else {
      const lineEnd = endOfLine(source, end);
      const lineStart = source.lastIndexOf('\n', start - 1) + 1;
      if (name === 'disable-line') lines.push([lineStart, lineEnd]);
      else lines.push([lineStart, endOfLine(source, Math.min(source.length, lineEnd + 1))]);
    }
  }
  if (open !== undefined) lines.push([open, source.length]);
  lines.sort((left, right) => left[0] - right[0]);
  for (const [start, end] of lines) add(start, end);
  return ranges;
}

function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end;
}
