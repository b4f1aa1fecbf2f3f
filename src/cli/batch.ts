/**
 * --jsonl: one request a line, one answer a line, in order; a bad line is told on standard error and the others go on.
 */
import type { Readable } from 'node:stream';
import { InputError, messageOf } from '../engine/errors';

/**
 * Lines of a UTF-8 stream, split at LF only: readline would also split at U+2028, which may stand inside a JSON string.
 */
export async function* splitLines(stream: Readable | AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

export interface BatchRequest {
  id: string | number;
  text: string;
}

/** @throws InputError that says what is wrong with the line; `id` is set on it when the line had one */
export function readRequest(line: string): BatchRequest {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError('the line is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError('the line is not an object with "id" and "text"');
  const { id, text } = value as Record<string, unknown>;
  const named = (message: string): InputError =>
    Object.assign(new InputError(message), typeof id === 'string' || typeof id === 'number' ? { id } : {});
  if (typeof id !== 'string' && typeof id !== 'number') throw new InputError('"id" must be a string or a number');
  if (typeof text !== 'string') throw named('"text" must be a string');
  return { id, text };
}

/**
 * @param answer result fields for one text
 * @param write one line to standard output; resolves when the reader keeps up
 * @param complain one line to standard error
 * @returns how many lines failed
 */
export async function runBatch(
  input: Readable | AsyncIterable<Uint8Array>,
  answer: (request: BatchRequest) => Promise<object>,
  write: (line: string) => Promise<void>,
  complain: (line: string) => void,
): Promise<number> {
  let failures = 0;
  let number = 0;
  for await (const raw of splitLines(input)) {
    number++;
    const line = (number === 1 ? raw.replace(/^\ufeff/, '') : raw).replace(/\r$/, '');
    if (line.trim() === '') continue;
    let id: string | number | undefined;
    try {
      const request = readRequest(line);
      id = request.id;
      await write(JSON.stringify({ id, ...(await answer(request)) }));
    } catch (error) {
      failures++;
      id ??= (error as { id?: string | number }).id;
      complain(JSON.stringify({ id: id ?? null, line: number, error: messageOf(error) }));
    }
  }
  return failures;
}
