/**
 * A part of a sentence in another form of the same words: an aim as a relative clause ("a tool to find files" -> "a
 * tool that finds files"), a circumstance as a clause ("With the cache enabled, …" -> "When the cache is enabled, …"),
 * a quality as a verb ("makes the code simpler" -> "simplifies the code"). One change each; the network judges it.
 */
import { isPlural, thirdPerson } from '../prior/verb-forms';
import { baseOfContinuous, continuousOf, isBaseForm } from '../prior/word-classes';

/** Things that are made for an aim: what follows "to" behind them is what they do. */
const thing =
  '(?:tool|toolkit|program|library|utility|script|command|package|module|plugin|extension|application|app|framework|' +
  'wrapper|client|server|function|class|method|helper|service|engine|platform|system|collection|set)';

/** "is a tool to find files" -> "is a tool that finds files"; "for managing" -> "that manages", "to manage". */
function whatItDoes(view: string): string[] {
  const found = new RegExp(
    `^(.{2,60}? (?:is|are) (?:an?|the) (?:[\\p{L}\\p{N}-]+ ){0,5}?${thing}) (to|for|that|which) (\\p{Ll}+)(?= )`,
    'u',
  ).exec(view);
  if (!found) return [];
  const [all, start, word, verb] = found as unknown as [string, string, string, string];
  const rest = view.slice(all.length);
  if (word === 'for') {
    const base = baseOfContinuous(verb);
    // "A tool for testing frameworks": the tool tests nothing, when the noun behind is what it is for.
    return base === undefined || !isBaseForm(base)
      ? []
      : [`${start} that ${thirdPerson(base)}${rest}`, `${start} to ${base}${rest}`];
  }
  if (word === 'to')
    return isBaseForm(verb)
      ? [`${start} that ${thirdPerson(verb)}${rest}`, `${start} for ${continuousOf(verb)}${rest}`]
      : [];
  return [];
}

const states = '(?:enabled|disabled|installed|configured|selected|activated|set|open|running|loaded|attached)';

/** "With this option enabled, it starts." -> "When this option is enabled, it starts." */
function circumstance(view: string): string | undefined {
  const found = new RegExp(
    `^With ((?:the|this|that|these|those|your|an?|all) (?:[\\p{L}\\p{N}-]+ ){0,3}?([\\p{L}\\p{N}-]+)) (${states}), (?=\\S)`,
    'u',
  ).exec(view);
  if (!found) return undefined;
  const [all, what, noun, state] = found as unknown as [string, string, string, string];
  return `When ${what} ${isPlural(noun) ? 'are' : 'is'} ${state}, ${view.slice(all.length)}`;
}

/** "By adding it, you agree …" -> "When you add it, you agree …" */
function doing(view: string): string | undefined {
  const found = /^By (\p{Ll}+ing) ([^,;:()]+), (you|we|they) (?=\p{Ll})/u.exec(view);
  const base = found ? baseOfContinuous(found[1]!) : undefined;
  if (!found || base === undefined || !isBaseForm(base)) return undefined;
  return `When ${found[3]!} ${base} ${found[2]!}, ${found[3]!} ${view.slice(found[0].length)}`;
}

/** Comparatives and the verbs that say "to make so". */
const verbsOf: Readonly<Record<string, string>> = {
  simpler: 'simplify',
  faster: 'speed up',
  stronger: 'strengthen',
  shorter: 'shorten',
  wider: 'widen',
};

/** "makes the code simpler" -> "simplifies the code" */
function asVerb(view: string): string | undefined {
  const found =
    /\b(make|makes|made|making) ((?:the|this|that|your|our|their|its|these|those|all) (?:[\p{L}\p{N}-]+ ){0,3}?[\p{L}\p{N}-]+) (simpler|faster|stronger|shorter|wider)(?=[.,;]| (?:and|by|when|because|for|in)\b)/u.exec(
      view,
    );
  if (!found) return undefined;
  const [all, made, what, quality] = found as unknown as [string, string, string, string];
  const [verb, particle] = verbsOf[quality]!.split(' ') as [string, string | undefined];
  const form = {
    make: verb,
    makes: thirdPerson(verb),
    made: verb.endsWith('y') ? `${verb.slice(0, -1)}ied` : verb === 'speed' ? 'sped' : `${verb}ed`,
    making: continuousOf(verb),
  }[made]!;
  const end = found.index + all.length;
  return `${view.slice(0, found.index)}${form}${particle === undefined ? '' : ` ${particle}`} ${what}${view.slice(end)}`;
}

const command = '(\\p{Lu}\\p{Ll}+) ((?:(?!\\b(?:by|so|because|if|when|that|which|where)\\b)[^,;:()])+)';

/** "Extend a theme by setting its parent." -> "To extend a theme, set its parent." */
function aimFirst(view: string): string | undefined {
  const found = new RegExp(`^${command} by (\\p{Ll}+ing) ([^,;:]+\\.)$`, 'u').exec(view);
  if (!found) return undefined;
  const [, verb, what, doing, how] = found as unknown as [string, string, string, string, string];
  const base = baseOfContinuous(doing);
  if (!isBaseForm(verb.toLowerCase()) || base === undefined || !isBaseForm(base)) return undefined;
  return `To ${verb.toLowerCase()} ${what}, ${base} ${how}`;
}

/** "Copy files to it, skipping the others." -> "Copy files to it and skip the others." */
function sameTime(view: string): string | undefined {
  const found = new RegExp(`^${command}, (\\p{Ll}+ing) ([^,;:]+\\.)$`, 'u').exec(view);
  if (!found) return undefined;
  const [, verb, what, doing, rest] = found as unknown as [string, string, string, string, string];
  const base = baseOfContinuous(doing);
  if (!isBaseForm(verb.toLowerCase()) || base === undefined || !isBaseForm(base)) return undefined;
  // "depending on", "including", "using": no second thing to do.
  if (/^(?:depend|include|use|consider|assume|start|follow|concern|regard|mean|rang|give|see)/u.test(base))
    return undefined;
  return / and /u.test(what) ? undefined : `${verb} ${what} and ${base} ${rest}`;
}

/** "To analyze a profile use `tool`." -> "Use `tool` to analyze a profile." */
function aimLast(view: string): string | undefined {
  const found = /^To (\p{Ll}+) ([^,;:()`]{3,60}?),? use ([^,;:]+)\.$/u.exec(view);
  if (!found || !isBaseForm(found[1]!) || /\buse\b/u.test(found[2]!)) return undefined;
  return `Use ${found[3]!} to ${found[1]!} ${found[2]!}.`;
}

/** "You can check the rules with `tool`." -> "Use `tool` to check the rules." */
function withTool(view: string): string | undefined {
  const found = /^You can (?:also )?(\p{Ll}+) ([^,;:`]{3,80}?) (?:with|using|by using) (`[^`]+`)\.$/u.exec(view);
  if (!found || !isBaseForm(found[1]!) || found[1] === 'use') return undefined;
  return `Use ${found[3]!} to ${found[1]!} ${found[2]!}.`;
}

/** "You can check it by opening the log." -> "To check it, open the log." */
function byDoing(view: string): string | undefined {
  const found = /^You can (\p{Ll}+) ([^,;:()]{2,60}?) by (\p{Ll}+ing) ([^,;:()]+)\.$/u.exec(view);
  if (!found) return undefined;
  const [, verb, what, doing, how] = found as unknown as [string, string, string, string, string];
  const base = baseOfContinuous(doing);
  if (!isBaseForm(verb) || base === undefined || !isBaseForm(base)) return undefined;
  // A second thing that is done has to have the same form: "opening it and reading the end".
  const second = / and (\p{Ll}+ing)\b/u.exec(how);
  const then = second ? baseOfContinuous(second[1]!) : undefined;
  if (second && (then === undefined || !isBaseForm(then))) return undefined;
  return `To ${verb} ${what}, ${base} ${second ? how.replace(second[0], ` and ${then!}`) : how}.`;
}

/** "It supports reading files" -> "It can read files"; "reading and writing of files" is another thing. */
function ability(view: string): string {
  return view.replace(
    /\b(supports?) (\p{Ll}+ing) (?!(?:and|or|of|in|on|for|with|by|to)\b)(?=\p{Ll}|`)/u,
    (all, _, doing) => {
      const base = baseOfContinuous(doing as string);
      return base !== undefined && isBaseForm(base) ? `can ${base} ` : all;
    },
  );
}

/** "The rules can be found in it." -> "You can find the rules in it." */
function finder(view: string): string | undefined {
  const found =
    /^((?:The|These|An?|All|More|Further|Some|Additional) [^,;:()]{3,80}?) can be found (?=(?:here|in|at|on|under|below)\b)/u.exec(
      view,
    );
  if (!found || /\b(?:that|which|who|and then)\b/u.test(found[1]!)) return undefined;
  const what = found[1]!;
  return `You can find ${what[0]!.toLowerCase()}${what.slice(1)} ${view.slice(found[0].length)}`;
}

const phrases: readonly [RegExp, string][] = [
  [/^For better (?=\p{Ll}+[, ])/u, 'To improve '],
  [/^For (?:an? )?(?:improved|increased) (?=\p{Ll}+[, ])/u, 'To improve '],
  [/\bhas (much |far |slightly |significantly )?(better|worse) performance\b/u, 'performs $1$2'],
  [/\bhave (much |far |slightly |significantly )?(better|worse) performance\b/u, 'perform $1$2'],
  [/\bdoes not make any difference\b/u, 'makes no difference'],
  [/^Here(?:'|’)s (?=an? )/u, 'This is '],
  [/^In order for (.{3,40}?) to work, /u, 'For $1 to work, '],
  [/^At a minimum, /u, 'At least, '],
  [
    /\bmakes it easier for ((?:everyone|everybody|people|users|developers|others|beginners|them|us|you)) to (?=\p{Ll})/u,
    'helps $1 ',
  ],
  [/\b(?:is|are) not compatible with\b/u, 'cannot be used with'],
  [/\ban arbitrary number of\b/u, 'any number of'],
  [/^Also see\b/u, 'See also'],
  [/\bplace for discussing\b/u, 'place to discuss'],
  [/\b[Ii]s using (?=(?:the|an?|this|its|our|your)\b)/u, 'uses '],
  [/\bto achieve the same result\b/u, 'with the same result'],
  [/\bis derived from\b/u, 'comes from'],
  [/\bcheck out (?=(?:the|our|this|these)\b)/u, 'see '],
  [/^There(?:'|’)s no need to (?=\p{Ll})/u, 'You do not need to '],
];

/** Texts that say `view` with one part in another form. */
export function recast(view: string): string[] {
  const texts: (string | undefined)[] = [...whatItDoes(view), circumstance(view), doing(view), asVerb(view)];
  texts.push(aimFirst(view), sameTime(view), aimLast(view), finder(view), withTool(view), byDoing(view), ability(view));
  for (const [from, to] of phrases) texts.push(view.replace(from, to));
  return [...new Set(texts)].filter((text): text is string => text !== undefined && text !== view);
}
