/**
 * Which words are nouns that people count and which are verbs, as documentation uses them: counted over its prose
 * (training/nar_training/prior/word_classes.py), not listed by hand. A word that is not there has no class, so a
 * rule that asks for one does nothing rather than something wrong.
 */
import classes from './word-classes.json';
import { regularPast, thirdPerson } from './verb-forms';

const words = (list: string): string[] => list.split(' ');
const nouns = new Set(words(classes.nouns));
const onlyVerbs = new Set(words(classes.verbs));
const alsoNouns = new Set(words(classes.verbsAndNouns));
/** Base form and its past, participle and continuous form. */
export const irregularVerbs: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(classes.irregular).map(([base, forms]) => [base, words(forms)]),
);
/** The same of verbs that no rule looks for, since they say too much else, or that are too rare to be counted. */
const uncounted: Record<string, string> = {
  bear: 'bore borne bearing',
  do: 'did done doing',
  foresee: 'foresaw foreseen foreseeing',
  get: 'got got getting',
  go: 'went gone going',
  output: 'output output outputting',
  quit: 'quit quit quitting',
  recap: 'recapped recapped recapping',
  resubmit: 'resubmitted resubmitted resubmitting',
  say: 'said said saying',
  speed: 'sped sped speeding',
  spot: 'spotted spotted spotting',
  stem: 'stemmed stemmed stemming',
  stop: 'stopped stopped stopping',
};
/** Of all verbs whose forms are no plain ones. */
export const verbsWithForms: ReadonlyMap<string, readonly string[]> = new Map([
  ...irregularVerbs,
  ...Object.entries(uncounted).map(([base, forms]) => [base, words(forms)] as const),
]);
const bases = new Map([...onlyVerbs, ...alsoNouns].map((base) => [base === 'have' ? 'has' : thirdPerson(base), base]));
const continuous = new Map([...onlyVerbs, ...alsoNouns].map((base) => [continuousOf(base), base]));
const pasts = new Map([...onlyVerbs, ...alsoNouns].map((base) => [pastOfBase(base), base]));

export const pluralOf = (noun: string): string =>
  /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
const participles = new Set([...onlyVerbs, ...alsoNouns].map(participleOfBase));
const singulars = new Map([...nouns].map((noun) => [pluralOf(noun), noun]));

/** One of a thing that is counted: "client", not "software" and not "team". */
export const isOneThing = (word: string): boolean => nouns.has(word.toLowerCase());
/** "clients" -> "client"; undefined for a word that is no plural of such a noun. */
export const oneOf = (word: string): string | undefined => singulars.get(word.toLowerCase());
const several = new Set([...singulars.keys(), ...[...alsoNouns].map(pluralOf)]);
/** A plural behind "the", where no verb can stand: "clients", and "logs" and "changes" as well. */
export const namesSeveral = (word: string): boolean => several.has(word.toLowerCase());
/** A base form that is no noun: "expire", not "list". */
export const isOnlyVerb = (word: string): boolean => onlyVerbs.has(word.toLowerCase());
/** A base form that may be a noun as well. */
export const isBaseForm = (word: string): boolean => isOnlyVerb(word) || alsoNouns.has(word.toLowerCase());
/** In the singular verbs as often, though the nouns' class has them: "These range from". */
export const alsoBase = /^(?:range|mesh|map|span|form|matter|group|point|step|stem|center|date|team|result|fall|vary)$/;
/** Of several by themselves: "one of the list of types". */
export const collections = /^(?:list|set|group|pair|collection|class|family|type|kind)$/;
/** Nouns that are numbers. */
export const bigNumbers = /^(?:dozen|hundred|thousand|million|billion|score|pair)$/;
/** As often what another noun is like: "one of the binary, octal or decimal forms". */
const alsoAdjectives =
  /^(?:alternative|binary|boolean|constant|descendant|diagnostic|diagonal|equivalent|executable|existential|extreme|integer|integral|invariant|iterable|literal|magic|medium|micro|modal|narrative|objective|orphan|parent|peripheral|premium|primitive|principal|representative|resident|sample|scalar|secret|square|standard|subject|surrogate|triple)$/;
/** Nouns of things that are not counted: no plural, and a verb in the singular. */
export const uncountable: ReadonlySet<string> = new Set(
  'software hardware firmware malware middleware freeware shareware groupware ransomware spyware adware information documentation advice feedback equipment knowledge furniture homework evidence bandwidth'.split(
    ' ',
  ),
);
/** Things that are verbs as well, and behind a number things alone: "two requests". */
const alsoVerbs = new Set(words('comment document hook reason request result'));
/** Things that documentation hardly writes alone ("2 megabytes"), says otherwise ("a number of") or bends otherwise. */
const alsoCounted = new Set(words('gigabyte kilobyte megabyte number person'));

/** One of a thing that stands behind a number: a noun that is nothing else, with some that are. */
export const isCounted = (word: string): boolean =>
  alsoCounted.has(word) ||
  alsoVerbs.has(word) ||
  (nouns.has(word) &&
    !isBaseForm(word) &&
    ![alsoAdjectives, alsoBase, collections, bigNumbers].some((some) => some.test(word)));
/** "argument" -> "arguments", "person" -> "people". */
export const manyOf = (noun: string): string => (noun === 'person' ? 'people' : pluralOf(noun));
const counted = new Map([...nouns, ...alsoVerbs, ...alsoCounted].filter(isCounted).map((noun) => [manyOf(noun), noun]));
/** "arguments" -> "argument"; undefined for a word that is no plural of something counted. */
export const countedOf = (word: string): string | undefined => counted.get(word);

/** "expires" -> "expire". */
export const baseOfThird = (word: string): string | undefined => bases.get(word.toLowerCase());
/** "tried" -> "try", "wrote" -> "write". */
export const baseOfPast = (word: string): string | undefined => pasts.get(word.toLowerCase());

/** "using" -> "use". */
export const baseOfContinuous = (word: string): string | undefined => continuous.get(word.toLowerCase());

/** "decide" -> "decided", "write" -> "written". The word must be a base form. */
export function participleOfBase(base: string): string {
  return verbsWithForms.get(base)?.[1] ?? regularPast(base);
}

/** "written", "stored". */
export const isParticiple = (word: string): boolean => participles.has(word.toLowerCase());

/** "write" -> "writing". The word must be a base form. */
export function continuousOf(base: string): string {
  const known = verbsWithForms.get(base)?.[2];
  if (known !== undefined) return known;
  if (base.endsWith('ie')) return `${base.slice(0, -2)}ying`;
  return /[^eoy]e$/.test(base) ? `${base.slice(0, -1)}ing` : `${base}ing`;
}

export function pastOfBase(base: string): string {
  return verbsWithForms.get(base)?.[0] ?? regularPast(base);
}

/** Words of their own, though they look like a wrong past: a plant's seed, a golfer's stroke, a criminal's end. */
const ownWords = new Set('seed seeked putted hanged casted leaded waked dived winded'.split(' '));
const madeRegular = new Map<string, { past: string; participle: string }>();
for (const [base, [past = '', participle = '']] of irregularVerbs) {
  if (past.endsWith('ed') || participle.endsWith('ed')) continue;
  const doubled = /[^aeiou][aeiou][^aeiouwxy]$/.test(base) ? [`${base}${base.at(-1)!}ed`] : [];
  for (const wrong of [regularPast(base), ...doubled])
    if (!ownWords.has(wrong)) madeRegular.set(wrong, { past, participle });
}

/** "breaked" -> broke, broken: the right forms where a verb was bent as if it were regular. */
export const overRegular = (word: string): { past: string; participle: string } | undefined =>
  madeRegular.get(word.toLowerCase());
