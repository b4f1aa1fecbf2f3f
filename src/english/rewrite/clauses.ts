/**
 * A clause in another form, as any sentence of documentation allows it: a participle as a relative clause and back
 * ("agents working on it" <-> "agents that work on it", "files that are used by it" -> "files used by it"), a genitive
 * either way ("the name of the option" <-> "the option's name"), what is somewhere as what has it ("There are examples
 * on the site." -> "The site has examples."). One change each; the network judges it.
 */
import { isPlural, thirdPerson } from '../prior/verb-forms';
import {
  baseOfContinuous,
  baseOfThird,
  continuousOf,
  isBaseForm,
  isOneThing,
  isParticiple,
  namesSeveral,
  oneOf,
} from '../prior/word-classes';
import { capital, laterTime } from './voice';

/** Words behind a participle that begin what it says of its noun. */
const complement = '(?:the|an?|your|its|this|these|all|any|to|on|in|with|from|for|at|by|as|no|more)';
/** Before these a participle says when or how, and belongs to no noun. */
const notNoun =
  /^(?:before|after|when|while|by|for|of|in|to|from|and|or|is|are|was|were|be|always|this|does|has|as|us|its|yes|less|else)$/;

/** "agents working on it" -> "agents that work on it", "a file containing it" -> "a file that contains it". */
function asRelative(view: string): string[] {
  const texts: string[] = [];
  for (const found of view.matchAll(
    new RegExp(`(?<![\\p{L}-])(\\p{Ll}{3,}) (\\p{Ll}{2,}ing) (?=${complement}\\b)`, 'gu'),
  )) {
    const [all, noun, doing] = found as unknown as [string, string, string];
    const base = baseOfContinuous(doing);
    // "the parameter in the method using it": who uses it is seldom the noun before.
    if (base === undefined || !isBaseForm(base) || base === 'use' || notNoun.test(noun)) continue;
    const many = oneOf(noun) !== undefined;
    // "a lot of time parsing the file": only what is counted can do something.
    if (!many && !(isOneThing(noun) && /\b(?:an?|the|each|every|any) (?:\p{Ll}+ )?$/u.test(view.slice(0, found.index))))
      continue;
    // "see the user entering": what is seen or kept doing something is no noun with a clause.
    if (
      /\b(?:see|sees|keep|keeps|have|has|stop|stops|prevent|prevents|start|starts|avoid|avoids|spend|spends|without|with|by|from|of) (?:the |an? |any |all |your )?$/u.test(
        view.slice(0, found.index),
      )
    )
      continue;
    const verb = many ? base : thirdPerson(base);
    texts.push(`${view.slice(0, found.index)}${noun} that ${verb} ${view.slice(found.index + all.length)}`);
  }
  return texts;
}

/** "a file that contains the list" -> "a file containing the list"; "is used by" -> "used by". */
function asParticiple(view: string): string[] {
  const texts: string[] = [];
  for (const found of view.matchAll(new RegExp(`(?<=[\\p{L}\`] )that (\\p{Ll}{3,}) (?=${complement}\\b)`, 'gu'))) {
    const [all, verb] = found as unknown as [string, string];
    const base = baseOfThird(verb) ?? (isBaseForm(verb) ? verb : undefined);
    const noun = /(?<!\p{L})(\p{Ll}+) $/u.exec(view.slice(0, found.index))?.[1] ?? '';
    const isSubject = baseOfThird(verb) === undefined ? oneOf(noun) !== undefined : isOneThing(noun);
    if (
      base === undefined ||
      !isSubject ||
      !/^(?:contain|include|match|use|support|start|end|point|run|work|follow|describe|require|hold|represent|affect|exist|belong|refer|depend|list|explain|show|implement)$/.test(
        base,
      )
    )
      continue;
    texts.push(`${view.slice(0, found.index)}${continuousOf(base)} ${view.slice(found.index + all.length)}`);
  }
  for (const found of view.matchAll(
    /(?<=\p{Ll} )(?:that|which) (?:is|are) (\p{Ll}+) (?=(?:by|in|for|to|with|on|from|at) )/gu,
  )) {
    const [all, participle] = found as unknown as [string, string];
    const noun = /(?<!\p{L})(\p{Ll}+) $/u.exec(view.slice(0, found.index))?.[1] ?? '';
    if (isParticiple(participle) && (isOneThing(noun) || namesSeveral(noun)))
      texts.push(`${view.slice(0, found.index)}${participle} ${view.slice(found.index + all.length)}`);
  }
  return texts;
}

const attributes =
  '(?:name|value|size|type|path|length|content|contents|author|status|state|version|location|owner|height|width|title|description|output|documentation|structure|color|id)';

/** "the name of the option" <-> "the option's name". */
function genitive(view: string): (string | undefined)[] {
  const of = new RegExp(
    `\\b([Tt])he ((?:(?:maximum|minimum|default|current|full|total|original|new|exact) )?${attributes}) of (the|this|your|each|every|an?) (\\p{Ll}+)(?=[.,;:)]|$| (?:is|are|in|to|and|or|when|if|as|for|must|can|will|has|with)\\b(?! which| whom| whose))`,
    'u',
  ).exec(view);
  const own = new RegExp(
    `(?<![\\p{L}])([Tt]he|[Tt]his|[Ee]ach|[Ee]very) (\\p{Ll}+)['’]s (${attributes})(?=[.,;:)]|$| (?:is|are|in|to|and|or|when|if|as|for|must|can|will|has|with)\\b)`,
    'u',
  ).exec(view);
  const replaced = (found: RegExpExecArray, text: string): string =>
    view.slice(0, found.index) + text + view.slice(found.index + found[0].length);
  return [
    of && isOneThing(of[4]!)
      ? replaced(of, `${of[1] === 'T' ? capital(of[3]!) : of[3]!} ${of[4]!}'s ${of[2]!}`)
      : undefined,
    own && isOneThing(own[2]!)
      ? replaced(own, `${/^\p{Lu}/u.test(own[1]!) ? 'The' : 'the'} ${own[3]!} of ${own[1]!.toLowerCase()} ${own[2]!}`)
      : undefined,
  ];
}

/** "There are examples on the site." -> "The site has examples." */
function whatHas(view: string): string | undefined {
  const found =
    /^There (?:is|are) ((?:an?|some|many|several|more|no|two|three|also|various) [^,;:.!?()]{3,60}?) (?:in|on) ((?:the|this|our) [^,;:.!?()]{3,40})\.$/u.exec(
      view,
    );
  if (!found || /\b(?:that|which|who|to|in|on|also|between|for|with|of)\b/.test(`${found[1]!} ${found[2]!}`))
    return undefined;
  const place = found[2]!;
  return `${capital(place)} ${isPlural(place.split(' ').at(-1)!) ? 'have' : 'has'} ${found[1]!}.`;
}

const judged =
  '(an error|a mistake|a good idea|a bad idea|good practice|bad practice|a good practice|a common mistake|a good start)';

/** "Combining two lists is an error." <-> "It is an error to combine two lists." */
function errorTo(view: string): string | undefined {
  const doing = new RegExp(`^(\\p{Lu}\\p{Ll}+ing) ([^,;:.!?]+?) is ${judged}\\.$`, 'u').exec(view);
  const base = doing ? baseOfContinuous(doing[1]!.toLowerCase()) : undefined;
  if (doing && base !== undefined && isBaseForm(base)) return `It is ${doing[3]!} to ${base} ${doing[2]!}.`;
  const it = new RegExp(`^It(?: is|['’]s) ${judged} to (\\p{Ll}+) ([^,;:.!?]+)\\.$`, 'u').exec(view);
  return it && isBaseForm(it[2]!) ? `${capital(continuousOf(it[2]!))} ${it[3]!} is ${it[1]!}.` : undefined;
}

/** "The flag causes all files to be read." -> "With the flag, all files are read." */
function caused(view: string): string | undefined {
  const found =
    /^The ([^,;:.!?]{2,40}?) causes ((?:all|the|every|any|each) [^,;:.!?]+?) to be (\p{Ll}+)([ .].*)$/u.exec(view);
  if (!found || !isParticiple(found[3]!)) return undefined;
  const head = found[2]!.replace(/ (?:of|in|for|from|on|with) .*/u, '');
  return `With the ${found[1]!}, ${found[2]!} ${isPlural(head.split(' ').at(-1)!) ? 'are' : 'is'} ${found[3]!}${found[4]!}`;
}

/** "Recipe arguments will be passed" -> "are passed"; "`foo` will be true" -> "is"; "the recipes in it will be". */
function presentOf(view: string): string | undefined {
  if (laterTime.test(view) || /\bwill (?:not|never)\b/u.test(view) || /\bwill\b.*\bwill\b/u.test(view))
    return undefined;
  const found =
    /(^|, )((?:\p{L}[\p{L}-]* ){0,3}\p{Ll}{3,}s|`[^`]+`|(?:[Tt]he|[Aa]ll|[Aa]ny|[Yy]our) (?:[\p{Ll}-]+ )?\p{Ll}+ (?:in|of|for|from|on|with) [^,;:.!?]{1,40}?|(?:[Tt]he|[Aa]n?|[Yy]our|[Tt]his) (?:[\p{L}-]+ ){1,2}\p{Ll}+|\p{Ll}+ (?:output|data|code|text|information|input|memory|content|access)) will (be|\p{Ll}+) (?=[\p{L}`"'])/u.exec(
      view,
    );
  if (!found) return undefined;
  const [all, before, subject, verb] = found as unknown as [string, string, string, string];
  // Of "the recipes in the file" the recipes are many.
  const head = /^\P{L}*`/u.test(subject)
    ? ''
    : subject
        .replace(/ (?:in|of|for|from|on|with) .*/u, '')
        .split(' ')
        .at(-1)!;
  const many = head !== '' && isPlural(head);
  if (
    !subject.startsWith('`') &&
    !many &&
    !isOneThing(head) &&
    !/^(?:output|data|code|text|information|input|memory|content|access)$/.test(head)
  )
    return undefined;
  const rest = view.slice(found.index + all.length);
  if (verb !== 'be' && (!isBaseForm(verb) || /^(?:[^,.;]* )?(?:and|or) \p{Ll}+ /u.test(rest))) return undefined;
  const form = verb === 'be' ? (many ? 'are' : 'is') : many ? verb : thirdPerson(verb);
  return `${view.slice(0, found.index)}${before}${subject} ${form} ${rest}`;
}

/** Texts that say `view` with one clause in another form. */
export function otherClauses(view: string): string[] {
  const texts = [
    ...asRelative(view),
    ...asParticiple(view),
    ...genitive(view),
    whatHas(view),
    errorTo(view),
    caused(view),
    presentOf(view),
  ];
  return [...new Set(texts)].filter((text): text is string => text !== undefined && text !== view);
}
