/**
 * The custom requests of src/protocol/requests.ts: checks parameters, follows cancellation, tells
 * progress, answers every failure.
 */
import type { CancellationToken, Connection, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import type { Engine, RequestContext } from '../engine/engine';
import { decoderRecords } from '../protocol/decoders';
import { methods, type EngineStatus, type StepNotification, type TraceParams } from '../protocol/requests';
import type { Preset } from '../protocol/effort';
import type { Settings } from '../protocol/settings';
import type { DecodeOptions, DecoderName } from '../protocol/trace';
import { shutDownError, toResponseError } from './errors';
import type { GuardedWork } from '../engine/guarded-work';
import { checkBelonging, correctParams, paraphraseParams, proseParams, summarizeParams, traceParams } from './validate';

/** Runs a handler under an abort signal that follows the protocol's token; every error becomes an error response. */
async function answer<Result>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const listener = token.onCancellationRequested(() => controller.abort());
  try {
    return await work(controller.signal);
  } catch (error) {
    throw toResponseError(error);
  } finally {
    listener.dispose();
  }
}

/** Standard work-done progress when the request carries a token. */
function progressOf(
  connection: Connection,
  params: unknown,
  title: string,
): { context: Pick<RequestContext, 'onProgress'>; done(): void } {
  const token = (params as { workDoneToken?: string | number } | null)?.workDoneToken;
  if (typeof token !== 'string' && typeof token !== 'number') return { context: {}, done: () => undefined };
  const reporter: WorkDoneProgressReporter = connection.window.attachWorkDoneProgress
    ? connection.window.attachWorkDoneProgress(token)
    : { begin: () => undefined, report: () => undefined, done: () => undefined };
  reporter.begin(title, 0, undefined, true);
  let latest = 0;
  return {
    context: {
      onProgress: (done, total) => {
        const percent = Math.floor((done / Math.max(total, 1)) * 100);
        if (percent === latest) return;
        latest = percent;
        reporter.report(percent, `${done} of ${total} sentences`);
      },
    },
    done: () => reporter.done(),
  };
}

/**
 * Decoder and options of a request. Those of the settings belong together: another decoder of the request's own runs
 * with the engine's budget for it instead.
 */
function decoding(
  method: string,
  params: { decoder?: DecoderName; options?: DecodeOptions },
  chosen: Preset & { options?: DecodeOptions },
): { decoder: DecoderName; options: DecodeOptions } {
  const decoder = params.decoder ?? chosen.decoder;
  const options = params.options ?? (decoder === chosen.decoder ? { passes: chosen.passes, ...chosen.options } : {});
  checkBelonging(method, decoder, options);
  return { decoder, options };
}

export interface RequestSurroundings {
  /** What a request without its own options runs under. */
  settings(): Promise<Settings>;
  guard: GuardedWork;
  isShutDown(): boolean;
}

/** A request without parameters comes with its token alone. */
function withoutParams(args: readonly unknown[]): [params: unknown, token: CancellationToken] {
  return (args.length < 2 ? [undefined, args[0]] : args) as [unknown, CancellationToken];
}

export function handleRequests(
  connection: Connection,
  engine: Engine,
  { settings, guard, isShutDown }: RequestSurroundings,
): void {
  const on = (method: string, work: (params: unknown, token: CancellationToken) => unknown): void => {
    connection.onRequest(method, (...args: unknown[]) => {
      if (isShutDown()) return shutDownError();
      return work(...withoutParams(args));
    });
  };
  const long = <Params extends { text: string }, Result>(
    method: string,
    title: string,
    validate: (method: string, params: unknown) => Params,
    run: (params: Params, context: RequestContext) => Promise<Result>,
  ): void => {
    on(method, (raw, token) =>
      answer(token, async (signal) => {
        const params = validate(method, raw);
        const progress = progressOf(connection, raw, title);
        try {
          const { text } = params;
          const name = `The text of ${text.length} characters (${method})`;
          return await guard.run(name, text, () => run(params, { priority: 'command', signal, ...progress.context }));
        } finally {
          progress.done();
        }
      }),
    );
  };

  long(methods.correct, 'Correcting', correctParams, async (params, context) => {
    const { correct, dictionary, ignoredSentences } = await settings();
    return engine.correct(
      {
        dictionary,
        ignoredSentences,
        ignoredTypes: correct.ignoredTypes,
        level: correct.level,
        style: correct.style,
        dialect: correct.dialect,
        ...(correct.confidence === null ? {} : { threshold: correct.confidence }),
        ...params,
        ...decoding(methods.correct, params, correct),
      },
      context,
    );
  });
  long(methods.paraphrase, 'Paraphrasing', paraphraseParams, async (params, context) => {
    const { paraphrase } = await settings();
    return engine.paraphrase(
      { candidates: paraphrase.candidates, ...params, ...decoding(methods.paraphrase, params, paraphrase) },
      context,
    );
  });
  long(methods.summarize, 'Summarizing', summarizeParams, async (params, context) => {
    const { summarize } = await settings();
    return engine.summarize({ ...params, ...decoding(methods.summarize, params, summarize) }, context);
  });
  long(methods.prose, 'Reading', proseParams, (params) => engine.prose(params));
  long(methods.trace, 'Tracing', traceParams, async (params, context) => {
    const { correct, dictionary } = await settings();
    // The list of a run that edits offers what is underlined; another decoder shows what it finds itself.
    const edits = decoderRecords[params.decoder].draft === 'edits';
    const wanted: Omit<TraceParams, 'traceId'> = {
      dictionary,
      ignoredTypes: correct.ignoredTypes,
      level: correct.level,
      style: correct.style,
      dialect: correct.dialect,
      ...(correct.confidence === null ? {} : { threshold: correct.confidence }),
      ...(edits
        ? { correction: { decoder: correct.decoder, options: { passes: correct.passes, ...correct.options } } }
        : {}),
      ...params,
    };
    return engine.trace(wanted, {
      ...context,
      onStep: (step) =>
        void connection.sendNotification(methods.step, { traceId: params.traceId, step } satisfies StepNotification),
    });
  });
  on(methods.getStatus, (): EngineStatus => engine.status);
  on(methods.models, (_params, token) => answer(token, () => engine.models()));
  on(methods.benchmark, (_params, token) => answer(token, (signal) => engine.benchmark({ signal })));
}
