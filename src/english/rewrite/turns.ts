/**
 * A sentence begun with another of its parts: what one does as a condition ("Increasing the limit may …" -> "If you
 * increase the limit, this may …"), what is set as an order to the reader ("Links are configured with …" -> "You
 * configure links with …"), what lets one do a thing as the means ("The tool lets you …" -> "With the tool, you can
 * …"), where and since when something is. One change each; the network judges it.
 */
import { baseOfContinuous, isBaseForm } from '../prior/word-classes';
import { baseOfParticiple, thirdPerson } from '../prior/verb-forms';
import { asObject, capital, inner, laterTime } from './voice';

const joint = /\b(?:and|or|that|which|who|whose|if|when|while|because|but|than|so)\b/;

/** "Increasing this value might affect it." -> "If you increase this value, this might affect it." */
function asCondition(view: string): string | undefined {
  const found =
    /^(\p{Lu}\p{Ll}+ing) ((?:the|this|these|an?|your|any|all|more|too many|its) [^,;:()]{2,50}?) (may|might|can|could|will|would) (?=(?:\p{Ll}+ly )?\p{Ll})/u.exec(
      view,
    );
  if (!found) return undefined;
  const [all, doing, what, modal] = found as unknown as [string, string, string, string];
  const base = baseOfContinuous(doing.toLowerCase());
  if (base === undefined || !isBaseForm(base) || joint.test(what)) return undefined;
  return `If you ${base} ${what}, this ${modal} ${view.slice(all.length)}`;
}

/** What a reader does with what is written, and nobody else. */
const doneByReader =
  '(?:configured|specified|defined|enabled|disabled|passed|declared|customized|customised|selected|installed|added|overridden|set up|set)';

/** "Links are configured with a name." -> "You configure links with a name." */
function youDo(view: string): string | undefined {
  const found = new RegExp(
    `^([^,;:()]{3,60}?) (?:is|are) (${doneByReader}) ((?:with|using|via|through|by using|by passing|in the|by setting) .+[.])$`,
    'u',
  ).exec(view);
  if (!found) return undefined;
  const [, subject, participle, rest] = found as unknown as [string, string, string, string];
  const object = asObject(subject);
  const base = { set: 'set', 'set up': 'set up', overridden: 'override' }[participle] ?? baseOfParticiple(participle);
  if (object === undefined || base === undefined || /\b(?:automatically|internally)\b/.test(rest)) return undefined;
  return `You ${base} ${object} ${rest}`;
}

/** Of a page and what it leaves out. */
const treated: Readonly<Record<string, string>> = {
  touched: 'touch',
  covered: 'cover',
  described: 'describe',
  discussed: 'discuss',
  explained: 'explain',
  addressed: 'address',
  documented: 'document',
};

/** "It will not be covered in this guide." -> "This guide does not cover it." */
function notHere(view: string): string | undefined {
  const found =
    /^([^,;:()]{3,70}?) (?:(?:is|are) (not )|will (not )?)(?:be )?(touched|covered|described|discussed|explained|addressed|documented) (?:in|by) (this (?:guide|page|document|section|article|chapter|tutorial|post|README))[.]$/u.exec(
      view,
    );
  if (!found) return undefined;
  const [, subject, isNot, willNot, participle, place] = found as unknown as [
    string,
    string,
    string | undefined,
    string | undefined,
    string,
    string,
  ];
  const object = inner(subject) ?? asObject(subject);
  if (object === undefined) return undefined;
  const verb = treated[participle]!;
  const says = isNot !== undefined || willNot !== undefined ? `does not ${verb}` : `will ${verb}`;
  return `${capital(place)} ${says} ${object}.`;
}

/** "The tool lets you check it." -> "With the tool, you can check it."; and back. */
function means(view: string): string | undefined {
  const front =
    /^([^,;:]{2,60}?) (?:lets (you|users)|(?:allows|enables) (you|users) to) (?:also )?(\p{Ll}+)( [^;:]+[.])$/u.exec(
      view,
    );
  if (front) {
    const [, what, direct, other, verb, rest] = front as unknown as [
      string,
      string,
      string | undefined,
      string | undefined,
      string,
      string,
    ];
    const named = /^(?:This|That|It|Which|These|They)$/.test(what) || joint.test(what);
    // A name keeps its capital, and so does code.
    const subject = inner(what) ?? (/^(?:[`*_[]|\p{Lu}[\p{L}\d-]*$)/u.test(what) ? what : undefined);
    return named || subject === undefined || !isBaseForm(verb)
      ? undefined
      : `With ${subject}, ${direct ?? other!} can ${verb}${rest}`;
  }
  const back = /^With ((?:the|this|our|your|an?|`)[^,;:]{1,40}), you can (\p{Ll}+)( [^;:]+[.])$/u.exec(view);
  if (!back || joint.test(back[1]!) || !isBaseForm(back[2]!)) return undefined;
  return `${capital(back[1]!)} lets you ${back[2]!}${back[3]!}`;
}

/** "We use Prettier for code formatting." -> "For code formatting, we use Prettier." */
function aimOfTool(view: string): string | undefined {
  const found = /^(We|You can) (use) ([^,;:()]{2,40}?) for ((?:the )?[\p{L}-]+(?: [\p{L}-]+){0,4})[.]$/u.exec(view);
  if (!found || joint.test(found[3]!) || joint.test(found[4]!)) return undefined;
  return `For ${found[4]!}, ${found[1]!.toLowerCase()} ${found[2]!} ${found[3]!}.`;
}

/** "The logic is in `file.js`." -> "You can find the logic in `file.js`." */
function whereIs(view: string): string | undefined {
  const found =
    /^((?:The|All|These|More|Our) [^,;:()]{3,60}?) (?:is|are) (in (?:the )?(?:`[^`]+`(?: \p{Ll}+)?|[\p{L}-]+ (?:folder|directory|file|repository|section|chapter|page)))[.]$/u.exec(
      view,
    );
  if (!found || /\b(?:that|which|who|when|if|is|are)\b/.test(found[1]!)) return undefined;
  return `You can find ${found[1]![0]!.toLowerCase()}${found[1]!.slice(1)} ${found[2]!}.`;
}

/** "The support is incomplete before Linux 6.7." -> "Before Linux 6.7, the support is incomplete." */
function sinceWhen(view: string): string | undefined {
  const found =
    /^([^,;:()]{10,}?) (before|since|until|as of|starting with|from) ((?:version |release )?(?:\p{Lu}[\p{L}.-]* )?v?\d[\w.]*)[.]$/u.exec(
      view,
    );
  if (!found || joint.test(found[1]!) || /\b(?:to|not|from|up)\b/.test(found[1]!)) return undefined;
  const clause = inner(found[1]!);
  return clause === undefined ? undefined : `${capital(found[2]!)} ${found[3]!}, ${clause}.`;
}

/** "It is used by Spotify for the page." -> "Spotify uses it for the page." */
function agentOfName(view: string): string | undefined {
  const found =
    /^((?:It|This|They|These|The [^,;:()]{2,40}?)) (?:is|are) (also |only |mostly )?(\p{Ll}+) by (\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)?)( (?:for|on|in|to|as|when|at|with) [^;:]+)?[.]$/u.exec(
      view,
    );
  if (!found) return undefined;
  const [, subject, adverb = '', participle, agent, rest = ''] = found as unknown as [
    string,
    string,
    string | undefined,
    string,
    string,
    string | undefined,
  ];
  const base = baseOfParticiple(participle);
  const object = asObject(subject);
  if (base === undefined || object === undefined || agent.endsWith('s')) return undefined;
  return `${agent} ${adverb}${thirdPerson(base)} ${object}${rest}.`;
}

/** "All commands are run from the root." -> "Run all commands from the root." */
function orderOfAll(view: string): string | undefined {
  const found =
    /^(All|These|The) ((?:\p{Ll}+ )?(?:commands|tests|scripts|steps)) (?:are|must be|should be) (?:run|executed) ((?:from|in|with|inside) [^,;:]+[.])$/u.exec(
      view,
    );
  return found ? `Run ${found[1]!.toLowerCase()} ${found[2]!} ${found[3]!}` : undefined;
}

/** "This section was moved to the page." -> "This section is now in the page." */
const movedTo = (view: string): string =>
  view.replace(
    /^((?:This|The) [^,;:()]{2,40}?) (?:was|has been) moved to (?=(?:the|our|an?|\[)(?=\W| ))/u,
    '$1 is now in ',
  );

/** "it will not see changes" -> "it does not see changes" */
function notLater(view: string): string {
  if (laterTime.test(view)) return view;
  return view.replace(
    /\b([Ii]t|[Tt]his|[Tt]hey|[Yy]ou|[Ww]e) (?:will not|won['’]t) (\p{Ll}+)\b/gu,
    (all: string, subject: string, verb: string) => {
      const many = /^(?:they|you|we)$/i.test(subject);
      if (verb === 'be') return `${subject} ${many ? 'are' : 'is'} not`;
      return isBaseForm(verb) ? `${subject} ${many ? 'do' : 'does'} not ${verb}` : all;
    },
  );
}

const openings: readonly [RegExp, string][] = [
  [/\b(?:may|might) need to (?=\p{Ll})/u, 'might have to '],
  [/^As (?=(?:the|an?|it|this|your|each) [^,;:]{0,40}?\b(?:is|are|has|have|does|do|can) [^,;:]+, )/u, 'Because '],
  [/^That(?:['’]s| is) why (?=\p{Ll})/u, 'This is why '],
  [/^This is why (?=\p{Ll})/u, 'That is why '],
  [/^Sadly, /u, 'Unfortunately, '],
  [/^Luckily, /u, 'Fortunately, '],
  [/^Next, (?=\p{Ll}+ (?:the|an?|your|it|this|these|some)\b)/u, 'After that, '],
  [/^Lastly, /u, 'Finally, '],
  [/^Afterwards, /u, 'After that, '],
  [/^To begin with, /u, 'First, '],
  [/^Also note that\b/u, 'Note also that'],
  [/^It should be noted that /u, 'Note that '],
  [/^It(?: is|['’]s) worth noting that /u, 'Note that '],
  [/^There are times when /u, 'Sometimes '],
  [/^One of the ways to (?=\p{Ll})/u, 'One way to '],
  [/^The reason for this is that /u, 'This is because '],
  [/^In the event that /u, 'If '],
  [/^Prior to (?=\p{Ll}+ing\b)/u, 'Before '],
  [/(?<=^If [^,;:]{5,80}, )you can use (?=the|an?|`|our|your)/u, 'use '],
];

/** Texts that begin `view` with another of its parts. */
export function turnedAround(view: string): string[] {
  const texts = [
    asCondition(view),
    youDo(view),
    notHere(view),
    means(view),
    aimOfTool(view),
    whereIs(view),
    sinceWhen(view),
    agentOfName(view),
    orderOfAll(view),
    movedTo(view),
    notLater(view),
    ...openings.map(([from, to]) => view.replace(from, to)),
  ];
  return [...new Set(texts)].filter((text): text is string => text !== undefined && text !== view);
}
