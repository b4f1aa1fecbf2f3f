/**
 * Commands for a shell that stand in prose without any markup: "npm install --save-dev name && npm test" as a
 * paragraph, "$ git status" in a plain text, "call docker run --rm -v a:b name first" in a sentence. A program that
 * people know and something that only shells read, a flag, a pipe or a joined command, make one together.
 */
import type { Block } from './block';
import type { Range } from './protect';

/** Never words of English behind which a flag stands by chance. */
const programs =
  'npm|npx|yarn|pnpm|bun|bunx|deno|pip3?|pipx|conda|mamba|uv|uvx|poetry|cargo|rustup|gem|bundle|brew|apt-get|apt|dnf|' +
  'yum|apk|pacman|zypper|choco|winget|scoop|composer|dotnet|mvn|gradle|git|gh|docker|docker-compose|podman|kubectl|' +
  'helm|terraform|ssh|scp|rsync|curl|wget|tar|unzip|sudo|chmod|chown|mkdir|systemctl|journalctl|cmake|gcc|clang|' +
  'python3?|node|ruby|perl|php|bash|zsh|ffmpeg|openssl|psql|mysql|sqlite3|grep|sed|awk|jq|nvim|vim|emacs|pytest|tox';
/** Words of English as well: commands only where a line begins with them. */
const wordsToo =
  'go|make|find|sort|cat|head|tail|echo|export|cd|cp|mv|rm|ls|touch|source|kill|time|watch|env|set|code|just|nix|stack';
const program = new RegExp(`(?<![\\w./@:=-])(?:${programs})(?=[ \\t]+\\S)`, 'g');
const lineProgram = new RegExp(`^[ \\t]*(?:${programs}|${wordsToo}|\\./[\\w./-]{1,80})(?=[ \\t]+\\S)`);
/** "$ name …", "PS C:\\> name …": what a terminal shows. */
const prompt = /^[ \t]*(?:\$|PS [^>\n]{0,80}>|[A-Z]:\\[^>\n]{0,80}>)[ \t]+[a-z./~]/;
const shellMark = /(?:^|\s)(?:--?[A-Za-z][\w-]*|&&|\|\|?|[12]?>{1,2})(?=[\s=]|$)/;
const token = /(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"'])+|["']/y;
/** A command holds none of these, but in its strings; a sentence hardly goes four words without one. */
const small = new Set(
  (
    'a an the is are was were be been to and or of for with when if you your we our they this that these it its in on ' +
    'at by from into as will can should must may then so but because which who how what uses use using has have does ' +
    'do not before after instead than'
  ).split(' '),
);
const mostTokens = 80;

/**
 * View ranges, in no order.
 * @param words the block's text with protected text as blanks
 * @param source what the block's offsets count in
 */
export function commandLines(block: Block, words: string, source: string): Range[] {
  if (!shellMark.test(words) && !/(?:^|\s)(?:\$|\S+>) [a-z./~]/.test(words)) return [];
  const ranges: Range[] = [];
  for (const [start, end] of linesOf(block, words, source)) {
    const line = words.slice(start, end);
    if (prompt.test(line)) ranges.push([start, end]);
    else if (shellMark.test(line)) commandsOfLine(line, start, ranges);
  }
  return ranges;
}

function commandsOfLine(line: string, offset: number, ranges: Range[]): void {
  const first = lineProgram.exec(line);
  if (first && commandEnd(line, first[0].length, true) === line.trimEnd().length) {
    ranges.push([offset, offset + line.length]);
    return;
  }
  let done = 0;
  for (const { index, 0: name } of line.matchAll(program)) {
    if (index < done) continue;
    const end = commandEnd(line, index + name.length, false);
    if (end === undefined) continue;
    ranges.push([offset + index, offset + end]);
    done = end;
  }
}

/**
 * Where the command ends whose program ends at `at`: at the first small word or mark of a sentence; of the words behind
 * its last flag one is counted where the sentence may go on. Undefined where nothing speaks for a command.
 */
function commandEnd(line: string, at: number, isWholeLine: boolean): number | undefined {
  let end: number | undefined;
  let behindMark = 0;
  for (let count = 0; count < mostTokens; count += 1) {
    at += /^\s*/.exec(line.slice(at, at + 100))![0].length;
    token.lastIndex = at;
    const match = token.exec(line)?.[0];
    if (match === undefined) break;
    const ended = /[\p{L}\p{N})"'][.,:?!…]+$/u.exec(match);
    const own = ended === null ? match : match.slice(0, ended.index + 1);
    if (small.has(own.toLowerCase())) break;
    const isMark = shellMark.test(own);
    if (isMark) behindMark = 0;
    else if (end !== undefined) behindMark += 1;
    if (isMark || (end !== undefined && (isWholeLine || behindMark === 1))) end = at + own.length;
    at += match.length;
    if (ended !== null) break;
  }
  return end;
}

/** View ranges of the source's lines; one that ends with a backslash goes on. */
function linesOf(block: Block, words: string, source: string): Range[] {
  const lines: Range[] = [];
  let start = 0;
  const cut = (at: number): void => {
    if (at > start) lines.push([start, at]);
    start = at;
  };
  for (const run of block.runs) {
    if (run.origin === 'synthetic') {
      const gap = source.slice(Math.max(0, run.sourceStart - 2), run.sourceEnd);
      if (/[\r\n]/.test(gap) && !/\\\s*[\r\n]/.test(gap)) cut(run.viewStart);
    } else {
      for (let at = words.indexOf('\n', run.viewStart); at >= 0 && at < run.viewEnd; at = words.indexOf('\n', at + 1))
        if (words[at - 1] !== '\\') cut(at + 1);
    }
  }
  cut(words.length);
  return lines;
}
