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

const phrases: readonly [RegExp, string][] = [
  [/^For better (?=\p{Ll}+[, ])/u, 'To improve '],
  [/^For (?:an? )?(?:improved|increased) (?=\p{Ll}+[, ])/u, 'To improve '],
  [/\bhas (much |far |slightly |significantly )?(better|worse) performance\b/u, 'performs $1$2'],
  [/\bhave (much |far |slightly |significantly )?(better|worse) performance\b/u, 'perform $1$2'],
  [/\bdoes not make any difference\b/u, 'makes no difference'],
  [/^Here(?:'|’)s (?=an? )/u, 'This is '],
  [/^In order for (.{3,40}?) to work, /u, 'For $1 to work, '],
  [/^There(?:'|’)s no need to (?=\p{Ll})/u, 'You do not need to '],
];

/** Texts that say `view` with one part in another form. */
export function recast(view: string): string[] {
  const texts: (string | undefined)[] = [...whatItDoes(view), circumstance(view), doing(view), asVerb(view)];
  for (const [from, to] of phrases) texts.push(view.replace(from, to));
  return [...new Set(texts)].filter((text): text is string => text !== undefined && text !== view);
}
