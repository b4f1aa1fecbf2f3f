/**
 * Fourth part of the lexical prior (docs/model-format.md): word forms that two words to the left give away ("will
 * requires", "can be replace", "more then", "of it's parent", "to setup the server"). Each is offered to the model as a
 * candidate, like a listed misspelling; the model judges it in context. Twin of
 * training/nar_training/prior/word_patterns.py.
 */
import type { LexiconMatch, LexiconOptions } from './lexicon';
import { isPartOfName, openRanges } from './look-up-guards';
import { baseOfThirdPerson, isAlsoNoun, isVerb, participleOf, thirdPerson } from './verb-forms';

const phrasal = new Map(
  'setup:set up,login:log in,logout:log out,backup:back up,shutdown:shut down,cleanup:clean up,checkout:check out,lookup:look up,rollback:roll back,startup:start up,signup:sign up,fallback:fall back,workaround:work around'
    .split(',')
    .map((pair) => pair.split(':') as [string, string]),
);
const adverb =
  '(?: (?:also|only|then|always|never|(?!apply|supply|reply|rely|imply|comply|multiply|fly|family|assembly|only)[a-z]+ly))?';
const comparative =
  'more|less|greater|better|larger|smaller|other|rather|higher|lower|faster|slower|fewer|older|newer|longer|shorter|different|bigger|easier|worse';
/** After these a bare verb is right: "let each worker keep its queue". */
const bareVerb =
  'let|lets|make|makes|have|has|had|help|helps|does|did|do|can|will|should|must|would|could|may|might|shall|that|require|requires|see|Let|Make|Have|Help|Does|Did|Do|Can|Will|Should|That|See';
/** Words after "it's" that make it "it is" even behind a preposition. */
const itIs =
  'not|a|an|the|been|being|possible|just|only|also|up|easy|hard|important|worth|very|more|too|so|now|still|always|never|best|good|safe|like|that|your|in|to|often|really|no|even|usually|better|recommended|ok|okay|time|already|going|because|what|why|how|where|when|currently|you|we|they|all|probably|fine|one|likely|simply|actually|called|used|necessary|useful|common|clear|at|pretty|quite|sorted';

const plurals =
  'results|names|options|tests|files|values|users|changes|methods|functions|commands|settings|errors|tools|examples|steps|parameters|arguments|features|packages|modules|classes|variables|requests|responses|servers|clients|models|systems|applications|services|pages|projects|issues|lines|rules|types|fields|objects|items|elements|images|instances|containers|nodes|keys|tables|columns|messages|events|tasks|jobs|libraries|components|properties|plugins|templates|resources|operations|policies|permissions|developers|customers|people';
/** What opens a clause, so that the next noun is its subject. */
const clauseStart = '(?:^|[.!?:;] |, |\\b(?:that|because|since|if|when|where|but|so|while|and) )';
/** Behind a noun these say that the word before them is a verb: "the results shows that". */
const object = '(?= (?:that|how|the|a|an|to|it|you|all|any|this|your)\\b)';
const theNouns = `${clauseStart}(?:[Tt]he|[Tt]hese|[Tt]hose|[Aa]ll|[Ss]ome|[Mm]any|[Mm]ost|[Yy]our|[Oo]ur) (?:(?!of\\b|for\\b|in\\b|to\\b|that\\b|and\\b|or\\b|with\\b)[a-z]+ )?(?:${plurals}) (?:(?:still|also|only|always|then) )?([a-z]+)\\b`;

/** The third person of a verb that is nothing else; "have" is no base behind "it". */
const singular = (word: string): string | undefined =>
  word === 'have'
    ? 'has'
    : isVerb(word) && !isAlsoNoun(word) && participleOf(word) !== word && participleOf(word) !== undefined
      ? thirdPerson(word)
      : undefined;

/** The word is the first group; what it should be, or undefined where it may stand. */
const patterns: readonly [RegExp, (word: string) => string | undefined][] = [
  [
    new RegExp(
      `\\b(?:does|do|did|can|could|will|would|should|must|may|might|shall)(?:n['’]t|['’]t| not)?${adverb} ([a-z]+)\\b`,
      'dg',
    ),
    baseOfThirdPerson,
  ],
  [new RegExp(`\\b(?:[Tt]hey|[Ww]e)${adverb} ([a-z]+)\\b`, 'dg'), baseOfThirdPerson],
  [
    new RegExp(
      `(?:^|\\b(?!(?:${bareVerb})\\b)[A-Za-z]+[,;:.!?]? )(?:[Ee]ach|[Ee]very|[Aa]nother) [a-z]+${adverb} ([a-z]+)\\b`,
      'dg',
    ),
    singular,
  ],
  [
    new RegExp(
      `(?:^|[.!?] |, (?:and|but|so|because|which) |\\b(?:because|since|so|when|if|while|where|although) )(?:it|It|this|This)${adverb} ([a-z]+)\\b`,
      'dg',
    ),
    singular,
  ],
  [
    new RegExp(`\\b(?:be|been|being)${adverb} ([a-z]+)\\b`, 'dg'),
    (word) => (isAlsoNoun(word) || participleOf(word) === word ? undefined : participleOf(word)),
  ],
  [
    new RegExp(
      `\\b(?:in|of|to|with|on|by|from|into|and|has|have|within|through|via|all|set|own) (it['’]s) (?!(?:${itIs})\\b)(?=[a-z])`,
      'dg',
    ),
    () => 'its',
  ],
  [/\b(it['’]s) (?=own\b)/dg, () => 'its'],
  [new RegExp(`\\b(?:${comparative}) (then)\\b(?! (?:you|it|we|they|click|select|just|go)\\b)`, 'dg'), () => 'than'],
  [
    new RegExp(theNouns, 'dg'),
    (word) => (isAlsoNoun(baseOfThirdPerson(word) ?? word) ? undefined : baseOfThirdPerson(word)),
  ],
  [new RegExp(theNouns + object, 'dg'), baseOfThirdPerson],
  [/\b(?:more|less) [a-z]+ to [a-z]+ (then)\b/dg, () => 'than'],
  [
    /\b[Tt]o (setup|login|logout|backup|shutdown|cleanup|checkout|lookup|rollback|startup|signup|fallback|workaround)\b/dg,
    (word) => phrasal.get(word),
  ],
  [/\b(?:which|that|it|this|also|and) (let['’]s)\b/dg, () => 'lets'],
  [/\b(let['’]s) (?=(?:you|users|developers)\b)/dg, () => 'lets'],
];

/** In the order of the text, each word once. */
export function patternMatches(text: string, options: Pick<LexiconOptions, 'protected'> = {}): LexiconMatch[] {
  const found = new Map<number, LexiconMatch>();
  for (const [pattern, formOf] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices![1]!;
      const candidate = formOf(match[1]!);
      if (
        candidate === undefined ||
        found.has(start) ||
        /[-–—'’\p{L}\p{M}\p{N}]/u.test(text[end] ?? ' ') ||
        isPartOfName(text, start, end)
      )
        continue;
      found.set(start, { start, end, candidates: [candidate] });
    }
  }
  const isOpen = openRanges(options.protected);
  return [...found.values()]
    .sort((left, right) => left.start - right.start)
    .filter(({ start, end }) => isOpen(start, end));
}
