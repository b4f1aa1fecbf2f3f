/**
 * Documents that made an engine process hang, remembered from one process to the next by a hash of their text, so that
 * one that has changed is read again. The text itself is written nowhere.
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The latest ones; an old document that hangs is met again and added again. */
const most = 50;

/** Of a text's UTF-16 units, the lower byte first; the watch thread makes the same marks. */
export const markAlgorithm = 'sha256';

function markOf(text: string): string {
  return createHash(markAlgorithm).update(text, 'utf16le').digest('hex');
}

export class LeftAlone {
  private readonly marks: Set<string>;
  /** Where the watch thread writes marks down; undefined where no folder can be had that nobody else writes to. */
  readonly file: string | undefined;

  /** @param folder default: one of this user's in the system's folder for temporary files */
  constructor(folder = path.join(os.tmpdir(), `nar-text-tools-${os.userInfo().username.replace(/[^\w-]/g, '_')}`)) {
    this.file = isOurs(folder) ? path.join(folder, 'left-alone') : undefined;
    this.marks = new Set(this.file === undefined ? [] : linesOf(this.file).slice(-most));
    if (this.file === undefined || this.marks.size < most) return;
    try {
      writeFileSync(this.file, [...this.marks].map((mark) => `${mark}\n`).join(''), { mode: 0o600 });
    } catch {
      // It grows a little longer.
    }
  }

  has(text: string): boolean {
    return this.marks.size > 0 && this.marks.has(markOf(text));
  }
}

/** A folder, no link, of this user. */
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    const user = process.getuid?.();
    return found.isDirectory() && (user === undefined || found.uid === user);
  } catch {
    return false;
  }
}

function linesOf(file: string): string[] {
  try {
    return lstatSync(file).isFile()
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => /^[0-9a-f]{64}$/.test(line))
      : [];
  } catch {
    return [];
  }
}
