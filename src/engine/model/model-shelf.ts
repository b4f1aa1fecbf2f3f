/**
 * The networks that are loaded: one folder may serve several tasks, and each is opened when its first task asks for it.
 */
import { runnableDecoders } from '../../decode/needs';
import type { EngineStatus } from '../../protocol/requests';
import type { Settings } from '../../protocol/settings';
import type { Task } from '../../protocol/trace';
import { loadModel, type Model } from './model';
import { findModel } from './model-folders';

/** What serves a task: a model, or why there is none. */
export interface Served {
  model: Model | undefined;
  error?: Error;
}

/** What is asked of a model: a task, and whether a text of its own has to be written for it. */
export interface Wanted {
  task: Task;
  writes?: boolean;
}

const keyOf = ({ task, writes }: Wanted): string => (writes ? `${task}, written` : task);

/** After a failed load a command tries again, but not more often than this. */
const retryMilliseconds = 5_000;

export class ModelShelf {
  // By `keyOf` what is wanted.
  private readonly serving = new Map<string, Promise<Served>>();
  private readonly failedAt = new Map<string, number>();
  private readonly folders = new Map<string, Promise<Model>>();
  private readonly open = new Map<string, Model>();
  private readonly notices = new Map<string, string>();
  /** Folder of each one's model. */
  private readonly chosen = new Map<string, string>();

  /** @param bundled folder of the models that came with the program */
  constructor(
    private readonly bundled: string,
    private readonly settings: Pick<Settings, 'model' | 'device' | 'threads'>,
  ) {}

  /** Whether the model is there already, or known not to be. */
  isSettled(wanted: Wanted, retries: boolean): boolean {
    const key = keyOf(wanted);
    return this.serving.has(key) && !(retries && this.mayRetry(key));
  }

  /** @param retries a load that failed a while ago is tried again */
  serve(wanted: Wanted, retries: boolean): Promise<Served> {
    const key = keyOf(wanted);
    if (retries && this.mayRetry(key)) this.serving.delete(key);
    const served = this.serving.get(key) ?? this.load(wanted);
    this.serving.set(key, served);
    return served;
  }

  /** The open model of a task, without waiting. */
  modelOf(task: Task): Model | undefined {
    return this.open.get(this.chosen.get(keyOf({ task })) ?? '');
  }

  get isEmpty(): boolean {
    return this.serving.size === 0;
  }

  get models(): Model[] {
    return [...this.open.values()];
  }

  /** What the status says of the loaded models; the one that corrects stands for all. */
  describe(): Omit<EngineStatus, 'state'> {
    const main = this.modelOf('fix') ?? this.models[0];
    if (!main) return {};
    const message = [...this.notices.values()].join(' ');
    return {
      model: main.manifest.name,
      modelVersion: main.manifest.version,
      device: main.device,
      dtype: main.dtype,
      models: this.models.map(({ manifest: { name, version, tasks } }) => ({ name, version, tasks })),
      decoders: [...new Set(this.models.flatMap(({ network, tables }) => runnableDecoders(network, tables)))],
      ...(message === '' ? {} : { message }),
    };
  }

  /** Every model that is open or about to be, after which nothing is. */
  async close(): Promise<Model[]> {
    const loads = [...this.serving.values()];
    this.serving.clear();
    await Promise.all(loads);
    const models = this.models;
    this.open.clear();
    this.folders.clear();
    return models;
  }

  private mayRetry(key: string): boolean {
    const failed = this.failedAt.get(key);
    return failed !== undefined && Date.now() - failed > retryMilliseconds;
  }

  private async load(wanted: Wanted): Promise<Served> {
    const { task, writes = false } = wanted;
    const key = keyOf(wanted);
    const { model: wish, device, threads } = this.settings;
    this.failedAt.delete(key);
    try {
      const folder = await findModel(
        this.bundled,
        wish.path,
        task,
        (message) => this.notices.set(key, message),
        writes,
      );
      const onFallback = (message: string): void => void this.notices.set(folder, message);
      let loading = this.folders.get(folder);
      if (!loading) {
        loading = loadModel({ bundled: this.bundled, path: folder, dtype: wish.dtype, device, threads, onFallback });
        this.folders.set(folder, loading);
      }
      const model = await loading.catch((error: unknown) => {
        this.folders.delete(folder);
        throw error;
      });
      this.open.set(folder, model);
      this.chosen.set(key, folder);
      return { model };
    } catch (error) {
      this.failedAt.set(key, Date.now());
      return { model: undefined, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }
}
