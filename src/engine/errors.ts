/** Errors that reach a person. Every message says what is wrong and what to do. */

/** No model, or one that cannot be used: missing, truncated, changed, wrong shape, wrong format. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** No ONNX Runtime, or it refused to run the model. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
}

/** The request itself cannot be answered: wrong parameters, or a text that is too long for what was asked. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The caller gave up, or a newer request took this one's place. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor(message = 'Cancelled.') {
    super(message);
  }
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
