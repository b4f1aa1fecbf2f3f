/** Text in and out: UTF-8 with its byte order mark kept, binary refused, files replaced in one step. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, open, readFile, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { TextFormat } from '../protocol/requests';
import { UsageError } from './usage';

export interface TextFile {
  /** For messages. */
  name: string;
  text: string;
  format: TextFormat;
  /** The file began with a UTF-8 byte order mark; `text` and all offsets are without it. */
  mark: boolean;
}

const markdownNames = /\.(md|mdx|markdown|mdown|mkd|mkdn)$/i;

export function formatByName(name: string): TextFormat {
  return markdownNames.test(name) ? 'markdown' : 'plain';
}

/** @throws UsageError for bytes that are no UTF-8 text */
export function decodeText(bytes: Uint8Array, name: string): { text: string; mark: boolean } {
  if (bytes.includes(0)) throw new UsageError(`${name} is a binary file (or UTF-16): only UTF-8 text can be worked on`);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(mark ? bytes.subarray(3) : bytes),
      mark,
    };
  } catch {
    throw new UsageError(`${name} is not valid UTF-8: convert it first, so that no character is lost`);
  }
}

export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** @throws UsageError when the file cannot be read or is no text */
export async function readText(file: string, format: TextFormat | undefined): Promise<TextFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EISDIR'
          ? 'is a folder'
          : code === 'EACCES'
            ? 'may not be read'
            : `cannot be read (${code})`;
    throw new UsageError(`${file} ${reason}`);
  }
  return { name: file, ...decodeText(bytes, file), format: format ?? formatByName(file) };
}

/** One named file, or standard input. */
export async function readInput(file: string | undefined, format: TextFormat | undefined): Promise<TextFile> {
  if (file !== undefined && file !== '-') return readText(file, format);
  const name = 'standard input';
  return { name, ...decodeText(await readStandardInput(), name), format: format ?? 'plain' };
}

/**
 * Replaces a file in one step: whoever reads it meanwhile, or a power cut, sees the old text or the new one.
 * @param mark whether a byte order mark comes first
 */
export async function writeAtomically(file: string, text: string, mark: boolean): Promise<void> {
  // A link stays a link: what it points to is replaced.
  const target = (await lstat(file)).isSymbolicLink() ? await realpath(file) : file;
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  let handle: FileHandle | undefined;
  try {
    // A rename needs no right to write the file itself: a read-only file stays as it is.
    await access(target, constants.W_OK);
    const { mode } = await stat(target);
    handle = await open(temporary, 'wx', mode);
    await handle.writeFile((mark ? '\ufeff' : '') + text, 'utf8');
    await handle.chmod(mode);
    await handle.sync();
    await handle.close();
    await rename(temporary, target);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    throw new UsageError(
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}); it was not changed`,
    );
  }
}
