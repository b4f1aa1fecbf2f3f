/** How documents are named to a person. */

/** The last part of a URI, for a person; characters that an editor would read as a link or a command are replaced. */
export function nameOf(uri: string): string {
  const last =
    uri
      .replace(/[?#].*$/, '')
      .split('/')
      .pop() || uri;
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // As it is.
  }
  return name.replace(/[[\]\p{Cc}]/gu, '_');
}
