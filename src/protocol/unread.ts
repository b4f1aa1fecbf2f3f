/** How passages that were left alone are told, in the same words on every surface. */

/** First and last line of a passage, counted from 1. */
export type Lines = readonly [first: number, last: number];

const mostNamed = 3;

/** @param passages at least one, in order */
export function unreadMessage(passages: readonly Lines[]): string {
  const names = passages
    .slice(0, mostNamed)
    .map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`));
  const more = passages.length - names.length;
  if (more > 0) names.push(`${more} more ${more === 1 ? 'passage' : 'passages'}`);
  const one = passages.length === 1 && passages[0]![0] === passages[0]![1];
  const list = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
  return (
    `${one ? 'Line' : 'Lines'} ${list} ${one ? 'was' : 'were'} not checked, since reading ${one ? 'it' : 'them'} would take too long;` +
    ` the rest was. Split what is very long or deeply nested there (a line, a list, a table) to have it checked.`
  );
}
