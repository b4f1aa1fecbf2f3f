/** What the tables of slips are made of: a pattern, what should stand there, and the kind of error. */
import type { CorrectionType } from '../../protocol/requests';
import { thirdPerson } from './verb-forms';
import { oneOf } from './word-classes';

/**
 * What should stand where the group `wrong` of the pattern stands (group 1 where there is none), or undefined where
 * it may stay.
 */
export type Correct = (words: string, match: RegExpMatchArray) => string | undefined;
export type SlipPattern = readonly [RegExp, Correct, CorrectionType];

/** One expression in several lines. */
export const rx = (...parts: string[]): RegExp => new RegExp(parts.join(''), 'dg');

export const word = '[a-z]{3,}';
export const sentenceStart = '(?:^|[.!?] )["(*_]*';
/**
 * What begins a clause whose subject comes next; "that" does not, for it may ask for the base ("require that it
 * stay").
 */
export const clauseStart =
  `(?:${sentenceStart}|\\b(?:[Ii]f|[Ww]hen|[Bb]ecause|[Uu]ntil|[Oo]nce|[Ww]hile|[Uu]nless|[Ww]henever|[Aa]lthough) |` +
  `${sentenceStart}(?:If|When|Once|After|Before|Every time|Each time|Whenever|As soon as|By default|In this case|Currently|However|For example|Otherwise)\\b` +
  '[^,.;:()?]*, )';
/** What an object begins with. */
export const object =
  'the|an?|this|that|these|those|your|its|their|our|any|all|each|every|it|them|you|us|two|three|several|many|some|both|' +
  'zero|new|multiple|another';
/** What things that are known are said with. */
export const definite = 'the|these|those|your|our|my|its|their';
/** What stands before a noun that hangs on another word. */
export const joining =
  'of|in|from|for|with|to|on|by|and|or|within|inside|into|across|between|about|as|at|via|through|than|over';
/** Verbs whose past may be their base. */
export const samePast = /^(?:put|let|set|read|hit|become|come|run|cut|cost|quit|shut|spread|have|do|be)$/;
/** Behind a verb, and hardly behind a noun that another noun follows. */
export const behindVerb =
  `(?=[,;:.!?)]*$|[.;] | (?:${object}|not|only|again|to|on|in|at|from|with|by|for|after|before|when|if|as|into|more|` +
  'less|how|[a-z]+ing|what|which|whether|up|out|automatically|correctly|properly|successfully|immediately|sometimes|often|randomly|frequently)\\b)';
/** Behind a noun that no other noun follows. */
export const behindNoun =
  '(?=[,;:.!?)]*$|[,;:.!?)] | (?:of|in|on|at|to|for|from|with|by|but|that|which|who|is|are|was|were|has|have|can|will|' +
  'must|should|because|if|when|before|after|than|as|you|we|they|it|there)\\b)';
export const adverb =
  '(?:also|always|never|then|just|only|now|still|often|automatically|easily|simply|safely|optionally|directly)';
export const modal = '(?:can|could|would|should|must|will|cannot)';

/** "All you need to do is run it", "What it does is write a file": here the base is right. */
export const asksForBase =
  /\b(?:do|does|did|all|what|have|has|need|needs|step|thing|way|option|trick|job|task|goal|to)\b[^.;:]*$/i;

/** The verb of one subject: "have" -> "has", "start" -> "starts". */
export const toThird = (verb: string): string => (verb === 'have' ? 'has' : thirdPerson(verb));
export const isMany = (noun: string | undefined): boolean => noun !== undefined && oneOf(noun) !== undefined;

/** `right` with the capital of `like`. */
export const withCaseOf = (right: string, like: string): string =>
  /^\p{Lu}/u.test(like) ? right[0]!.toUpperCase() + right.slice(1) : right;

/** Always this word, with the capital of the wrong one. */
export const as =
  (right: string): Correct =>
  (wrong) =>
    withCaseOf(right, wrong);

/** Verbs by number: what stands behind many, and behind one. */
export const ofMany: Readonly<Record<string, string>> = { is: 'are', was: 'were', has: 'have', does: 'do' };
export const ofOne: Readonly<Record<string, string>> = { are: 'is', were: 'was', have: 'has', do: 'does' };
