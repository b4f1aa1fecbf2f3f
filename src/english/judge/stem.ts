/** Word stems, crude ones: enough to tell an inflection from a misspelling. */

import { verbsWithForms } from '../prior/word-classes';

/** Forms that no table of verbs has, or that are not formed as the others are. */
const others: Record<string, string> = {
  be: 'am is are was were been being',
  have: 'has had having',
  do: 'does',
  go: 'goes',
  get: 'gotten',
  bind: 'bound',
  use: 'used using',
};
const irregular = new Map(
  [...verbsWithForms, ...Object.entries(others).map(([base, forms]) => [base, forms.split(' ')] as const)].flatMap(
    ([base, forms]) => [base, ...forms].map((form) => [form, base] as const),
  ),
);

/** Crude stem of a verb or noun: enough to tell an inflection from a misspelling. */
export function stem(word: string): string {
  const lowerCase = word.toLowerCase().replace(/['’]s?$/, '');
  const base = irregular.get(lowerCase);
  if (base !== undefined) return stripEnd(base);
  return stripEnd(lowerCase);
}

function stripEnd(word: string): string {
  let result = word;
  if (result.length > 4 && /(?:ies|ied)$/.test(result)) result = `${result.slice(0, -3)}y`;
  else if (result.length > 5 && result.endsWith('ing')) result = undouble(result.slice(0, -3));
  else if (result.length > 4 && result.endsWith('ed')) result = undouble(result.slice(0, -2));
  else if (result.length > 4 && /(?:sses|shes|ches|xes|zes)$/.test(result)) result = result.slice(0, -2);
  else if (result.length > 3 && result.endsWith('s') && !/(?:ss|us|is)$/.test(result)) result = result.slice(0, -1);
  return result.length > 3 ? result.replace(/e$/, '').replace(/y$/, 'i') : result;
}

function undouble(word: string): string {
  return /([bdgmnprt])\1$/.test(word) ? word.slice(0, -1) : word;
}
