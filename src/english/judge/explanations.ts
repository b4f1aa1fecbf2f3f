/**
 * One sentence about an edit for a person, with an example where a rule of English stands behind it:
 * "After “to”, “can” and their like comes the base form: “add”, as in “it can start”." What no rule explains gets the
 * sentence of its kind.
 */
import { articles, wordsOf } from '../words';
import { baseOfThird, continuousOf, isBaseForm, isParticiple, oneOf } from '../prior/word-classes';
import { squeeze } from './classify';
import type { CorrectionType, Dialect } from '../../protocol/requests';

/** What two words that are often taken for each other mean. The words of a pair in the order of the alphabet. */
const pairs: Readonly<Record<string, string>> = {
  "it's its": '“It’s” is short for “it is”, and “its” tells whose it is: “its name”.',
  "you're your": '“You’re” is short for “you are”, and “your” tells whose it is: “your name”.',
  'their there': '“There” is a place or begins “there is”, and “their” tells whose it is: “their names”.',
  "their they're": '“They’re” is short for “they are”, and “their” tells whose it is: “their names”.',
  "there they're": '“They’re” is short for “they are”, and “there” is a place or begins “there is”.',
  'than then': '“Than” compares (“faster than before”), and “then” tells what comes next.',
  'to too': '“Too” means more than is good (“too slow”) or “also”; all else is “to”.',
  'loose lose': '“To lose” is not to have any more, and “loose” is what is not fixed.',
  'form from': '“From” tells where something comes from, and a “form” is a shape or is filled in.',
  'have of': 'After “should”, “could” and “would” comes “have”: “should have known”.',
  'weather whether': '“Whether” asks if something is so, and “weather” is rain and sun.',
  'were where': '“Were” is the past of “are”, and “where” asks for a place.',
  "who's whose": '“Who’s” is short for “who is”, and “whose” asks who owns something.',
  'affect effect': '“To affect” is to change something, and an “effect” is what comes of it.',
  'buy by': '“To buy” costs money; who or what does something stands after “by”.',
  'nor or': '“Neither” goes with “nor”: “neither the client nor the server”.',
  'many much': '“Many” counts (“many files”), and “much” measures (“much time”).',
  'hear here': '“Here” is this place, and “to hear” is done with the ears.',
  'which witch': '“Which” asks or goes on about something, and a “witch” flies on a broom.',
  'accept except': '“To accept” is to take what is offered, and “except” leaves something out.',
  'ensure insure': '“To ensure” is to make sure, and “to insure” is to pay for cover.',
  'amount number': '“Number” goes with what is counted (“a number of files”), and “amount” with what is measured.',
  'knew new': '“New” is not old, and “knew” is the past of “know”.',
  'sea see': '“To see” is done with the eyes, and the “sea” is water.',
  'passed past': '“Passed” is what was handed on or went by, and the “past” is over.',
};
const modals =
  /(?:^|\s)(?:can|could|will|would|shall|should|may|might|must|cannot|do|does|did|don['’]t|doesn['’]t|didn['’]t|to)(?: not| also| then| easily| always)?\s*$/i;
const be = /(?:^|\s)(?:am|is|are|was|were|be|been|being|gets?|got)(?: not| also| then| only| easily)?\s*$/i;
const have = /(?:^|\s)(?:has|have|had)(?: not| also| already| been)?\s*$/i;
const beforeContinuous =
  /(?:^|\s)(?:when|while|before|after|by|without|instead of|for|recommends?|avoid|suggests?|consider)\s*$/i;
const demonstratives = /^(?:this|that|these|those)$/i;

/** Two words each, for whoever shows or translates what is said of them. */
export const explainedPairs: readonly string[] = Object.keys(pairs);

/** The rule behind an edit of one word, or undefined. @param left the sentence before the edit */
function ruleOf(type: CorrectionType, before: string, after: string, left: string): string | undefined {
  const [wrong, right] = [before, after].map((text) => text.trim().toLowerCase().replaceAll('’', "'")) as [
    string,
    string,
  ];
  const shown = shorten(after.trim());
  const pair = pairs[[wrong, right].sort().join(' ')];
  if (pair !== undefined && !(right === 'its' && type === 'spelling')) return pair;
  if (type === 'article' && /^an?$/.test(wrong) && /^an?$/.test(right))
    return right === 'an'
      ? '“An” stands before a vowel that is heard: “an hour”, “an error”.'
      : '“A” stands before a consonant that is heard: “a user”, “a file”.';
  if (type === 'agreement' || type === 'verb-form') {
    if (demonstratives.test(wrong) && demonstratives.test(right))
      return /^th[ei]se|^those/.test(right)
        ? `With more than one it is “${shown}”: “these files”.`
        : `With one it is “${shown}”: “this file”.`;
    if (/^(?:are|were|have|don't|do)$/.test(right) && /^(?:is|was|has|doesn't|does)$/.test(wrong))
      return `With more than one, and with “you”, the verb is “${shown}”: “the files are”.`;
    if (/^(?:is|was|has|doesn't|does)$/.test(right) && /^(?:are|were|have|don't|do)$/.test(wrong))
      return `With one the verb is “${shown}”: “the file is”.`;
    if (oneOf(wrong) === right) return `One is meant here: “${shown}”, as in “each file”.`;
    if (oneOf(right) === wrong) return `More than one is meant here: “${shown}”, as in “two files”.`;
    if (isParticiple(right) && be.test(left))
      return `After “be” comes the participle: “${shown}”, as in “it is stored”.`;
    if (isParticiple(right) && have.test(left))
      return `After “have” comes the participle: “${shown}”, as in “it has started”.`;
    if (modals.test(left) && isBaseForm(right))
      return `After “to”, “can”, “does” and their like comes the base form: “${shown}”, as in “it can start”.`;
    if (beforeContinuous.test(left) && /ing$/.test(right) && isBaseOf(right, wrong))
      return `Here the form in -ing is used: “${shown}”, as in “when using it”.`;
    if (baseOfThird(right) === wrong)
      return `With one subject the verb ends in -s: “${shown}”, as in “the server starts”.`;
    if (baseOfThird(wrong) === right)
      return `With more than one, and with “you”, the verb has no -s: “${shown}”, as in “the servers start”.`;
  }
  return undefined;
}

const isBaseOf = (continuous: string, words: string): boolean => {
  const base = words.replace(/^to /, '');
  return isBaseForm(base) && continuousOf(base) === continuous;
};

/** One short sentence about the edit. @param left the sentence before the edit, as far as it is known */
export function explainEdit(type: CorrectionType, before: string, after: string, left = ''): string {
  return ruleOf(type, before, after, left) ?? sentenceOfKind(type, before, after);
}

function sentenceOfKind(type: CorrectionType, before: string, after: string): string {
  const wrong = shorten(before.trim());
  const right = shorten(after.trim());
  switch (type) {
    case 'spelling':
      return `Spelling: did you mean “${right}”?`;
    case 'casing':
      return `Capital letters: it is usually written “${right}”.`;
    case 'punctuation':
      if (right === '') return `The punctuation mark “${wrong}” is not needed here.`;
      return wrong === '' ? `A punctuation mark is missing: “${right}”.` : `Punctuation: “${right}” fits better here.`;
    case 'spacing':
      if (squeeze(before) === '' && squeeze(after) === '')
        return after.length > before.length ? 'A space is missing here.' : 'There is a space too many here.';
      return wrong.length > right.length ? `There is a space too many: “${right}”.` : `A space is missing: “${right}”.`;
    case 'doubled-word':
      return wrong === '' ? 'A word is repeated.' : `Doubled word: “${wrong.split(/\s+/).pop()}” stands twice.`;
    case 'article':
      if (right === '') return `The article “${wrong}” is not needed here.`;
      return wrong === '' || wordsOf(wrong).every((word) => !articles.has(word.toLowerCase()))
        ? `An article is missing: “${right}”.`
        : `The article here should be “${right}”.`;
    case 'agreement':
      return `Singular and plural do not agree: “${right}”.`;
    case 'verb-form':
      return `The form of the verb does not fit here: “${right}”.`;
    case 'preposition':
      if (right === '') return `The preposition “${wrong}” is not needed here.`;
      return wrong === '' ? `A preposition is missing: “${right}”.` : `The usual preposition here is “${right}”.`;
    case 'confusable':
      return `Easily confused words: did you mean “${right}”?`;
    case 'missing-word':
      return `A word is missing: “${right}”.`;
    case 'extra-word':
      return right === '' ? `“${wrong}” is not needed here.` : `A word is not needed here: “${right}”.`;
    case 'hyphen':
      return right.includes('-') && !wrong.includes('-')
        ? `This is written with a hyphen: “${right}”.`
        : `Hyphen: it is usually written “${right}”.`;
    case 'other':
      return right === '' ? `“${wrong}” can be left out.` : `“${right}” reads better here.`;
  }
}

export function explainDialect(dialect: Dialect, spelling: string): string {
  return `${dialect === 'american' ? 'American' : 'British'} spelling: “${shorten(spelling)}”.`;
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57).replace(/[\ud800-\udbff]$/, '')}…`;
}
