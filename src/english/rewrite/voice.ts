/**
 * Sentences turned: passive to active, "there is" to its subject, future to present, as the style guides of technical
 * writing ask for. A turn is made only where its verb and its number are known; the network judges every result.
 */
import { isOneThing, oneOf } from '../prior/word-classes';
import { baseOfParticiple, isPlural, isVerb, thirdPerson } from '../prior/verb-forms';

/** The first letter large, as a sentence begins. */
export const capital = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
const determiner =
  '(?:the|a|an|this|that|these|those|your|our|each|every|all|any|both|some|such|its|their|more|most|many|several|details|information|examples|documentation)';

/** First letter in lower case where the word is no name: after a determiner we know it. */
export const inner = (phrase: string): string | undefined =>
  new RegExp(`^${determiner}\\b`, 'i').test(phrase) || isThings(phrase.split(' ', 1)[0]!)
    ? phrase[0]!.toLowerCase() + phrase.slice(1)
    : undefined;
/** "Files", "File paths": a noun of everyday English, which keeps no capital inside a sentence. */
const isThings = (word: string): boolean =>
  /^\p{Lu}?\p{Ll}+$/u.test(word) && (oneOf(word) !== undefined || isOneThing(word));
const objects: Readonly<Record<string, string>> = {
  it: 'it',
  this: 'this',
  they: 'them',
  these: 'these',
  that: 'that',
  those: 'those',
};
/** The subject as an object: undefined for a noun phrase of which we cannot tell where it ends. */
export function asObject(subject: string): string | undefined {
  const pronoun = objects[subject.toLowerCase()];
  if (pronoun !== undefined) return pronoun;
  return subject.split(/\s+/).length > 8 ||
    /\b(?:and|or|that|which|who|is|are|was|were|if|when|because|while|you|we|it|they|can|will|to)\b/i.test(subject)
    ? undefined
    : inner(subject);
}

/** "The port can be set in the file." -> "You can set the port in the file." */
function youCan(view: string): string | undefined {
  const match =
    /^([^,;:()]+?) (?:just |simply )?(can|can['’]t|cannot|could|may|must|should|needs to|need to|has to|have to) (also |only |easily |then |always )?be (\p{L}+)( .*|[.!])$/u.exec(
      view,
    );
  if (!match) return undefined;
  const [, subject, modal, adverb = '', participle, rest] = match as unknown as [
    string,
    string,
    string,
    string | undefined,
    string,
    string,
  ];
  const base = baseOfParticiple(participle);
  const object = asObject(subject);
  if (base === undefined || object === undefined || /^ by (?!\p{L}+ing\b)/u.test(rest)) return undefined;
  // "can be built and manually added": two are done, in one form.
  if (/\b(?:and|or) (?:\p{L}+ly )?\p{L}+(?:ed|en|wn|lt|nt)\b/u.test(rest)) return undefined;
  // "It can be made to wait": what it does itself.
  if (participle === 'made' && /^ to\b/u.test(rest)) return undefined;
  const verb = { may: 'can', 'needs to': 'need to', 'has to': 'must', 'have to': 'must' }[modal] ?? modal;
  return `You ${verb} ${adverb}${base} ${object}${rest}`;
}

/** "The list is loaded by the server." -> "The server loads the list." */
function agentFirst(view: string): string | undefined {
  const match =
    /^([^,;:()]+?) (is|are) (automatically |always |then |only )?(\p{L}+) by ((?:the|a|an|this|your|our|each) [^,;:()]+)([.])$/iu.exec(
      view,
    );
  if (!match) return undefined;
  const [, subject, , adverb = '', participle, agent, end] = match as unknown as [
    string,
    string,
    string,
    string | undefined,
    string,
    string,
    string,
  ];
  const base = baseOfParticiple(participle);
  const object = asObject(subject);
  if (
    base === undefined ||
    object === undefined ||
    agent.split(/\s+/).length > 4 ||
    /\b(?:of|in|for|on|with|from|when|that|to|and|or)\b/.test(agent)
  )
    return undefined;
  return `${capital(agent)} ${adverb}${isPlural(agent) ? base : thirdPerson(base)} ${object}${end}`;
}

/** "There are two flags that control it." -> "Two flags control it." */
function withoutThere(view: string): string | undefined {
  const match =
    /^There (?:is|are) (?!(?:always|also|still|currently|now|often|usually|never|only|sometimes|no|not)\b)((?:[\p{L}\d-]+ ){1,5})(?:that|which|who) (?!you\b|we\b|they\b|it\b|the\b|a\b|an\b)(\p{Ll}.*)$/u.exec(
      view,
    );
  return match ? `${capital(match[1]!)}${match[2]!}` : undefined;
}

/** "The flags are described in this page." -> "This page describes the flags." */
function placeFirst(view: string): string | undefined {
  const match =
    /^([^,;:()]+?) (is|are) (described|explained|covered|discussed|shown|listed|defined|summarized) (in (?:more |greater |full )?detail )?in (this|the (?:next|following|previous)|that) (\p{L}+(?: \p{L}+)?)( in (?:more |greater |full )?detail)?([.])$/iu.exec(
      view,
    );
  if (!match) return undefined;
  const [, subject, , participle, before, which, place, after, end] = match as unknown as [
    string,
    string,
    string,
    string,
    string | undefined,
    string,
    string,
    string | undefined,
    string,
  ];
  const base =
    { covered: 'cover', discussed: 'discuss', shown: 'show', summarized: 'summarize' }[participle] ??
    baseOfParticiple(participle) ??
    participle.replace(/d$/, '');
  const object = asObject(subject);
  return object === undefined
    ? undefined
    : `${capital(which)} ${place} ${isPlural(place) ? base : thirdPerson(base)} ${object}${(before ?? after ?? '').trim() === '' ? '' : ` ${(before ?? after)!.trim()}`}${end}`;
}

/** "is used to specify" -> "specifies", "can be used to set" -> "sets". */
function usedTo(view: string): string {
  return view.replace(
    /(?<!\p{L})(\p{L}+)((?: \([^)]*\))?) (is|are|can be) (?:\p{L}+ly )?used to (\p{Ll}+)\b/gu,
    (all, noun: string, aside: string, be: string, verb: string) => {
      if (!isVerb(verb) || /^(?:you|we|they|i)$/i.test(noun)) return all;
      const many = be === 'are' || (be === 'can be' && isPlural(noun));
      return be === 'can be'
        ? `${noun}${aside} ${many ? 'let' : 'lets'} you ${verb}`
        : `${noun}${aside} ${many ? verb : thirdPerson(verb)}`;
    },
  );
}

const adverbs = '(?:(?:automatically|also|then|always|only|now|never|usually|simply|in turn) )?';
/** What is said of a time to come stays there. */
export const laterTime = /\b(?:in the future|soon|later|next|until|would|version|release|tomorrow|plan)\b/i;
/** "This will create a file." -> "This creates a file." */
function present(view: string): string {
  if (laterTime.test(view)) return view;
  return view.replace(
    new RegExp(`\\b((?:(?:the|a|an|each|your|our|this) )?\\p{L}+) will (${adverbs})(\\p{Ll}+)\\b`, 'giu'),
    (all: string, subject: string, adverb: string, verb: string, at: number) => {
      const last = subject.split(' ').at(-1)!;
      const before = view.slice(0, at).trimEnd();
      // "a name you will use": the clause hangs on a noun, and may well be about later.
      if (
        /^(?:you|we|they|i)$/i.test(last) &&
        /[\p{L}\p{N}]$/u.test(before) &&
        !/\b(?:and|but|so|then|that|or)$/.test(before)
      )
        return all;
      // "settings such as the theme will", "parts of the file will": the verb belongs to what stands before.
      if (/ /.test(subject) && /\b(?:such as|like|including|of|in|for|from|on|with|and|or|to|at|by)$/i.test(before))
        return all;
      // "It will check and run", "will fetch & build": the second verb would have to follow.
      if (joinsVerb(view.slice(at + all.length))) return all;
      const pronoun = /^(?:you|we|they|these|those|i)$/i.test(last);
      const relative = /^(?:that|which|who)$/i.test(last);
      const one = relative ? !isPlural(before) : /^(?:it|this|he|she)$/i.test(last);
      if (!pronoun && !one && !relative && !/ /.test(subject)) return all;
      const many = pronoun || (relative ? !one : !one && isPlural(last));
      if (verb === 'be')
        return adverb.trim() === ''
          ? `${subject} ${many ? 'are' : 'is'}`
          : `${subject} ${many ? 'are' : 'is'} ${adverb.trim()}`;
      return isVerb(verb) ? `${subject} ${adverb}${many ? verb : thirdPerson(verb)}` : all;
    },
  );
}

/** Whether a further verb hangs on the same "will". @param rest what stands behind the verb */
function joinsVerb(rest: string): boolean {
  const joined = rest.matchAll(/(?:\b(?:and|or|then|but|as well as)|[&,/]) ?(?:also |then )?(\p{Ll}+)\b/gu);
  return [...joined].some(([, next]) => isVerb(next!));
}

/** "The script will fetch & build the images." -> "The script fetches & builds the images." */
function presentOfTwo(view: string): string | undefined {
  const match =
    /^((?:The|This|It|Your|Our|Each|A|An)(?: \p{Ll}+)?) will (\p{Ll}+) (and|&|or) (\p{Ll}+)(?= (?:the|a|an|your|all|any|it|them|its|this|these|every|each)\b)(.*)$/u.exec(
      view,
    );
  if (!match || laterTime.test(view)) return undefined;
  const [, subject, first, joint, second, rest] = match as unknown as [string, string, string, string, string, string];
  if (!isVerb(first) || !isVerb(second) || joinsVerb(rest)) return undefined;
  const form = isPlural(subject.split(' ').at(-1)!) ? (verb: string) => verb : thirdPerson;
  return `${subject} ${form(first)} ${joint} ${form(second)}${rest}`;
}

/** Texts that say `view` in another construction; each turn alone, the present tense also together with the others. */
export function turned(view: string): string[] {
  const texts = [
    youCan(view),
    agentFirst(view),
    withoutThere(view),
    placeFirst(view),
    usedTo(view),
    present(view),
    presentOfTwo(view),
  ].filter((text) => text !== undefined);
  return [...new Set(texts.flatMap((text) => [text, present(text)]))].filter((text) => text !== view);
}

/** One long sentence as two, where the second half has a subject of its own. */
export function split(view: string): string | undefined {
  const match =
    /^(.{25,}?)(?:; (?:however, |therefore, )?(?=\p{Ll})|, (and|but) (?=(?:it|they|this|these|you|we|he|she|there)\b))(.{20,})$/u.exec(
      view,
    );
  if (!match) return undefined;
  const [, first, joint, second] = match as unknown as [string, string, string | undefined, string];
  if (/^(?:if|when|while|because|although|since|as|after|before|once|unless|whether)\b/i.test(first)) return undefined;
  return `${first}. ${joint === 'but' ? `But ${second}` : capital(second)}`;
}
