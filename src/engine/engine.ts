/**
 * The engine: loads the model when it is first needed, answers requests, tells its state, frees the model when idle.
 * Knows neither an editor nor a protocol; the server and the command line are two thin callers.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  BenchmarkResult,
  Correction,
  CorrectParams,
  CorrectResult,
  EngineStatus,
  ModelDescription,
  ParaphraseParams,
  ParaphraseResult,
  SummarizeParams,
  SummarizeResult,
  TraceParams,
} from '../protocol/requests';
import { runnableDecoders } from '../decode/needs';
import type { Settings } from '../protocol/settings';
import type { Step, Trace } from '../protocol/trace';
import { Lexicon } from '../english/prior/lexicon';
import { benchmark } from './benchmark';
import { SentenceCache } from './cache';
import type { Caches, TaskContext } from './task-context';
import { DocumentReader } from './document/document-parts';
import { ModelError, messageOf } from './errors';
import { listModels, loadModel, type Model } from './model/model';
import { LatestOnly, SerialQueue, type Priority } from './queue';
import { QueuedNetwork } from './queued-network';
import { availableDevices } from './model/runtime';
import { correct, correctByLexicon } from './tasks/correct/correct';
import { paraphrase } from './tasks/paraphrase/paraphrase';
import { summarize, summarizeByExtraction } from './tasks/summarize/summarize';
import { trace } from './tasks/trace/trace';

export type EngineSettings = Pick<Settings, 'model' | 'device' | 'threads' | 'idleMinutes'>;

export interface EngineOptions {
  /** Folder of the bundled models and the lexicon. */
  modelsFolder: string;
  settings: EngineSettings;
  onStatus?(status: EngineStatus): void;
}

export interface RequestContext {
  /** Default: command. */
  priority?: Priority;
  /** A newer request with the same key cancels this one (the document's URI). */
  key?: string;
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
  onStep?(step: Step): void;
  /** Where the writer is (UTF-16 offset): sentences next to it come first. */
  focus?: number;
  /** Corrections so far, a few times a second while a long text is checked. */
  onPartial?(corrections: Correction[]): void;
}

interface Resources {
  model: Model | undefined;
  lexicon: Lexicon;
  /** Why there is no model. */
  error?: Error;
}

/** After a failed load a command tries again, but not more often than this. */
const retryMilliseconds = 5_000;

export class Engine {
  private settings: EngineSettings;
  private current: EngineStatus = { state: 'unloaded' };
  private loading: Promise<Resources> | undefined;
  private resources: Resources | undefined;
  private failedAt = 0;
  private active = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private readonly queue = new SerialQueue();
  private readonly latest = new LatestOnly();
  private readonly caches: Caches = {
    reader: new DocumentReader(),
    corrections: new SentenceCache(),
    salience: new SentenceCache(),
  };

  constructor(private readonly options: EngineOptions) {
    this.settings = options.settings;
  }

  get status(): EngineStatus {
    return this.current;
  }

  /** From this confidence on a correction may be applied without being looked at. */
  get highConfidence(): number {
    return this.resources?.model?.manifest.thresholds.correct.highConfidence ?? 0.9;
  }

  /** Takes new settings; the model is loaded again only when it, the device or the threads changed. */
  async configure(settings: EngineSettings): Promise<void> {
    const before = this.settings;
    this.settings = settings;
    const same =
      before.model.path === settings.model.path &&
      before.model.dtype === settings.model.dtype &&
      before.device === settings.device &&
      before.threads === settings.threads;
    if (!same) await this.unload();
    else this.restartIdleTimer();
  }

  /** Loads model and lexicon now. Never rejects: a failure is told by the status. */
  async load(): Promise<void> {
    await this.get('typing');
  }

  /** Misspelling lists alone still answer when there is no model; the status says so. */
  correct(params: CorrectParams, context: RequestContext = {}): Promise<CorrectResult> {
    return this.request(context, (resources, task) =>
      task
        ? correct(task, params, context)
        : correctByLexicon(resources.lexicon, this.caches.reader, params, context.signal),
    );
  }

  /** @throws ModelError when no model can be loaded */
  paraphrase(params: ParaphraseParams, context: RequestContext = {}): Promise<ParaphraseResult> {
    return this.request(context, (resources, task) => paraphrase(required(resources, task), params));
  }

  /** Extracts sentences without a model; the status says so. */
  summarize(params: SummarizeParams, context: RequestContext = {}): Promise<SummarizeResult> {
    return this.request(context, (_resources, task) =>
      task ? summarize(task, params) : summarizeByExtraction(this.caches.reader, params, context.signal),
    );
  }

  /** @throws ModelError when no model can be loaded */
  trace(params: Omit<TraceParams, 'traceId'>, context: RequestContext = {}): Promise<Trace> {
    return this.request(context, (resources, task) => trace(required(resources, task), params));
  }

  /** @throws ModelError when no model can be loaded */
  benchmark(context: RequestContext = {}): Promise<BenchmarkResult> {
    return this.request({ priority: 'background', ...context }, (resources, task) =>
      benchmark(required(resources, task)),
    );
  }

  models(): Promise<ModelDescription[]> {
    return listModels(this.options.modelsFolder, this.settings.model.path);
  }

  devices(): Promise<string[]> {
    return availableDevices();
  }

  /** Time inside session.run and in our own forward around it, since the model was loaded; for bench/. */
  get forwardTime(): { run: number; forward: number; passes: number } | undefined {
    return this.resources?.model?.network.time;
  }

  /** Frees the model; the next request loads it again. Waits for the pass that runs. */
  async unload(): Promise<void> {
    clearTimeout(this.idleTimer);
    const loading = this.loading;
    this.loading = undefined;
    this.resources = undefined;
    this.failedAt = 0;
    const resources = await loading;
    if (resources?.model) await this.queue.run('typing', () => resources.model!.release());
    if (!this.loading) this.setStatus({ state: 'unloaded' });
  }

  async dispose(): Promise<void> {
    await this.unload();
  }

  private async request<T>(
    context: RequestContext,
    work: (resources: Resources, task: TaskContext | undefined) => Promise<T>,
  ): Promise<T> {
    const priority = context.priority ?? 'command';
    const turn = context.key === undefined ? undefined : this.latest.begin(context.key, context.signal);
    const signal = turn?.signal ?? context.signal;
    this.active++;
    clearTimeout(this.idleTimer);
    try {
      const resources = await this.get(priority);
      const started = performance.now();
      if (priority !== 'typing' && resources.model) this.setStatus({ ...this.current, state: 'busy' });
      const task: TaskContext | undefined = resources.model && {
        model: resources.model,
        network: new QueuedNetwork(resources.model.network, this.queue, priority, signal),
        lexicon: resources.lexicon,
        caches: this.caches,
        ...(signal ? { signal } : {}),
        ...(context.onProgress ? { onProgress: context.onProgress } : {}),
        ...(context.onStep ? { onStep: context.onStep } : {}),
      };
      const result = await work(resources, task);
      if (resources.model && resources === this.resources)
        this.setStatus({ ...this.current, latestMilliseconds: performance.now() - started });
      return result;
    } finally {
      turn?.done();
      this.active--;
      if (this.active === 0) {
        if (this.current.state === 'busy') this.setStatus({ ...this.current, state: 'ready' });
        this.restartIdleTimer();
      }
    }
  }

  private get(priority: Priority): Promise<Resources> {
    const failed = this.resources?.error !== undefined;
    if (failed && priority !== 'typing' && Date.now() - this.failedAt > retryMilliseconds) this.loading = undefined;
    this.loading ??= this.loadAll();
    return this.loading;
  }

  private async loadAll(): Promise<Resources> {
    this.setStatus({ state: 'loading' });
    const lexicon = await readLexicon(path.join(this.options.modelsFolder, 'lexicon'));
    const { model: wish, device, threads } = this.settings;
    let notice: string | undefined;
    let resources: Resources;
    try {
      const model = await loadModel({
        bundled: this.options.modelsFolder,
        path: wish.path,
        dtype: wish.dtype,
        device,
        threads,
        onFallback: (message) => {
          notice = message;
        },
      });
      resources = { model, lexicon };
      this.setStatus({
        state: 'ready',
        model: model.manifest.name,
        modelVersion: model.manifest.version,
        device: model.device,
        dtype: model.dtype,
        decoders: runnableDecoders(model.network, model.tables),
        ...(notice === undefined ? {} : { message: notice }),
      });
    } catch (error) {
      resources = { model: undefined, lexicon, error: error instanceof Error ? error : new Error(String(error)) };
      this.failedAt = Date.now();
      this.setStatus({
        state: 'failed',
        message: `${messageOf(error)} Until then only listed misspellings are checked and summaries are extracts.`,
      });
    }
    this.resources = resources;
    return resources;
  }

  private restartIdleTimer(): void {
    clearTimeout(this.idleTimer);
    const { idleMinutes } = this.settings;
    if (idleMinutes <= 0 || this.active > 0 || !this.resources?.model) return;
    // Node's timers hold at most 2^31 - 1 ms; unref: an idle timer must not keep the command line alive.
    this.idleTimer = setTimeout(() => void this.unload(), Math.min(idleMinutes * 60_000, 2 ** 31 - 1)).unref();
  }

  private setStatus(status: EngineStatus): void {
    this.current = status;
    this.options.onStatus?.(status);
  }
}

function required(resources: Resources, task: TaskContext | undefined): TaskContext {
  if (task) return task;
  throw resources.error ?? new ModelError('No model is loaded.');
}

/** The lists are small and optional: without one of them its candidates are simply not there. */
async function readLexicon(folder: string): Promise<Lexicon> {
  const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8').catch(() => '');
  const [misspellings, phrases, words, names] = await Promise.all(
    ['misspellings.tsv', 'phrases.tsv', 'words.tsv', 'names.tsv'].map(read),
  );
  return Lexicon.fromText({ misspellings: misspellings!, phrases: phrases!, words: words!, names: names! });
}
