/**
 * Puts a new text in the place of a file's old one. Whoever reads meanwhile, a kill or a power cut sees the old text or
 * the new one; what somebody else wrote since the file was read is never lost; owner, mode and links stay.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, open, readdir, realpath, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Janitor } from './janitor';
import { UsageError } from './usage';

/** `.nar-text-PROCESS-RANDOM.tmp`, beside the file: short, since a name may be as long as the file system allows. */
const temporaryName = /^\.nar-text-(\d+)-[0-9a-f]{12}\.tmp$/;

/** Milliseconds after which a temporary file of a process that is gone belongs to nobody. */
const staleAfter = 60 * 60_000;

/** Errors of a rename after which the file can still be overwritten: a mount point, another file system. */
const renameRefused = ['EBUSY', 'EXDEV', 'EPERM'];

const janitor = new Janitor();

/** Folders in which `removeStale` has looked. */
const tidied = new Set<string>();

/** A file is neither the old text nor the new one: the temporary file has the new one whole, and stays. */
class HalfWrittenError extends UsageError {}

/** To be called when no more files are written. */
export function endReplacing(): void {
  janitor.end();
}

/**
 * @param before the bytes that were read, for which `after` was made
 * @throws UsageError when the file is no longer what was read, or cannot be written; it is left as it is then
 */
export async function replaceFile(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  let old: FileHandle | undefined;
  let temporary: string | undefined;
  try {
    // A link stays a link: what it points to is replaced.
    const target = (await lstat(file)).isSymbolicLink() ? await realpath(file) : file;
    // A rename needs no right to write the file itself: a read-only file stays as it is.
    await access(target, constants.W_OK);
    old = await open(target, 'r');
    await removeStale(path.dirname(target));
    temporary = path.join(path.dirname(target), `.nar-text-${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
    await janitor.watch({ temporary });
    const alike = await writeTemporary(temporary, after, target);
    await refuseChanged(file, old, target, before);
    if (!(alike && (await renamed(temporary, target)))) {
      await janitor.watch({ temporary, copyTo: target });
      await refuseChanged(file, old, target, before);
      await overwrite(file, target, before, after, temporary);
      await unlink(temporary);
    }
    await janitor.watch(null);
    await giveBackLateChange(file, old, before, after);
  } catch (error) {
    await janitor.watch(null);
    if (temporary !== undefined && !(error instanceof HalfWrittenError)) await unlink(temporary).catch(() => undefined);
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new UsageError(`${file} was moved or deleted while it was worked on; nothing was written`);
    throw new UsageError(`${file} cannot be written (${code ?? String(error)}); it was not changed`);
  } finally {
    await old?.close().catch(() => undefined);
  }
}

/**
 * Writes a file that can take the target's place by a rename.
 * @returns false when it cannot: the target has other names (hard links), or an owner that we may not give away
 */
async function writeTemporary(temporary: string, bytes: Uint8Array, target: string): Promise<boolean> {
  const { mode, uid, gid, nlink } = await stat(target);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    const own = await handle.stat();
    const owned =
      (own.uid === uid && own.gid === gid) ||
      (await handle.chown(uid, gid).then(
        () => true,
        () => false,
      ));
    // After the owner: a change of owner takes the set-uid bit away.
    if (owned) await handle.chmod(mode & 0o7777);
    await handle.sync();
    return owned && nlink === 1;
  } finally {
    await handle.close();
  }
}

async function renamed(temporary: string, target: string): Promise<boolean> {
  try {
    await rename(temporary, target);
    return true;
  } catch (error) {
    if (renameRefused.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** @throws UsageError when the file's bytes, or the file itself, are others than those that were read */
async function refuseChanged(file: string, old: FileHandle, target: string, before: Uint8Array): Promise<void> {
  const [opened, present] = [await old.stat(), await stat(target)];
  if (opened.ino !== present.ino || opened.dev !== present.dev || !(await bytesOf(old)).equals(before))
    throw changed(file);
}

/**
 * What was written into the old file between the last look and the rename: it is put back,
 * and the file counts as changed.
 */
async function giveBackLateChange(file: string, old: FileHandle, before: Uint8Array, after: Uint8Array): Promise<void> {
  const late = await bytesOf(old);
  if (late.equals(before) || late.equals(after)) return;
  await replaceFile(file, after, late);
  throw changed(file);
}

function changed(file: string): UsageError {
  return new UsageError(
    `${file} was changed by another program while it was worked on; it was left as it is now. Run the command again`,
  );
}

/** All bytes, from the beginning whatever was read before. */
async function bytesOf(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    length += bytesRead;
    if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
  }
}

/** In place, so that every name of the file sees the new text. A disk that is full gives the old text back. */
async function overwrite(
  file: string,
  target: string,
  before: Uint8Array,
  after: Uint8Array,
  temporary: string,
): Promise<void> {
  const handle = await open(target, 'r+');
  const put = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
    await handle.truncate(bytes.length);
    await handle.sync();
  };
  try {
    await put(after).catch(async (error: unknown) => {
      await put(before).catch(() => {
        throw new HalfWrittenError(`${file} was written only in part; the whole new text is in ${temporary}`);
      });
      throw error;
    });
  } finally {
    await handle.close();
  }
}

/** Temporary files of runs that ended with their machine: nobody could tidy up then. */
async function removeStale(folder: string): Promise<void> {
  if (tidied.has(folder)) return;
  tidied.add(folder);
  for (const name of await readdir(folder)) {
    const processId = temporaryName.exec(name)?.[1];
    if (processId === undefined || isRunning(Number(processId))) continue;
    const file = path.join(folder, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > staleAfter) await unlink(file).catch(() => undefined);
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
