/**
 * Words of a text with their places, and the classes of function words that the rules of English ask for, each once.
 */

export interface WordPlace {
  /** As written. */
  text: string;
  /** Small letters, with a straight apostrophe. */
  lower: string;
  start: number;
  end: number;
}

/** Letters, marks and digits with inner apostrophes; a hyphen parts two words. */
export function wordPlaces(text: string): WordPlace[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu)].map(({ 0: found, index }) => ({
    text: found,
    lower: found.toLowerCase().replaceAll('’', "'"),
    start: index,
    end: index + found.length,
  }));
}

/** Words as written, with inner apostrophes, which are straight; a hyphen parts two words. */
export function wordsOf(text: string): string[] {
  return text.replaceAll('’', "'").match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*/gu) ?? [];
}

/** Runs of letters and digits in small letters: two texts are compared by these. */
export const plainWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Of two of these side by side one is too many ("in the our file"). */
export const determiners = set('a an the my your our their its every');
/** What follows is one thing. */
export const singularDeterminers = set('a an each every another this that one either neither');
export const auxiliaries = set(
  'am is are was were be been being do does did has have had can could may might must shall should will would',
);
export const modals = set('can could may might must shall should will would');
/** No noun begins or goes on with one of these. */
export const functionWords = set(
  'am is are was were be been being do does did has have had can could may might must shall should will would not ' +
    'a an the this that these those my your our their its his her i you he she it we they me him us them ' +
    'and or but nor so if then than as because since while when where which who whom whose what why how whether ' +
    'of in on at by to for from with without into onto over under between through during before after about against ' +
    'per via within across along around behind below above until upon off out up down ' +
    'also always never only still just often too very more most less least there here all any some no each every both',
);
export const prepositions = set(
  'about above across after against along among around as at before behind below beneath beside between ' +
    'beyond by despite down during except for from in inside into like near of off on onto out outside ' +
    'over past per since through throughout till to toward towards under until up upon via with within ' +
    'without',
);
export const negations = set("not no never none nothing neither nor cannot without n't unless hardly barely");
/** Words without content of their own: two texts are compared without them. */
export const contentless = set(
  'a an the and or but if then than so as at by for from in into of on onto to with within without over ' +
    'under up down out off about after before between through during is are was were be been being am do ' +
    'does did have has had will would shall should can could may might must this that these those it its ' +
    'they them their there here he she his her we our you your i my me us who which what when where why ' +
    'how all any both each few more most other some such no nor not only own same too very just also',
);

export const articles: ReadonlySet<string> = new Set(['a', 'an', 'the']);
