/** A condition before or after its clause. */
import { baseOfPast, baseOfThird, isBaseForm, isOneThing, oneOf } from '../prior/word-classes';
import { auxiliaries, functionWords, modals } from '../words';
import { capital } from './voice';

const pronoun = /^(?:it|they|this|that|these|those|he|she|its|their)\b/i;
/** Words that a condition may begin with. */
const opener = '(?:if|when|whenever|after|before|unless|until|once)';

/** As a sentence begins; a word that is none of everyday English may be a program's name, and keeps its letters. */
function begun(clause: string): string {
  const first = /^\p{Ll}[\p{L}\p{N}-]*/u.exec(clause)?.[0];
  if (first === undefined) return clause;
  const isWord = functionWords.has(first) || isBaseForm(first) || isOneThing(first) || oneOf(first) !== undefined;
  return isWord || first.length > 4 ? capital(clause) : clause;
}

/**
 * "When A, B." <-> "B when A."; undefined where the order cannot be turned without a doubt: commas or marks inside,
 * a pronoun that would come before its noun, a sentence that is a question.
 */
export function moveCondition(view: string): string | undefined {
  const front = new RegExp(`^(${opener}) ([^,;:()!?]+), ([^,;:()!?]+)([.])$`, 'iu').exec(view);
  if (front) {
    const [, word, condition, clause, end] = front as unknown as [string, string, string, string, string];
    // "Until that time, …" is a time, and behind a relative clause it would belong to that.
    if (/^(?:until|before|after)$/i.test(word) && condition.split(/\s+/).length < 3) return undefined;
    if (/\b(?:that|which|who|what|because|if|when|until)\b/i.test(clause)) return undefined;
    if (pronoun.test(clause) || /^then\b/i.test(clause) || /\b(?:it|they|its|their|them)\b/i.test(clause))
      return undefined;
    return `${begun(clause)} ${word.toLowerCase()} ${condition}${end}`;
  }
  const back = new RegExp(`^([^,;:()!?]+?) (${opener}) ([^,;:()!?]+)([.])$`, 'u').exec(view);
  if (!back) return undefined;
  const [, clause, word, condition, end] = back as unknown as [string, string, string, string, string];
  const words = (text: string): number => text.split(/\s+/).length;
  // "It will only start when …": what "only" restricts stands behind it. "The rules it applies when reading …": who
  // reads is told by the place.
  if (/\bonly\b/i.test(clause) || /^\p{L}+ing\b/u.test(condition)) return undefined;
  // "Learn what happens when …", "only if", "even after": the condition hangs on the word before it.
  if (words(clause) < 4 || words(condition) < 3 || /\b(?:it|they|its|their|them|this)\b/i.test(condition))
    return undefined;
  if (
    /\b(?:what|how|only|even|just|right|except|especially|particularly|shortly|immediately|and|or|but|that|as|not|time|case|long|than)$/i.test(
      clause,
    )
  )
    return undefined;
  if (/\b(?:what|how|why|whether|which|who|that|because|ensures?|means?|says?)\b/i.test(clause)) return undefined;
  // "The time when the token expires" is no clause: what would come first needs a verb of its own.
  if (!hasVerb(clause)) return undefined;
  const begin = /^(?:The|A|An|You|We|This|These|Each|All|Use|Run|Set|Add|Call|Create|Click|Select|Open)\b/.test(clause)
    ? clause[0]!.toLowerCase() + clause.slice(1)
    : undefined;
  return begin === undefined ? undefined : `${word[0]!.toUpperCase()}${word.slice(1)} ${condition}, ${begin}${end}`;
}

/** An order, an auxiliary, or a verb of one or many. */
const hasVerb = (clause: string): boolean =>
  clause.split(/\s+/).some((word, index) => {
    const lower = word.toLowerCase().replace(/n['’]t$/u, '');
    return (
      auxiliaries.has(lower) ||
      modals.has(lower) ||
      isBaseForm(lower) ||
      (index > 0 && (baseOfThird(lower) !== undefined || baseOfPast(lower) !== undefined))
    );
  });
