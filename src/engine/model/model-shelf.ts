/** The networks that are loaded: one folder may serve several tasks, and each is opened when its first task asks for it. */
import { runnableDecoders } from '../../decode/needs';
import type { EngineStatus } from '../../protocol/requests';
import type { Settings } from '../../protocol/settings';
import type { Task } from '../../protocol/trace';
import { findModel, loadModel, type Model } from './model';

/** What serves a task: a model, or why there is none. */
export interface Served {
  model: Model | undefined;
  error?: Error;
}

/** After a failed load a command tries again, but not more often than this. */
const retryMilliseconds = 5_000;

export class ModelShelf {
  private readonly serving = new Map<Task, Promise<Served>>();
  private readonly failedAt = new Map<Task, number>();
  private readonly folders = new Map<string, Promise<Model>>();
  private readonly open = new Map<string, Model>();
  private readonly notices = new Map<string, string>();
  /** Folder of each task's model. */
  private readonly chosen = new Map<Task, string>();

  /** @param bundled folder of the models that came with the program */
  constructor(
    private readonly bundled: string,
    private readonly settings: Pick<Settings, 'model' | 'device' | 'threads'>,
  ) {}

  /** Whether the model of `task` is there already, or known not to be. */
  isSettled(task: Task, retries: boolean): boolean {
    return this.serving.has(task) && !(retries && this.mayRetry(task));
  }

  /** @param retries a load that failed a while ago is tried again */
  serve(task: Task, retries: boolean): Promise<Served> {
    if (retries && this.mayRetry(task)) this.serving.delete(task);
    const served = this.serving.get(task) ?? this.load(task);
    this.serving.set(task, served);
    return served;
  }

  /** The open model of a task, without waiting. */
  modelOf(task: Task): Model | undefined {
    return this.open.get(this.chosen.get(task) ?? '');
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

  private mayRetry(task: Task): boolean {
    const failed = this.failedAt.get(task);
    return failed !== undefined && Date.now() - failed > retryMilliseconds;
  }

  private async load(task: Task): Promise<Served> {
    const { model: wish, device, threads } = this.settings;
    this.failedAt.delete(task);
    try {
      const folder = await findModel(this.bundled, wish.path, task, (message) => this.notices.set(task, message));
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
      this.chosen.set(task, folder);
      return { model };
    } catch (error) {
      this.failedAt.set(task, Date.now());
      return { model: undefined, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }
}
