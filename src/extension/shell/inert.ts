/**
 * Pure: texts with a name or words from elsewhere in them, made so that the editor shows them and does nothing else.
 */

/**
 * The editor turns `[x](command:…)` in a notification into a link that runs a command, and `$(x)` in the status bar
 * into a picture: a file may be named so. A blank takes them apart, and stays where it can be seen.
 */
export function inert(text: string): string {
  return oneDirection(text)
    .replace(/\](?=\()/g, '] ')
    .replace(/\$(?=\()/g, '$ ');
}

/** Without characters that start a new line, control a terminal or turn the order of what follows them. */
function oneDirection(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
