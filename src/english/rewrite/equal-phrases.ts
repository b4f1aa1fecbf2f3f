/**
 * Phrases that say the same wherever they stand, so that no place has to be asked for the one that fits. Longer and
 * rarer than the words of synonyms.json; the network still judges the whole sentence.
 */
import { thirdPerson } from '../prior/verb-forms';
import { baseOfContinuous, continuousOf, isBaseForm, isOnlyVerb, oneOf, participleOfBase } from '../prior/word-classes';
import { capital } from './voice';

type Replace = string | ((...groups: string[]) => string);

/** Both forms of a verb: "is" or "has" says which. */
const byNumber =
  (one: string, many: string): Replace =>
  (all) =>
    /^(?:is|has|goes|makes)\b/i.test(all!) ? one : many;

const phrases: readonly [RegExp, Replace][] = [
  [/\b(?:is|are) compliant with\b/u, byNumber('complies with', 'comply with')],
  [/\b(?:goes|go) against\b/u, byNumber('contradicts', 'contradict')],
  [/\b(?:has|have) support for\b/u, byNumber('supports', 'support')],
  [/\b(?:makes|make) sure that\b/u, byNumber('ensures that', 'ensure that')],
  [/\bthat (?:is|are) related to\b/u, 'related to'],
  [/\b(?:is|are) related to\b/u, byNumber('relates to', 'relate to')],
  [/\b(?:is|are) similar to\b/u, byNumber('resembles', 'resemble')],
  [/\b(?:is|are) compatible with\b/u, byNumber('works with', 'work with')],
  [/\b(?:is|are) based on\b/u, byNumber('builds on', 'build on')],
  [/\b(?:is|are) located in\b/u, byNumber('is in', 'are in')],
  [/\b(?:is|are) responsible for (?=the\b|all\b)/u, byNumber('takes care of ', 'take care of ')],
  [/\b(?:is|are) different from\b/u, byNumber('differs from', 'differ from')],
  [/\bjust as if\b/u, 'as if'],
  [/\b([Tt])he below (?=\p{Ll})/u, '$1he following '],
  [/\b[Ii]t is not recommended to use\b/u, (all) => `${all!.startsWith('I') ? 'We' : 'we'} do not recommend using`],
  [/\bthat contains? (?=(?:an?|the|no|any|only|all|more|both)\b)/u, 'with '],
  [/\bare encouraged to (?=\p{Ll})/u, 'are invited to '],
  [/\b[Bb]e aware that\b/u, (all) => (all!.startsWith('B') ? 'Note that' : 'note that')],
  [
    /\b([Pp]eople|users|[Dd]evelopers|contributors|those|anyone) interested in (\p{Ll}+ing)\b/u,
    (all, who, doing) => {
      const base = baseOfContinuous(doing!);
      return base === undefined ? all! : `${who!} who ${who === 'anyone' ? 'wants' : 'want'} to ${base}`;
    },
  ],
  [/\bafter a while\b/u, 'after some time'],
  [/\bhighly (encouraged|recommended|discouraged)\b/u, 'strongly $1'],
  [/\bhighly appreciated\b/u, 'much appreciated'],
  [/\b(pleased|happy) to (?=\p{Ll})/u, 'glad to '],
  [/^In addition to (?=(?:an?|the|its|your|these|this|all)\b)/u, 'Besides '],
  [/\bThere will be no\b/u, 'There is no'],
  [/\bregardless of the (\p{Ll}+) (?=(?:you|we|they|it)\b)/u, 'no matter which $1 '],
  [/\bregardless of (?=(?:how|what|which|where|who)\b)/u, 'no matter '],
  [/\bno different than\b/u, 'no different from'],
  [/\bsome ?time in the future\b/u, 'at some point'],
  [/\bwithout (?:needing|the need) to\b/u, 'without having to'],
  [/\bwithout having to\b/u, 'without the need to'],
  [/\bso that (you|we|they|it|users) (can|do|will)\b/u, 'so $1 $2'],
  [/(?<=[^,]) so (you|we|users) can\b/u, ' so that $1 can'],
  [
    /, (?:which (?:allows|enables) you to|which lets you|allowing you to|enabling you to|letting you) (?=\p{Ll})/u,
    ', so you can ',
  ],
  [/\ball you (?:have|need) to do is(?: to)? (?=\p{Ll})/u, 'you only have to '],
  [/\bneeds? to be (?=\p{Ll}+(?:ed|en|wn|lt|nt|de)\b)/u, 'must be '],
  [/\bBe sure to (?=\p{Ll})/u, 'Make sure to '],
  [/^Make sure to (?=\p{Ll})/u, 'Be sure to '],
  [/\beither (\S+(?: \S+)?) or (?=\S)/u, '$1 or '],
  [/\bin the form of\b/u, 'as'],
  [/\bin the same way as\b/u, 'like'],
  [/\bas of now\b/u, 'currently'],
  [/\bfor quite some time\b/u, 'for a long time'],
  [/\bway (faster|slower|easier|better|more|less)\b/u, 'much $1'],
  [/\bcomes? in handy\b/u, (all) => (all!.startsWith('comes') ? 'is useful' : 'are useful')],
  [/\bkeeps? an eye on\b/u, (all) => (all!.startsWith('keeps') ? 'watches' : 'watch')],
  [/\bmakes? (?:it )?(?:much )?easier to (?=\p{Ll})/u, (all) => `${all!.startsWith('makes') ? 'helps' : 'help'} you `],
  [/\bare (?:more than )?welcome to (?=\p{Ll})/u, 'can '],
  [/\bon top of that\b/u, 'in addition'],
  [/\bas an example\b/u, 'for example'],
  [/\bby the way\b/u, 'incidentally'],
  [/\bnothing (?:else|more) than\b/u, 'only'],
  [/\bis all about\b/u, 'is about'],
  [/\bfirst off\b/iu, 'first of all'],
  [/\bone or more (?=of (?:the|these|those|your|its)\b)/u, 'at least one '],
  [/\b(?:can|may) be omitted(?=[.,])/u, 'is optional'],
  [/\b(is|are) expected to be\b/u, 'should be'],
  [/\b(?<=\b(?:[Aa]ll|[Aa]ny|[Ee]very|[Nn]o)(?: \p{Ll}+)? )other than (?=\p{Ll}|`)/u, 'except '],
  [/\bway to do (?:that|this|so) is to\b/u, 'way is to'],
  [/\b(into|in|to|with) a single (?=\p{Ll})/u, '$1 one '],
  [/\b(is|are|was|were) not (\p{Ll}+ed) yet\b/u, '$1 not yet $2'],
  [/\b(is|are|was|were) not yet (\p{Ll}+ed)(?=[.,;]|$)/u, '$1 not $2 yet'],
  [/^So (?=(?:when|if|once) )/u, 'Therefore, '],
  [/\b([Tt])he above (\p{Ll}+|`[^`]+`)(?=[.,;:]|$| (?:is|are|will|can|to|and|in|with)\b)/u, '$1he $2 above'],
  [/\blearn how to (?=\p{Ll})/u, 'find out how to '],
  [/\bdoes not include (?=(?:the|an?|any|all|this|your)\b)/u, 'leaves out '],
  [/\b(?:enables|allows) ((?:your|the) \p{Ll}+|users|developers|people|teams|others) to (?=\p{Ll})/u, 'lets $1 '],
  [
    /\blets (users|developers|people|teams|others|your \p{Ll}+) (?=\p{Ll}+ (?:the|an?|your|their|any|all)\b)/u,
    'allows $1 to ',
  ],
  [/\bif you (?:would like|['’]d like|wish) to (?=\p{Ll})/u, 'if you want to '],
  [/^If you (?:would like|['’]d like|wish) to (?=\p{Ll})/u, 'If you want to '],
  [/\ba way to (?=\p{Ll})/u, 'a means to '],
  [/\b(?:each|every) time (?=(?:you|it|the|a|an|we|they)\b)/u, 'whenever '],
  [/^(?:Each|Every) time (?=(?:you|it|the|a|an|we|they)\b)/u, 'Whenever '],
  [
    /\b([Ww])henever (?=(?:you|it|the|a|an|we|they)\b)/u,
    (_all, letter) => (letter === 'W' ? 'Every time ' : 'every time '),
  ],
  [/\bat this (?:point|time|moment)(?=[.,]|$)/u, 'now'],
  [/\bas a consequence\b/u, 'as a result'],
  [/\bstrive for\b/u, 'aim for'],
  [/\b(requires?) that ((?:every|each|all|the|an?|your) (?:\p{Ll}+ )?\p{Ll}+) be\b/u, '$1 $2 to be'],
  [/\bunder the hood\b/u, 'internally'],
  [/\b(?:is|are) inspired by\b/u, byNumber('draws on', 'draw on')],
  [/\bis an? (?:\p{Ll}+ )?component of\b/u, 'is part of'],
  [/\bdoes(?: not|n['’]t) have (?:an?|any) (?=\p{Ll})/u, 'has no '],
  [/\bdo(?: not|n['’]t) have (?:an?|any) (?=\p{Ll})/u, 'have no '],
  [/\bdon['’]t have access\b/u, 'have no access'],
  [/\b(any|whatever) (\p{Ll}+) you want\b/u, '$1 $2 you like'],
  [/\bafter (it|they|this|the \p{Ll}+) (has|have) been\b/u, 'once $1 $2 been'],
  [/^For some cases\b/u, 'In some cases'],
  [/\bin most cases\b/u, 'usually'],
  [/\bin some cases\b/u, 'sometimes'],
  [/\bin many cases\b/u, 'often'],
  [/\bin the case of\b/u, 'for'],
  [/\bon a regular basis\b/u, 'regularly'],
  [/\bright away\b/u, 'immediately'],
  [/\bout of the box\b/u, 'by default'],
  [/\bfrom scratch\b/u, 'from the beginning'],
  [/\bin charge of\b/u, 'responsible for'],
  [/\bgive it a (?:try|go)\b/u, 'try it'],
  [/\bhave a look at\b/u, 'look at'],
  [/\btake a look at\b/u, 'look at'],
  [/\bTake a look at\b/u, 'Look at'],
  [/\bHave a look at\b/u, 'Look at'],
  [/\bkeep in mind\b/u, 'remember'],
  [/\bKeep in mind\b/u, 'Remember'],
  [/\bfeel free to (?=\p{Ll})/u, 'please '],
  [/^Feel free to (?=\p{Ll})/u, 'Please '],
  [/\bas soon as (?=(?:you|it|the|they|we|a)\b)/u, 'once '],
  [/\bdespite the fact that\b/u, 'although'],
  [/\bis up to date\b/u, 'is current'],
  [/\bare up to date\b/u, 'are current'],
  [/\bmake use of\b/u, 'use'],
  [/\bmakes use of\b/u, 'uses'],
  [/\bmaking use of\b/u, 'using'],
  [/\bwith the help of\b/u, 'using'],
  [/\bby means of\b/u, 'using'],
  [/\bfree of charge\b/u, 'for free'],
  [/\bhas the ability to\b/u, 'can'],
  [/\bhave the ability to\b/u, 'can'],
  [/\bis able to\b/u, 'can'],
  [/\bare able to\b/u, 'can'],
  [/\b(is|are) not able to\b/u, 'cannot'],
];

/** "Each of the commands has" -> "Each command has" */
const eachOf = (view: string): string =>
  view.replace(/\b([Ee])ach of the (\p{Ll}+)\b/u, (all, letter: string, many: string) => {
    const one = oneOf(many);
    return one === undefined ? all : `${letter}ach ${one}`;
  });

/** "one or more files" -> "at least one file" */
const atLeastOne = (view: string): string =>
  view.replace(
    /\b([Oo])ne or more (\p{Ll}+ )??(\p{Ll}+s)(?! \p{Ll}+s\b)/u,
    (all, letter: string, quality = '', many: string) => {
      const one = oneOf(many);
      return one === undefined ? all : `${letter === 'O' ? 'At' : 'at'} least one ${quality}${one}`;
    },
  );

const qualities = '(easy|hard|simple|difficult|safe|useful|helpful|important|possible|better|best|common|convenient)';

/** "It is easy to add one." <-> "Adding one is easy." */
function itIs(view: string): string | undefined {
  const front = new RegExp(`^It(?: is|['’]s) ${qualities} to (\\p{Ll}+)((?: [^,;:.!?]+)?)([.!])$`, 'u').exec(view);
  if (front && isBaseForm(front[2]!)) {
    const doing = continuousOf(front[2]!);
    return `${doing[0]!.toUpperCase()}${doing.slice(1)}${front[3]!} is ${front[1]!}${front[4]!}`;
  }
  const back = new RegExp(`^(\\p{Lu}\\p{Ll}+ing) ([^,;:.!?]+?) is (very |quite |also )?${qualities}([.!])$`, 'u').exec(
    view,
  );
  const base = back ? baseOfContinuous(back[1]!.toLowerCase()) : undefined;
  return back && base !== undefined && isBaseForm(base)
    ? `It is ${back[3] ?? ''}${back[4]!} to ${base} ${back[2]!}${back[5]!}`
    : undefined;
}

/** "There are several ways to run it." -> "You can run it in several ways." */
function ways(view: string): string | undefined {
  const found =
    /^There are (several|many|multiple|two|three|four|five|various|different|a few|a number of|other|a couple of) (different |other )?ways to (\p{Ll}+(?: [^,;:!?]+)?)[.]$/u.exec(
      view,
    );
  return found ? `You can ${found[3]!} in ${found[1]!} ${found[2] ?? ''}ways.` : undefined;
}

/** "We recommend using it." -> "You should use it."; "that you use it" <-> "using it". */
function advice(view: string): string[] {
  const doing = /^(We|I) (highly |strongly )?(recommend|suggest) (\p{Ll}+ing)\b(.*)$/su.exec(view);
  const base = doing ? baseOfContinuous(doing[4]!) : undefined;
  if (doing && base !== undefined && isBaseForm(base))
    return [`${doing[1]!} ${doing[2] ?? ''}${doing[3]!} that you ${base}${doing[5]!}`];
  const clause = /^(We|I) (highly |strongly )?(recommend|suggest) (?:that )?you (\p{Ll}+)\b(.*)$/su.exec(view);
  return clause && isBaseForm(clause[4]!)
    ? [`${clause[1]!} ${clause[2] ?? ''}${clause[3]!} ${continuousOf(clause[4]!)}${clause[5]!}`]
    : [];
}

const transitive =
  '(find|see|set|use|add|change|configure|install|define|specify|pass|override|create|remove|disable|enable|customize|' +
  'access|edit|extend|replace|adjust|download|view|store|load|share)';

/** "You can find the list in the file." -> "The list can be found in the file." */
function passive(view: string): string | undefined {
  const match = new RegExp(
    `^You can (also )?${transitive} ((?:the|all|an?|more|some|our|every) [^,;:.!?]+?) (in|at|on|under|with|from|through) ([^,;:!?]+)([.])$`,
    'u',
  ).exec(view);
  if (!match || / (?:in|at|on|under|with|from|through|to|and|that|which|of|for) /u.test(` ${match[3]!} `))
    return undefined;
  const [, also = '', verb, what, where, place, end] = match as unknown as [string, string | undefined, ...string[]] &
    [string, string, string, string, string, string, string];
  return `${capital(what)} can ${also}be ${participleOfBase(verb)} ${where} ${place}${end}`;
}

/** "It does make exceptions" -> "It makes exceptions" */
const withoutDo = (view: string): string =>
  /\b(?:what|how|why|when|where|which|than|as|so|only|nor)\b|\?$/iu.test(view)
    ? view
    : view.replace(
        /(?<=[\p{L}`] )does (\p{Ll}+)(?= (?:the|an?|some|not? |any|all|it|this|these|\p{Ll}+s)\b)/u,
        (all, verb: string) => (isOnlyVerb(verb) ? thirdPerson(verb) : all),
      );

/** "Bug reports are welcome." -> "We welcome bug reports." */
function welcome(view: string): string | undefined {
  const match = /^(\p{Lu}\p{Ll}+(?: [\p{Ll}-]+){0,4}) are (?:always |very |also )?welcome([.!])$/u.exec(view);
  return match ? `We welcome ${match[1]![0]!.toLowerCase()}${match[1]!.slice(1)}${match[2]!}` : undefined;
}

/** "For getting started, read it." -> "To get started, read it." */
const toDo = (view: string): string =>
  view.replace(/^For (\p{Ll}+ing)(?= [^,;:]+, )/u, (all, doing: string) => {
    const base = baseOfContinuous(doing);
    return base === undefined || !isBaseForm(base) ? all : `To ${base}`;
  });

/** "The tool will not keep its state." -> "The tool does not keep its state." */
const presentNo = (view: string): string =>
  view.replace(
    /^((?:The|This|That|It|Each|Every) ?[^,;:.!?]{0,40}?) (?:will not|won['’]t) (\p{Ll}+)(?= )/u,
    (all, who: string, verb: string) =>
      isBaseForm(verb) && !/\b(?:if|when|and|or|that|which)\b/.test(who) && verb !== 'be'
        ? `${who} does not ${verb}`
        : all,
  );

/** Texts that say `view` in an equal phrase, one change each. */
export function withEqualPhrases(view: string): string[] {
  const texts: (string | undefined)[] = [
    eachOf(view),
    atLeastOne(view),
    itIs(view),
    ways(view),
    ...advice(view),
    passive(view),
    presentNo(view),
    withoutDo(view),
    welcome(view),
    toDo(view),
  ];
  for (const [from, to] of phrases)
    texts.push(
      typeof to === 'string' ? view.replace(from, to) : view.replace(from, (...groups: string[]) => to(...groups)),
    );
  return [...new Set(texts)].filter((text): text is string => text !== undefined && text !== view);
}
