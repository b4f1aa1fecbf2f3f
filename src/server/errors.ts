/** Every failure becomes an error response with a message for a person; the server itself goes on. */
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { CancelledError, InputError, ModelError, RuntimeError, messageOf } from '../engine/errors';

export function toResponseError(error: unknown): ResponseError<void> {
  if (error instanceof ResponseError) return error as ResponseError<void>;
  if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  if (error instanceof InputError) return new ResponseError(ErrorCodes.InvalidParams, error.message);
  if (error instanceof ModelError || error instanceof RuntimeError)
    return new ResponseError(LSPErrorCodes.RequestFailed, error.message);
  return new ResponseError(ErrorCodes.InternalError, `The engine could not do this: ${messageOf(error)}`);
}

/** After "shutdown" only "exit" may come. */
export function shutDownError(): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, 'The server is shut down; only "exit" may follow.');
}
