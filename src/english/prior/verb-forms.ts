/**
 * Forms of the verbs that technical prose uses most: base, past participle and third person. Words that are not in the
 * list (verbs.json, which the training package reads too) have no forms here, so a rule that needs them does nothing
 * rather than something wrong. Twin of training/nar_training/prior/verb_forms.py.
 */
import verbs from './verbs.json';

const participles = new Map<string, string>([
  ...Object.entries(verbs.irregular),
  ...verbs.doubling.map((base): [string, string] => [base, `${base}${base.at(-1)!}ed`]),
  ...verbs.regular.map((base): [string, string] => [base, regularPast(base)]),
]);
const baseOf = new Map([...participles].map(([base, participle]) => [participle, base]));
const known = new Set([...participles.keys(), ...verbs.other]);
const bases = new Map([...known].map((base) => [base === 'have' ? 'has' : thirdPerson(base), base]));
const alsoNouns = new Set(verbs.alsoNounsOrAdjectives);

/** "specify" -> "specified", of a verb that is regular and doubles no letter. */
export function regularPast(base: string): string {
  if (base.endsWith('e')) return `${base}d`;
  return /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : `${base}ed`;
}

/** "configured" -> "configure"; undefined for a word that is no participle of the list. */
export const baseOfParticiple = (participle: string): string | undefined => baseOf.get(participle.toLowerCase());
/** "configure" -> "configured". */
export const participleOf = (base: string): string | undefined => participles.get(base.toLowerCase());
/** "requires" -> "require". */
export const baseOfThirdPerson = (word: string): string | undefined => bases.get(word.toLowerCase());
/** Whether a verb of the list is a noun or an adjective as well ("set", "request"). */
export const isAlsoNoun = (base: string): boolean => alsoNouns.has(base);

export const isVerb = (word: string): boolean => known.has(word.toLowerCase());

/** "specify" -> "specifies". */
export function thirdPerson(base: string): string {
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh|[^aeiou]o|go|do)$/.test(base) ? `${base}es` : `${base}s`;
}

/** Whether a noun, by its ending, is more than one; words like "status" and "class" are one. */
export const isPlural = (noun: string): boolean =>
  /(?:[^su]s|ses|children|people|criteria)$/i.test(noun) &&
  !/(?:is|us|ss|news|https|dns|css|aws|tls|ios|macos|kubernetes|always|its|(?<!ide|are|schem|comm|formul|camer|quot|replic|delt|lambd|person|agend|er)as)$/i.test(
    noun,
  );
