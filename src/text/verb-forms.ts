/**
 * Forms of the verbs that technical prose uses most: base, past participle and third person. Words that are not in the
 * list have no forms here, so a rule that needs them does nothing rather than something wrong.
 */

const irregular: Readonly<Record<string, string>> = {
  build: 'built', rebuild: 'rebuilt', choose: 'chosen', find: 'found', give: 'given', hide: 'hidden', keep: 'kept', make: 'made', override: 'overridden',
  overwrite: 'overwritten', read: 'read', rewrite: 'rewritten', run: 'run', see: 'seen', send: 'sent', set: 'set', show: 'shown', split: 'split', take: 'taken',
  undo: 'undone', write: 'written', put: 'put', reset: 'reset', hold: 'held', do: 'done',
};

/** Regular verbs whose last consonant is doubled. */
const doubling = 'embed emit format log map omit permit plug refer scan skip stop submit tag transfer wrap drop ship commit debug pin strip swap trim spin'.split(' ');

const regular = (
  'accept access achieve activate add adjust alter analyze apply assign attach authenticate automate avoid bypass cache calculate call cancel capture change check '
  + 'clear click clone close combine compare compile complete compute configure connect construct consume control convert copy correct create customize declare decode '
  + 'define delete deliver deploy describe detect determine develop disable discard display distribute divide download edit enable encode encrypt enforce enter establish '
  + 'evaluate examine exchange exclude execute expand explain export expose express extend extract fetch fill filter fix follow force generate group handle identify '
  + 'ignore implement import improve include increase inherit initialize inject insert inspect install integrate interpret invoke isolate join launch limit link list '
  + 'load locate lock maintain manage mark match measure merge minimize mock modify monitor mount move name navigate normalize observe obtain open optimize organize '
  + 'parse pass patch perform place populate post prevent print process produce profile protect provide publish pull push query raise reach receive record recover '
  + 'reduce reference refresh register reject release reload remove rename render reorder replace report represent request require resolve restart restore restrict '
  + 'retrieve return reuse reverse review revert rotate save scale schedule search secure select separate serialize serve share sign simplify solve sort specify start '
  + 'store stream style supply support suppress switch synchronize target test track transform translate transmit trigger tune turn type uninstall unlock update '
  + 'upgrade upload use validate verify view visit visualize'
).split(' ');

const baseOf = new Map<string, string>([
  ...Object.entries(irregular).map(([base, participle]): [string, string] => [participle, base]),
  ...doubling.map((base): [string, string] => [`${base}${base.at(-1)!}ed`, base]),
  ...regular.map((base): [string, string] => [pastOf(base), base]),
]);

function pastOf(base: string): string {
  if (base.endsWith('e')) return `${base}d`;
  return /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ied` : `${base}ed`;
}

/** "configured" -> "configure"; undefined for a word that is no participle of the list. */
export const baseOfParticiple = (participle: string): string | undefined => baseOf.get(participle.toLowerCase());

const known = new Set([...Object.keys(irregular), ...doubling, ...regular, ...'allow appear become begin cause come contain continue depend exist fail get go happen help let look need occur remain result stay throw try wait want work'.split(' ')]);

export const isVerb = (word: string): boolean => known.has(word.toLowerCase());

/** "specify" -> "specifies". */
export function thirdPerson(base: string): string {
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh|[^aeiou]o|go|do)$/.test(base) ? `${base}es` : `${base}s`;
}

/** Whether a noun, by its ending, is more than one; words like "status" and "class" are one. */
export const isPlural = (noun: string): boolean => /(?:[^su]s|ses|children|people|criteria)$/i.test(noun) && !/(?:is|us|ss|news|https|dns|css|aws|tls|ios|macos|kubernetes|always|its|as)$/i.test(noun);
