/** What a writer feels, through a real server process: keystroke to diagnostics, a whole document, memory. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { quantile } from '../src/engine/benchmark';
import { methods } from '../src/protocol/requests';
import { defaultSettings } from '../src/protocol/settings';
import { ServerProcess } from '../test/unit/server/server-process';

export interface EditorFigures {
  keystroke: { medianMilliseconds: number; p95Milliseconds: number; words: number };
  document: { characters: number; coldMilliseconds: number; warmMilliseconds: number; afterEditMilliseconds: number };
  startMilliseconds: number;
  memory: { resident: number; peak: number } | undefined;
}

/** Thirty words; %s changes with every keystroke, so that no cache answers. */
const sentence =
  'The %s reads the configuration file at startup, checks every value against the schema, and writes a warning to the log for each setting that it does not know yet.';
const subjects = [
  'server',
  'client',
  'parser',
  'worker',
  'daemon',
  'loader',
  'broker',
  'router',
  'tracker',
  'runner',
  'scanner',
  'builder',
  'planner',
  'watcher',
  'cluster',
  'gateway',
  'process',
  'service',
  'program',
  'library',
];

export async function editorFigures(
  root: string,
  modelsFolder: string,
  modelPath: string,
  serverFile: string,
): Promise<EditorFigures> {
  const settings = {
    ...defaultSettings,
    correct: { ...defaultSettings.correct, delay: 0 },
    model: { path: modelPath, dtype: 'auto' },
  };
  const started = performance.now();
  const server = new ServerProcess({ serverFile, modelsFolder, settings });
  try {
    await server.initialize();
    const uri = 'file:///bench.md';
    const first = server.next((params) => params.uri === uri);
    await server.open(uri, sentence.replace('%s', 'machine'));
    await first;
    const startMilliseconds = performance.now() - started;

    const times: number[] = [];
    let version = 1;
    for (let repetition = -20; repetition < 200; repetition++) {
      const subject = `${subjects[(repetition + 20) % subjects.length]!} ${repetition + 20}`;
      version++;
      const expected = version;
      const coming = server.next((params) => params.uri === uri && params.version === expected);
      const pressed = performance.now();
      await server.change(uri, sentence.replace('%s', subject), version);
      await coming;
      if (repetition >= 0) times.push(performance.now() - pressed);
    }
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });

    const text = document(root);
    const request = (content: string): Promise<unknown> =>
      server.connection.sendRequest(methods.correct, { text: content, format: 'markdown' });
    const measure = async (content: string): Promise<number> => {
      const begun = performance.now();
      await request(content);
      return performance.now() - begun;
    };
    const coldMilliseconds = await measure(text);
    const warm = [await measure(text), await measure(text), await measure(text)];
    const edits: number[] = [];
    for (let index = 0; index < 20; index++) {
      const at = text.indexOf(' the ', Math.floor((text.length * (index + 1)) / 24));
      edits.push(await measure(`${text.slice(0, at)} every${text.slice(at)}`));
    }
    return {
      keystroke: {
        medianMilliseconds: quantile(times, 0.5),
        p95Milliseconds: quantile(times, 0.95),
        words: sentence.split(' ').length,
      },
      document: {
        characters: text.length,
        coldMilliseconds,
        warmMilliseconds: quantile(warm, 0.5),
        afterEditMilliseconds: quantile(edits, 0.5),
      },
      startMilliseconds,
      memory: memoryOf(server.child.pid!),
    };
  } finally {
    await server.stop();
  }
}

/**
 * 72,000 characters of real Markdown: our own documents one after another, as they are. (A mention of `nar-disable`
 * would have it read as a whole after every keystroke.)
 */
export function document(root: string, characters = 72_000): string {
  const folders = ['.', 'docs', 'docs/decoders', 'docs/decisions', 'training'];
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => path.join(root, folder, name)),
  );
  const texts = files.map((file) =>
    readFileSync(file, 'utf8')
      .replace(/^(?:```)[\s\S]*?^```$/gm, '')
      .replace(/<!--.*?-->/g, '')
      .replaceAll('nar-disable', 'the directive'),
  );
  const text = texts.join('\n\n');
  if (text.length < characters)
    throw new Error(`The documents have ${text.length} characters, the benchmark wants ${characters}.`);
  return text.slice(0, characters);
}

/** Resident megabytes now and at most; only where /proc tells. */
function memoryOf(pid: number): { resident: number; peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1024;
    return { resident: field('VmRSS'), peak: field('VmHWM') };
  } catch {
    return undefined;
  }
}
