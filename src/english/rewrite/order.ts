/**
 * The parts of a sentence in another order, or joined in another way: an aim or a place before or behind its clause,
 * a reason and what follows from it, a contrast. Made only where the parts end at a mark or at a word that cannot be
 * read in two ways; the network judges every result.
 */
import { baseOfThird, isBaseForm, isOneThing, isOnlyVerb, isParticiple, oneOf } from '../prior/word-classes';
import { capital } from './voice';

const words = (text: string): number => text.trim().split(/\s+/).length;

/** First words of a sentence that lose their capital inside one: no name begins with them. */
const common =
  /^(?:The|A|An|This|That|These|Those|Your|Our|Its|Their|Each|Every|All|Any|Some|Most|Many|No|Not|If|When|You|We|They|It|There|Use|Using|Run|Running|Set|Setting|Add|Adding|Call|Create|Creating|Click|Select|Open|Enter|Type|See|Press|Choose|Edit|Install|Follow|Visit|Check|Make|Having|Doing|Both|Other|Another|Only|Please|Do|Don['’]t)\b/;
const inner = (clause: string): string | undefined =>
  common.test(clause) ? clause[0]!.toLowerCase() + clause.slice(1) : /^[`*_\p{Lu}]/u.test(clause) ? undefined : clause;
/** Code keeps its letters wherever it stands. */
const innerOrCode = (clause: string): string | undefined => (clause.startsWith('`') ? clause : inner(clause));

const subordinate = /\b(?:that|which|who|whose|because|since|if|when|while|until|unless|so|although|but|where|than)\b/i;
const pronoun = /\b(?:it|they|them|its|their|this|these|that|those)\b/i;

/** "To build it, run make." <-> "Run make to build it.": an aim says the same on either side of an order. */
function aim(view: string): string | undefined {
  const front = /^To (\p{Ll}+)( [^,;:()]+)?, ([^,;:()]+)([.])$/u.exec(view);
  if (front) {
    const [, verb, rest = '', clause, end] = front as unknown as [string, string, string | undefined, string, string];
    const order = /^(?:please )?(\p{Ll}+)\b/u.exec(clause)?.[1];
    if (order === undefined || !(isBaseForm(order) || /^(?:you|see|we)$/.test(order)) || !isBaseForm(verb))
      return undefined;
    if (subordinate.test(clause) || / to \p{Ll}/u.test(clause) || pronoun.test(clause)) return undefined;
    return `${capital(clause)} to ${verb}${rest}${end}`;
  }
  const back =
    /^((?:You can |You must )?(?:[Uu]se|[Rr]un|[Cc]all|[Cc]lick|[Pp]ress|[Oo]pen|[Ff]ollow|[Ee]xecute|[Ww]atch|[Rr]ead|[Vv]isit|[Cc]heck|[Ss]ee|[Pp]ass|[Tt]ype|[Ss]elect|[Cc]hoose|[Ee]dit|[Ss]et|[Ii]nstall|[Dd]ownload|[Cc]reate) [^,;:()]+?) to (\p{Ll}+)( [^,;:()]+)([.])$/u.exec(
      view,
    );
  if (!back) return undefined;
  const [, clause, verb, rest, end] = back as unknown as [string, string, string, string, string];
  if (!isOnlyVerb(verb) || subordinate.test(clause) || / to \p{Ll}/u.test(`${clause}${rest}`)) return undefined;
  if (pronoun.test(`${clause}${rest}`)) return undefined;
  return `To ${verb}${rest}, ${clause[0]!.toLowerCase()}${clause.slice(1)}${end}`;
}

/** "By default, it starts." <-> "It starts by default." */
function setting(view: string): string | undefined {
  const front =
    /^(By default|At the moment|In most cases|In some cases|In many cases|(?:On|In|Under|During|Within) [^,;:()]{3,40}), ([^,;:()]+)([.])$/u.exec(
      view,
    );
  if (front) {
    const [, place, clause, end] = front as unknown as [string, string, string, string];
    if (
      /^In (?:particular|general|fact|addition|this|that|these|other|contrast|short|any|turn|practice|order)\b/.test(
        place,
      )
    )
      return undefined;
    if (/^On the (?:other|contrary)\b/.test(place) || subordinate.test(clause) || words(clause) > 14) return undefined;
    if (/\b(?:and|or|to) /.test(clause) && words(clause) > 8) return undefined;
    return `${capital(clause)} ${place[0]!.toLowerCase()}${place.slice(1)}${end}`;
  }
  const back = /^([^,;:()]+?) by default([.])$/u.exec(view);
  const clause = back && innerOrCode(back[1]!);
  return back && clause && !subordinate.test(clause) ? `By default, ${clause}${back[2]!}` : undefined;
}

/** A clause that can stand alone begins with a subject. */
const subject = /^(?:the|a|an|this|these|your|our|its|their|each|every|all|you|we|they|it|there|no|some|most|`)/i;
/** "planned changes to it are": a clause whose noun has no word before it. */
const isClause = (text: string): boolean =>
  subject.test(text) ||
  (/^(?!only|not|also|still|then|just|never)\p{Ll}+ (?:[\p{Ll}-]+ ){0,5}(?:is|are|was|were|can|will|has|have|does|do)\b/u.test(
    text,
  ) &&
    !isBaseForm(text.split(' ', 1)[0]!) &&
    baseOfThird(text.split(' ', 1)[0]!) === undefined);

/** "A, so B." <-> "Because A, B."; "B because A." -> "Because A, B." */
function reason(view: string): string | undefined {
  const so = /^([^,;:()]{12,}?)(,?) so ([^,;:()]{12,})([.])$/u.exec(view);
  if (so) {
    const [, cause, mark, effect, end] = so as unknown as [string, string, string, string, string];
    const first = innerOrCode(cause);
    // "So that" is an aim, and "so large" a degree.
    if (/^(?:that|as|far|on)\b/.test(effect) || (mark === '' && !subject.test(effect))) return undefined;
    if (first === undefined || subordinate.test(cause) || /^(?:do|don['’]t|please|use|run|see)\b/i.test(cause))
      return undefined;
    return `Because ${first}, ${effect}${end}`;
  }
  const because = /^Because (?!of\b)([^,;:()]{12,}), ([^,;:()]{12,})([.])$/u.exec(view);
  if (because) {
    const [, cause, effect, end] = because as unknown as [string, string, string, string];
    return subject.test(effect) ? `${capital(cause)}, so ${effect}${end}` : undefined;
  }
  const behind = /^([^,;:()]{12,}?),? because (?!of\b)([^,;:()]{12,})([.])$/u.exec(view);
  if (!behind) return undefined;
  const [, effect, cause, end] = behind as unknown as [string, string, string, string];
  const last = innerOrCode(effect);
  // A pronoun would come before its noun, and what is denied or asked may be the reason itself.
  if (last === undefined || pronoun.test(cause) || subordinate.test(effect)) return undefined;
  if (/\b(?:not|only|just|simply|mainly|partly|probably|and|or|especially)\b|n['’]t\b/i.test(effect)) return undefined;
  return `Because ${cause}, ${last}${end}`;
}

/** "A, but B." <-> "Although A, B." */
function contrast(view: string): string | undefined {
  const but = /^([^,;:()]{12,}), but ([^,;:()]{12,})([.])$/u.exec(view);
  if (but) {
    const [, first, second, end] = but as unknown as [string, string, string, string];
    const start = innerOrCode(first);
    if (start === undefined || subordinate.test(first) || !isClause(second)) return undefined;
    if (/\b(?:not|only|do|don['’]t|use|run|see)\b/i.test(start.split(' ')[0]!) || /\bnot (?:only|just)\b/i.test(first))
      return undefined;
    return `Although ${start}, ${second}${end}`;
  }
  // "While the server is running" is a time.
  if (
    /^While /.test(view) &&
    !/^While [^,]*\b(?:can|may|might|not|no|most|some|many|has|have|is an?|are)\b/u.test(view)
  )
    return undefined;
  if (/^While [^,]*\b(?:is|are) \p{Ll}+ing\b/u.test(view)) return undefined;
  const although = /^(?:Although|Though|Even though|While) ([^,;:()]{12,}), ([^,;:()]{12,})([.])$/u.exec(view);
  if (!although) return undefined;
  const [, first, second, end] = although as unknown as [string, string, string, string];
  return subject.test(first) && subject.test(second) ? `${capital(first)}, but ${second}${end}` : undefined;
}

/** "For more details, see the guide." <-> "See the guide for more details." */
function reference(view: string): string | undefined {
  const front =
    /^For ([^,;:()]{4,}), (see|refer to|read|visit|check out|check|consult|head over to|head to|go to) ([^,;:]+)([.])$/u.exec(
      view,
    );
  if (front) {
    const [, what, verb, where, end] = front as unknown as [string, string, string, string, string];
    return subordinate.test(where) || / for /u.test(where) ? undefined : `${capital(verb)} ${where} for ${what}${end}`;
  }
  const back =
    /^(See|Visit|Read|Consult|Check out|Refer to|Head over to|Go to) ([^,;:]+?) for ((?!how\b|why\b|what\b|all\b|yourself\b|free\b)\p{Ll}[^,;:()]*)([.])$/u.exec(
      view,
    );
  if (!back) return undefined;
  const [, verb, where, what, end] = back as unknown as [string, string, string, string, string];
  return subordinate.test(`${where} ${what}`) || / for /u.test(` ${where} `)
    ? undefined
    : `For ${what}, ${verb[0]!.toLowerCase()}${verb.slice(1)} ${where}${end}`;
}

/** What may stand behind its noun, before a preposition. */
const adjectives = new Set(
  'available relevant responsible necessary specific compatible similar visible accessible present capable suitable unique useful'.split(
    ' ',
  ),
);

/** "the files that are stored in it" -> "the files stored in it". */
function withoutRelative(view: string): string {
  return view.replace(
    /(?<!\p{L})(\p{Ll}{1,40}|`) (?:that|which) (?:is|are|was|were) (\p{Ll}{1,40})(?= (?:by|in|on|from|for|with|to|at|into|as|using|during|under|inside|within|through)\b)/gu,
    (all, before: string, participle: string) =>
      (isParticiple(participle) || adjectives.has(participle)) &&
      (before === '`' || oneOf(before) !== undefined || isOneThing(before))
        ? `${before} ${participle}`
        : all,
  );
}

const phrases: readonly [RegExp, string][] = [
  [/, which means (?:that )?(?=\p{Ll})/gu, ', so '],
  [/^Here is (?=an? )/gu, 'This is '],
  [/^Here are (?=\p{Ll})/gu, 'These are '],
  [/^There is no need to (?=\p{Ll})/gu, 'You do not need to '],
  [/\b(helps?) to (?=\p{Ll})/gu, '$1 '],
  [/^This means (?:that )?(?=(?:you|we|they|it|the|all|any|every|no)\b)/gu, 'So '],
  [/\bwill (?:need|have) to (?=\p{Ll})/gu, 'must '],
  [/\btry and (?=\p{Ll})/gu, 'try to '],
];

/** Texts that say `view` with its parts in another order or joined in another way, one change each. */
export function reordered(view: string): string[] {
  const texts = [aim(view), setting(view), reason(view), contrast(view), reference(view), withoutRelative(view)];
  for (const [from, to] of phrases) texts.push(view.replace(from, to));
  return [...new Set(texts)].filter((text) => text !== undefined && text !== view) as string[];
}
