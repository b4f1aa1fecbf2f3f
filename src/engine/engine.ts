/**
 * The engine: loads the model when it is first needed, answers requests, tells its state, frees the model when idle.
 * Knows neither an editor nor a protocol; the server and the command line are two thin callers.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  BenchmarkResult,
  CorrectParams,
  CorrectResult,
  EngineStatus,
  ModelDescription,
  ParaphraseParams,
  ParaphraseResult,
  ProseResult,
  SummarizeParams,
  SummarizeResult,
  TextInput,
  TraceParams,
} from '../protocol/requests';
import { editsSource } from '../protocol/decoder-facts';
import { defaultHighConfidence } from '../protocol/manifest';
import type { Settings } from '../protocol/settings';
import type { TextFormat } from '../protocol/formats';
import { paraphraseModes } from '../protocol/tasks';
import type { Task, Trace } from '../protocol/trace';
import { Lexicon } from '../english/prior/lexicon';
import { benchmark } from './benchmark';
import { SentenceCache } from './cache';
import type { Caches, RequestHooks, TaskContext } from './task-context';
import { DocumentReader } from './document/document-parts';
import { proseOf, readSentences } from './document/requested-sentences';
import { ModelError, messageOf } from './errors';
import { listModels } from './model/model-folders';
import { ModelShelf, type Served, type Wanted } from './model/model-shelf';
import { grammarReady } from '../text/prose';
import { LatestOnly, SerialQueue, type Priority } from './queue';
import { QueuedNetwork } from './queued-network';
import { availableDevices } from './model/runtime';
import { correctByLexicon } from './tasks/correct/by-lexicon';
import { correct } from './tasks/correct/correct';
import { paraphrase } from './tasks/paraphrase/paraphrase';
import { summarize, summarizeByExtraction } from './tasks/summarize/summarize';
import { trace } from './tasks/trace/trace';

export type EngineSettings = Pick<Settings, 'model' | 'device' | 'threads' | 'idleMinutes'>;

export interface EngineOptions {
  /** Folder of the bundled models and the lexicon. */
  modelsFolder: string;
  settings: EngineSettings;
  onStatus?(status: EngineStatus): void;
  /** Seconds that the reading of one text may take; default: `defaultTimeLimit`. */
  timeLimit?: number;
}

export interface RequestContext extends RequestHooks {
  /** Default: command. */
  priority?: Priority;
  /** A newer request with the same key cancels this one (the document's URI). */
  key?: string;
}

interface Resources extends Served {
  lexicon: Lexicon;
}

export class Engine {
  private settings: EngineSettings;
  private current: EngineStatus = { state: 'unloaded' };
  private shelf: ModelShelf;
  private lexicon: Promise<Lexicon> | undefined;
  private active = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private readonly queue = new SerialQueue();
  private readonly latest = new LatestOnly();
  private readonly caches: Caches;

  constructor(private readonly options: EngineOptions) {
    this.settings = options.settings;
    this.shelf = new ModelShelf(options.modelsFolder, options.settings);
    this.caches = {
      reader: new DocumentReader(options.timeLimit),
      corrections: new SentenceCache(),
      salience: new SentenceCache(),
    };
  }

  get status(): EngineStatus {
    return this.current;
  }

  /** From this confidence on a correction may be applied without being looked at. */
  get highConfidence(): number {
    return this.shelf.modelOf('fix')?.manifest.thresholds.correct.highConfidence ?? defaultHighConfidence;
  }

  /** Takes new settings; models are loaded again only when they, the device or the threads changed. */
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

  /** Loads the lexicon and the model of `task` now. Never rejects: a failure is told by the status. */
  async load(task: Task = 'fix'): Promise<void> {
    await this.get({ task }, 'typing');
  }

  /** Misspelling lists alone still answer when there is no model; the status says so. */
  correct(params: CorrectParams, context: RequestContext = {}): Promise<CorrectResult> {
    return this.request({ task: 'fix' }, params.format, context, (resources, task) =>
      task ? correct(task, params) : correctByLexicon(resources.lexicon, this.caches.reader, params, context.signal),
    );
  }

  /** @throws ModelError when no model can be loaded */
  paraphrase(params: ParaphraseParams, context: RequestContext = {}): Promise<ParaphraseResult> {
    return this.request({ task: paraphraseModes[params.mode].task }, params.format, context, (resources, task) =>
      paraphrase(required(resources, task), params),
    );
  }

  /** Extracts sentences without a model; the status says so. */
  summarize(params: SummarizeParams, context: RequestContext = {}): Promise<SummarizeResult> {
    return this.request({ task: 'summarize' }, params.format, context, (_resources, task) =>
      task ? summarize(task, params) : summarizeByExtraction(this.caches.reader, params, context.signal),
    );
  }

  /** @throws ModelError when no model can be loaded */
  trace(params: Omit<TraceParams, 'traceId'>, context: RequestContext = {}): Promise<Trace> {
    const wanted = { task: params.task, writes: !editsSource(params.decoder) };
    return this.request(wanted, params.format, context, (resources, task) => trace(required(resources, task), params));
  }

  /** @throws ModelError when no model can be loaded */
  benchmark(context: RequestContext = {}): Promise<BenchmarkResult> {
    const background = { priority: 'background', ...context } as const;
    return this.request({ task: 'fix' }, 'plain', background, (resources, fix) =>
      this.request({ task: 'rephrase', writes: true }, 'plain', background, (others, rewrite) =>
        benchmark(required(resources, fix), required(others, rewrite)),
      ),
    );
  }

  /**
   * All sentences that touch the range, those in other languages as well. Needs no model.
   * @throws InputError, TimeLimitError
   */
  async prose(input: TextInput): Promise<ProseResult> {
    await grammarReady(input.format);
    return proseOf(this.caches.reader, input);
  }

  /**
   * The sentences that touch the range, exact slices without the white space around them; of an empty range the one
   * at it.
   * @throws InputError, TimeLimitError
   */
  async sentencesAt(input: TextInput): Promise<string[]> {
    await grammarReady(input.format);
    return readSentences(this.caches.reader, input).map(({ start, end }) => input.text.slice(start, end).trim());
  }

  models(): Promise<ModelDescription[]> {
    return listModels(this.options.modelsFolder, this.settings.model.path);
  }

  devices(): Promise<string[]> {
    return availableDevices();
  }

  /** Time inside session.run and in our own forward around it, since the model was loaded; for bench/. */
  get forwardTime(): { run: number; forward: number; passes: number } | undefined {
    const times = this.shelf.models.map(({ network }) => network.time);
    const sum = (part: 'run' | 'forward' | 'passes'): number => times.reduce((total, time) => total + time[part], 0);
    return times.length === 0 ? undefined : { run: sum('run'), forward: sum('forward'), passes: sum('passes') };
  }

  /** Frees the models; the next request loads what it needs again. Waits for the pass that runs. */
  async unload(): Promise<void> {
    clearTimeout(this.idleTimer);
    const { shelf } = this;
    this.shelf = new ModelShelf(this.options.modelsFolder, this.settings);
    this.lexicon = undefined;
    for (const model of await shelf.close()) await this.queue.run('typing', () => model.release());
    if (this.shelf.isEmpty) this.setStatus({ state: 'unloaded' });
  }

  async dispose(): Promise<void> {
    await this.unload();
  }

  private async request<T>(
    wanted: Wanted,
    format: TextFormat,
    context: RequestContext,
    work: (resources: Resources, task: TaskContext | undefined) => Promise<T>,
  ): Promise<T> {
    const { priority = 'command', key, ...hooks } = context;
    const turn = key === undefined ? undefined : this.latest.begin(key, context.signal);
    const signal = turn?.signal ?? context.signal;
    this.active++;
    clearTimeout(this.idleTimer);
    try {
      const resources = await this.get(wanted, priority);
      await grammarReady(format);
      const started = performance.now();
      if (priority !== 'typing' && resources.model) this.setStatus({ ...this.current, state: 'busy' });
      const task: TaskContext | undefined = resources.model && {
        model: resources.model,
        network: new QueuedNetwork(resources.model.network, this.queue, priority, signal),
        lexicon: resources.lexicon,
        caches: this.caches,
        ...hooks,
        ...(signal ? { signal } : {}),
      };
      const result = await work(resources, task);
      if (resources.model && this.shelf.models.includes(resources.model))
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

  private async get(wanted: Wanted, priority: Priority): Promise<Resources> {
    const { shelf } = this;
    const isNew = !shelf.isSettled(wanted, priority !== 'typing');
    if (isNew) this.setStatus({ ...shelf.describe(), state: 'loading' });
    const serving = shelf.serve(wanted, priority !== 'typing');
    const lexicon = await (this.lexicon ??= readLexicon(path.join(this.options.modelsFolder, 'lexicon')));
    const served = await serving;
    if (isNew && shelf === this.shelf) this.setStatus(statusOf(shelf, served));
    return { ...served, lexicon };
  }

  private restartIdleTimer(): void {
    clearTimeout(this.idleTimer);
    const { idleMinutes } = this.settings;
    if (idleMinutes <= 0 || this.active > 0 || this.shelf.models.length === 0) return;
    // Node's timers hold at most 2^31 - 1 ms; unref: an idle timer must not keep the command line alive.
    this.idleTimer = setTimeout(() => void this.unload(), Math.min(idleMinutes * 60_000, 2 ** 31 - 1)).unref();
  }

  private setStatus(status: EngineStatus): void {
    this.current = status;
    this.options.onStatus?.(status);
  }
}

function statusOf(shelf: ModelShelf, { error }: Served): EngineStatus {
  if (!error) return { ...shelf.describe(), state: 'ready' };
  const instead =
    shelf.modelOf('fix') === undefined
      ? 'only listed misspellings are checked and summaries are extracts'
      : 'summaries are extracts and there are no paraphrases';
  return { ...shelf.describe(), state: 'failed', message: `${messageOf(error)} Until then ${instead}.` };
}

function required(resources: Resources, task: TaskContext | undefined): TaskContext {
  if (task) return task;
  throw resources.error ?? new ModelError('No model is loaded.');
}

/** The lists are small and optional: without one of them its candidates are simply not there. */
async function readLexicon(folder: string): Promise<Lexicon> {
  const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8').catch(() => '');
  const files = ['misspellings.tsv', 'phrases.tsv', 'words.tsv', 'names.tsv', 'known-words.txt', 'dialects.tsv'];
  const [misspellings, phrases, words, names, known, dialects, collocations] = await Promise.all(
    [...files, 'collocations.txt'].map(read),
  );
  return Lexicon.fromText({
    misspellings: misspellings!,
    phrases: phrases!,
    words: words!,
    names: names!,
    known: known!,
    dialects: dialects!,
    collocations: collocations!,
  });
}
