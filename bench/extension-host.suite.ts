/**
 * Runs inside the extension host (bench/extension-host.mjs): what activation costs, and how long the host is kept busy
 * at one go while a whole document is corrected by an engine that does not run yet.
 *
 * Figures of the clock contain what the machine does besides (browser, server and engine are processes of their own),
 * so the processor time of the host's own thread stands beside each: that is what an idle machine would see. Other
 * extensions share the host: a profile tells which part of a stretch was ours.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import Module from 'node:module';
import { join } from 'node:path';
import * as vscode from 'vscode';
import manifest from '../package.json';

const beatMilliseconds = 2;

/** Milliseconds of processor time of this thread; of the whole process before Node 23.9, which is an upper bound. */
function processorTime(): number {
  const { user, system } =
    (process as { threadCpuUsage?: typeof process.cpuUsage }).threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

interface Cost {
  /** Milliseconds on the clock, and of processor time of this thread. */
  wall: number;
  processor: number;
}

function cost<T>(into: Cost, work: () => T): T {
  const [wall, processor] = [performance.now(), processorTime()];
  try {
    return work();
  } finally {
    into.wall += performance.now() - wall;
    into.processor += processorTime() - processor;
  }
}

/**
 * Counts what VS Code calls the time of an activation: loading the extension's code, and the call of its `activate`.
 */
function watchActivation(file: string): Cost {
  const found: Cost = { wall: 0, processor: 0 };
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  loader._load = function (request, ...rest) {
    if (request !== file) return load.call(this, request, ...rest);
    loader._load = load;
    const loaded = cost(found, () => load.call(this, request, ...rest)) as { activate(context: unknown): unknown };
    return { ...loaded, activate: (context: unknown) => cost(found, () => loaded.activate(context)) };
  };
  return found;
}

interface Gap {
  /** On the clock, milliseconds of performance.now(). */
  from: number;
  to: number;
  /** Of it, processor time of this thread. */
  processor: number;
}

/** The stretches in which the event loop was at nothing else than one turn, from one beat of a clock to the next. */
function watchEventLoop(): { stop(): Gap[] } {
  const gaps: Gap[] = [];
  let [from, before] = [performance.now(), processorTime()];
  const beat = setInterval(() => {
    const [to, now] = [performance.now(), processorTime()];
    gaps.push({ from, to, processor: now - before });
    [from, before] = [to, now];
  }, beatMilliseconds);
  return {
    stop: () => {
      clearInterval(beat);
      return gaps;
    },
  };
}

/**
 * A sampling profiler: `stop` gives the time of each sample (as performance.now()), and whether code
 * of `folder` was on the stack.
 */
async function profile(folder: string): Promise<{ stop(): Promise<{ at: number; ours: boolean }[]> }> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  // Both clocks are monotonic: the profile's begins when the machine did.
  const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  await session.post('Profiler.start');
  return {
    async stop() {
      const {
        profile: { nodes, samples = [], timeDeltas = [], startTime },
      } = await session.post('Profiler.stop');
      session.disconnect();
      const ours = new Set<number>();
      // Parents come before their children.
      for (const { id, callFrame, children } of nodes) {
        if (ours.has(id) || callFrame.url.includes(folder)) [id, ...(children ?? [])].forEach((each) => ours.add(each));
      }
      let time = startTime / 1000 - offset;
      return samples.map((id, index) => ({ at: (time += (timeDeltas[index] ?? 0) / 1000), ours: ours.has(id) }));
    },
  };
}

/** The longest stretches: on the clock, of processor time, and of processor time in our code alone, in milliseconds. */
function longest(
  gaps: Gap[],
  samples: { at: number; ours: boolean }[],
): { clock: number; processor: number; ours: number } {
  const share = ({ from, to }: Gap): number => {
    const within = samples.filter(({ at }) => at > from && at <= to);
    return within.length === 0 ? 1 : within.filter(({ ours }) => ours).length / within.length;
  };
  return {
    clock: Math.max(...gaps.map(({ from, to }) => to - from - beatMilliseconds)),
    processor: Math.max(...gaps.map(({ processor }) => processor)),
    ours: Math.max(...gaps.filter(({ processor }) => processor > 2).map((gap) => gap.processor * share(gap))),
  };
}

export async function run(): Promise<void> {
  const id = `${manifest.publisher}.${manifest.name}`;
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error('the extension is not installed in this host');
  if (extension.isActive) throw new Error('the extension was active before');
  const activation = watchActivation(join(extension.extensionPath, manifest.main));
  const started = performance.now();
  await extension.activate();
  const activated = performance.now() - started;
  if (activation.wall === 0) throw new Error('the activation was not seen');

  const folder = vscode.workspace.workspaceFolders![0]!.uri;
  const prose = readFileSync(join(folder.fsPath, 'cockatiel.md'), 'utf8');
  const uri = vscode.Uri.joinPath(folder, 'long.md');
  await vscode.workspace.fs.writeFile(
    uri,
    Buffer.from(prose.repeat(Math.ceil(72_000 / prose.length)).slice(0, 72_000)),
  );
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  // Other extensions start at the same time, and the window has work with a newly opened document: none of it is ours.
  for (let quiet = 0; quiet < 2; ) {
    const idle = watchEventLoop();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    quiet = idle.stop().every(({ processor }) => processor < 10) ? quiet + 1 : 0;
  }

  const profiler = await profile(join(extension.extensionPath, 'dist'));
  const watch = watchEventLoop();
  const begun = performance.now();
  // The command returns when its review is on the screen.
  await vscode.commands.executeCommand('narTextTools.correctDocument');
  const milliseconds = performance.now() - begun;
  const result = {
    activation: { ...activation, activated },
    document: { milliseconds, ...longest(watch.stop(), await profiler.stop()) },
  };
  writeFileSync(process.env['NAR_TEXT_TEST_RESULT']!, JSON.stringify(result));
}
