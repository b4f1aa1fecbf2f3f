/** How documents are named to a person. */

/** The last part of a URI, for a person; characters that an editor would read as a link or a command are replaced. */
export function nameOf(uri: string): string {
  const [path = ''] = uri.split(/[?#]/, 1);
  const last = path.split('/').pop() || uri;
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // As it is.
  }
  return name.replace(/[[\]\p{Cc}]/gu, '_');
}
