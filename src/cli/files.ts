/**
 * Text in: UTF-8 with its byte order mark kept; binary, devices and pipes by name refused. Files are read in this
 * thread: they are worked on one after the other, and the thread pool costs more than a small file does.
 */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { formatOfFile, type TextFormat, textFormats } from '../protocol/formats';
import type { Project } from '../project/project';
import type { Projects } from '../project/projects';
import { UsageError } from './usage';

export interface TextFile {
  /** For messages. */
  name: string;
  /** Absolute; undefined for standard input without a name. */
  path: string | undefined;
  /** What holds for the text. */
  project: Project | undefined;
  /** As they were read: a file is written only while it still holds them. */
  bytes: Uint8Array;
  text: string;
  format: TextFormat;
  /** The file began with a UTF-8 byte order mark; `text` and all offsets are without it. */
  mark: boolean;
}

/** Open files of this process, by number. */
const descriptors = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

/** @throws UsageError for a kind of file that the table of formats does not name: what of it is prose, nobody knows */
function formatByName(file: string): TextFormat {
  const format = formatOfFile(file);
  if (format !== undefined) return format;
  throw new UsageError(
    `${file} is a kind of file that is not known here, and it was left alone; --format says how to read it (${textFormats.join(', ')})`,
  );
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

/**
 * A device or a named pipe may never end. What a shell passes as /dev/fd/63 is a pipe that does.
 * @throws UsageError; and what `statSync` throws for a file that is not there
 */
export function refuseEndless(file: string, instead = 'give its text on standard input'): void {
  const status = statSync(file);
  if (!status.isFile() && !status.isDirectory() && !descriptors.test(file))
    throw new UsageError(`${file} is a device or a named pipe: ${instead}`);
}

/** How a text is to be read. */
export interface Reading {
  /** For every text, whatever its name is. */
  format: TextFormat | undefined;
  projects: Projects;
  /** The name of the text on standard input. */
  standardInputName?: string | undefined;
}

/** What an error of the file system means, for a person. */
const unreadable: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
  ELOOP: 'is a symbolic link that leads back to itself',
  ENAMETOOLONG: 'does not exist: no name may be as long',
};

/**
 * @throws UsageError when the file cannot be read, is no text or of an unknown kind
 * @throws ProjectError when the project file that holds for it cannot be used
 */
export function readText(file: string, { format, projects }: Reading): TextFile {
  let bytes: Uint8Array;
  try {
    refuseEndless(file);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new UsageError(`${file} ${unreadable[code ?? ''] ?? `cannot be read (${code})`}`);
  }
  return { name: file, bytes, ...decodeText(bytes, file), ...placed(file, format, projects) };
}

function placed(
  name: string,
  format: TextFormat | undefined,
  projects: Projects,
): Pick<TextFile, 'path' | 'project' | 'format'> {
  const absolute = path.resolve(name);
  const project = projects.of(absolute);
  return { path: absolute, project, format: format ?? project?.formatOf(absolute) ?? formatByName(name) };
}

/** One named file, or standard input. @throws as `readText` */
export async function readInput(file: string | undefined, reading: Reading): Promise<TextFile> {
  if (file !== undefined && file !== '-') return readText(file, reading);
  const { format, projects, standardInputName } = reading;
  const name = standardInputName ?? 'standard input';
  const place =
    standardInputName === undefined
      ? { path: undefined, project: projects.ofFolder(process.cwd()), format: format ?? ('plain' as const) }
      : placed(standardInputName, format, projects);
  const bytes = await readStandardInput();
  return { name, bytes, ...decodeText(bytes, name), ...place };
}
