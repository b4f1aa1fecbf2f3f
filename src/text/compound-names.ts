/**
 * Names that programs use and that look like words: identifiers with hyphens or an index, packages with their versions.
 */
import type { Range } from './protect';

/** `my-first-key`; "up-to-date" and its like have a small word in the middle. */
const compound = /(?<![\p{L}\p{N}_-])[\p{L}\p{N}]{1,40}(?:-[\p{L}\p{N}]{1,40}){2,8}(?![\p{L}\p{N}_])/gu;
const smallWords = new Set(
  'a an and as at by for from in is it no not of off on or out per the to up us vs with you your'.split(' '),
);
/** `list[0]`, `map["key"]`, `rows[from:to]`. */
const indexed = /[\p{L}_$][\p{L}\p{N}_$]{0,60}(?:\[["'\w.:+*-]{1,40}\]){1,5}/gu;
/** "left-pad, is-odd, @types/node and next/link": no word of a list of such names is prose. */
const packageName = String.raw`(?:@[\w.-]{1,40}\/[\w.-]{0,60}\w|[\w.]{1,40}[-./][\w.\/-]{0,60}\w)`;
const packageNames = new RegExp(
  `(?<![\\w@/-])${packageName}(?:, ${packageName}){2,30}(?:,? (?:and|or) ${packageName})?(?![\\w-])`,
  'g',
);
const kinds =
  'packages?|crate|gem|module|library|plugin|extension|repository|repo|branch|option|flag|class|key|command|file|folder|directory|tag|label|target|script|hook|component|attribute|property|variable|identifier';
const kindAfter = new RegExp(
  `(?<![\\p{L}\\p{N}_-])\\p{L}[\\p{L}\\p{N}]{0,40}-[\\p{L}\\p{N}-]{1,60}(?= (?:${kinds})\\b)`,
  'gu',
);
const kindBefore = new RegExp(
  `(?<=\\b(?:${kinds})(?: is| called| named)? )\\p{L}[\\p{L}\\p{N}]{0,40}-[\\p{L}\\p{N}-]{1,60}`,
  'gu',
);
/** "Name2's": the apostrophe belongs to the name. */
const digitBefore = /[\p{L}\p{N}_]{0,60}\d['’]\p{L}{0,2}(?!\p{L})/gu;
/** `call(one, two)`. */
const called = /[\p{L}_$][\p{L}\p{N}_$.]{0,60}\([^()\r\n]{0,120}\)/gu;
/** "parser-core: what has changed", as entries of change logs begin. */
const scope = /^\s{0,4}([\p{L}\p{N}]{1,40}(?:[-./][\p{L}\p{N}]{1,40}){1,8})(?=:\s)/gu;
/** "core: what has changed", "**cli:** what it does": a key or the part of a program, in small letters. */
const label = /^\s{0,4}([a-z][\p{Ll}\p{N}_./-]{0,40})(?=:\s)/u;
/** "program: file: what is wrong with it". */
const complaint = /^\s{0,4}([a-z][\w.-]{0,40}: [\w./-]{1,80})(?=: \S)/g;
/** "Bump name from 1.2.3", "Update name to v2". */
const bumped =
  /\b(?:bump|update|upgrade|downgrade|pin|migrate)(?:s|d|ed)? (?:the )?\[?([@\w./-]{2,80})(?=\]\(| (?:from|to) v?\d)/giu;
const versioned = /(?<![\w-])[A-Za-z@][\w@/-]{1,60}(?= (?:v\d|\d{1,5}\.\d{1,5}\.\d|\(v?\d{1,5}[.:-]))/g;
const tools =
  'npm|npx|yarn|pnpm|bun|pip3?|pipx|conda|uv|poetry|cargo|go|gem|brew|apt|apt-get|dnf|apk|choco|winget|composer|dotnet|cabal|opam';
const installed = new RegExp(
  `\\b(?:${tools}) (?:install|i|add|get|update|uninstall|remove|run|exec|require|upgrade)((?: -{1,2}[\\w-]{1,30}){0,4} [@\\w./:^~=-]{2,80})`,
  'g',
);

/** View range of the label that a list item begins with, as entries of change logs do. */
export function labelOfItem(text: string): Range[] {
  const match = label.exec(text);
  return match === null ? [] : [[match[0].length - match[1]!.length, match[0].length]];
}

/** View ranges, in no order. @param text with protected text as blanks */
export function compoundNames(text: string): Range[] {
  const ranges: Range[] = [];
  const collect = (pattern: RegExp, group = 0): void => {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      ranges.push([end - match[group]!.length, end]);
    }
  };
  if (text.includes('-')) {
    for (const match of text.matchAll(compound)) {
      const parts = match[0].toLowerCase().split('-');
      if (!parts.slice(1, -1).some((part) => smallWords.has(part)))
        ranges.push([match.index, match.index + match[0].length]);
    }
    for (const list of text.includes(', ') ? text.matchAll(packageNames) : [])
      for (const { index, 0: name } of list[0].matchAll(new RegExp(packageName, 'g')))
        ranges.push([list.index + index, list.index + index + name.length]);
    collect(kindAfter);
    collect(kindBefore);
  }
  if (text.includes(':')) {
    collect(scope, 1);
    collect(complaint, 1);
  }
  if (text.includes('(')) collect(called);
  if (text.includes('[')) collect(indexed);
  if (/\d/.test(text)) {
    collect(digitBefore);
    collect(bumped, 1);
    for (const match of text.matchAll(versioned))
      if (!smallWords.has(match[0]) && !/^(?:\p{Lu}|ver|rel)/u.test(match[0]))
        ranges.push([match.index, match.index + match[0].length]);
  }
  if (text.includes(' ')) collect(installed, 1);
  return ranges;
}
