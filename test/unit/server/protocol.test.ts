import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  CancellationTokenSource,
  ErrorCodes,
  LSPErrorCodes,
  type CodeAction,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import {
  methods,
  type CheckedNotification,
  type CorrectResult,
  type EngineStatus,
  type ModelDescription,
  type ParaphraseResult,
  type ProseResult,
  type StepNotification,
  type SummarizeResult,
  type Trace,
} from '../../../src/protocol/requests';
import { defaultSettings } from '../../../src/protocol/settings';
import { bundle } from '../bundle';
import { copyWordy, temporaryFolder } from '../engine/model-folder';
import { ServerProcess, type ServerOptions } from './server-process';

let serverFile: string;
let models: ReturnType<typeof temporaryFolder>;
let server: ServerProcess;

beforeAll(() => {
  serverFile = bundle('server');
  models = temporaryFolder();
  copyWordy(models.folder);
});
afterAll(() => {
  models.remove();
  rmSync(serverFile, { force: true });
});
afterEach(() => server.stop());

// The model's weights are random: with threshold 0 it changes something in nearly every sentence, which is all
// that a protocol test needs.
const eager = { correct: { ...defaultSettings.correct, delay: 5, confidence: 0 } };
async function start(options: Partial<ServerOptions> = {}): Promise<ServerProcess> {
  server = new ServerProcess({ serverFile, modelsFolder: models.folder, settings: eager, ...options });
  await server.initialize();
  return server;
}
const uri = 'file:///page.md';
const text = '# Title\n\nThe server reads the file. It is `code` and the user sees an error in the log.\n';
const forPage = (params: PublishDiagnosticsParams): boolean => params.uri === uri;
async function errorOf(promise: Promise<unknown>): Promise<{ code: number; message: string }> {
  return promise.then(
    () => {
      throw new Error('it was answered');
    },
    (error: { code: number; message: string }) => error,
  );
}

/** The documents that were told to be checked, as they come. */
function told(of: ServerProcess): string[] {
  const signs: string[] = [];
  of.connection.onNotification(methods.checked, ({ uri: checked }: CheckedNotification) => signs.push(checked));
  return signs;
}

describe('the sign that a document was checked to its end', () => {
  const unfit = 'file:///settings.md';
  it('comes after the last diagnostics, for a text without a remark and where checking is switched off', async () => {
    await start();
    const signs = told(server);
    await server.open(uri, text);
    await vi.waitFor(() => expect(signs).toEqual([uri]), 60_000);
    expect(server.history.filter(forPage).at(-1)!.diagnostics.length).toBeGreaterThan(0);
    await server.open('file:///empty.md', '```\nnothing to read\n```\n');
    await vi.waitFor(() => expect(signs).toEqual([uri, 'file:///empty.md']), 60_000);
    server.settings = { ...server.settings, enable: false };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await server.open(unfit, text);
    await vi.waitFor(() => expect(signs).toContain(unfit), 60_000);
    expect(server.history.filter((params) => params.uri === unfit)).toEqual([]);
  });
  it('is kept from editors that do not know it', async () => {
    await start({ initialize: { ownInterface: false } });
    const signs = told(server);
    const coming = server.next((params) => forPage(params) && params.diagnostics.length > 0);
    await server.open(uri, text);
    await coming;
    await server.connection.sendRequest(methods.getStatus, {});
    expect(signs).toEqual([]);
  });
});

describe.each(['ipc', 'stdio'] as const)('language server over %s', (transport) => {
  it('publishes diagnostics whose quick fixes change exactly what they say', async () => {
    await start({ transport });
    const coming = server.next((params) => forPage(params) && params.diagnostics.length > 0);
    await server.open(uri, text);
    const { diagnostics, version } = await coming;
    expect(version).toBe(1);
    for (const diagnostic of diagnostics)
      expect(diagnostic).toMatchObject({
        source: 'nar-text',
        data: { confidence: expect.any(Number), correction: expect.any(String), original: expect.any(String) },
      });
    const actions = await server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostics[0]!.range,
      context: { diagnostics: [diagnostics[0]!] },
    });
    const fix = actions.find((action) => action.kind === 'quickfix')!;
    expect(fix.title).toMatch(/^(Change|Insert|Remove) “.*\(\d+ %\)$/s);
    const change = fix.edit!.documentChanges![0] as {
      textDocument: { version: number };
      edits: { newText: string; range: unknown }[];
    };
    expect(change.textDocument.version).toBe(1);
    expect(change.edits).toEqual([
      { newText: (diagnostics[0]!.data as { correction: string }).correction, range: diagnostics[0]!.range },
    ]);
  });

  it('marks the first line of a passage that it left unread', async () => {
    await start({ transport });
    const coming = server.next((params) => params.diagnostics.some(({ code }) => code === 'unread'));
    await server.open(uri, `${text}\n- ${'> '.repeat(60)}text\n`);
    const { diagnostics } = await coming;
    expect(diagnostics.length).toBeGreaterThan(1);
    const { range, message, data } = diagnostics.at(-1)!;
    expect([range.start, range.end.line, data]).toEqual([{ line: 4, character: 0 }, 4, undefined]);
    expect(message).toMatch(/^Line 5 was not checked/);
  });

  it('answers the custom requests', async () => {
    await start({ transport });
    const { connection } = server;
    const corrected = await connection.sendRequest<CorrectResult>(methods.correct, {
      text,
      format: 'markdown',
      threshold: 0,
    });
    let rebuilt = '';
    let at = 0;
    for (const { startIndex, endIndex, correction } of corrected.corrections) {
      rebuilt += text.slice(at, startIndex) + correction;
      at = endIndex;
    }
    expect(corrected.output).toBe(rebuilt + text.slice(at));
    expect(corrected.output).toContain('`code`');
    expect(corrected.passes).toBeGreaterThan(0);

    const steps: StepNotification[] = [];
    connection.onNotification(methods.step, (step: StepNotification) => steps.push(step));
    const trace = await connection.sendRequest<Trace>(methods.trace, {
      traceId: 't1',
      task: 'fix',
      text: 'The server reads the file.',
      format: 'plain',
      decoder: 'levenshtein',
    });
    expect(trace.steps.length).toBeGreaterThan(0);
    expect(steps.map((entry) => entry.traceId)).toEqual(trace.steps.map(() => 't1'));
    expect(steps.map((entry) => entry.step)).toEqual(trace.steps);
    expect(trace.sourceText).toBe('The server reads the file.');
    const whole = { viewStart: 0, sourceStart: 0, length: 26, protected: false };
    expect(trace.sentences).toEqual([{ start: 0, length: 26, pieces: [whole] }]);

    const prose = await connection.sendRequest<ProseResult>(methods.prose, {
      text: 'It *works*. It is `x`.\n\nDie Datei wird beim Start nicht gelesen, und der Server wartet auf sie.',
      format: 'markdown',
    });
    expect(prose).toEqual({
      sentences: [
        { startIndex: 0, endIndex: 11, text: 'It works.' },
        { startIndex: 12, endIndex: 22, text: 'It is `x`.' },
        { startIndex: 24, endIndex: 95, text: expect.stringMatching(/^Die Datei/) },
      ],
      foreign: 1,
    });
    const atCursor = { text: 'It works. It waits.', format: 'plain', range: { start: 12, end: 12 } };
    expect(await connection.sendRequest<ProseResult>(methods.prose, atCursor)).toEqual({
      sentences: [{ startIndex: 10, endIndex: 19, text: 'It waits.' }],
      foreign: 0,
    });

    const summary = await connection.sendRequest<SummarizeResult>(methods.summarize, {
      text,
      format: 'markdown',
      length: 'sentence',
    });
    expect(summary.sentences).toHaveLength(1);
    const paraphrase = await connection.sendRequest<ParaphraseResult>(methods.paraphrase, {
      text,
      format: 'markdown',
      mode: 'rephrase',
      range: { start: 12, end: 12 },
    });
    expect(text.slice(paraphrase.startIndex, paraphrase.endIndex)).toBe('The server reads the file.');
    const found = await connection.sendRequest<ModelDescription[]>(methods.models, {});
    expect(found.map((model) => model.tasks.length)).toEqual([5]);
    const status = await connection.sendRequest<EngineStatus>(methods.getStatus, {});
    expect(status).toMatchObject({ state: 'ready', device: 'cpu', latestMilliseconds: expect.any(Number) });
    expect(server.statuses.map((entry) => entry.state)).toContain('busy');
  });
});

describe('language server', () => {
  it('answers bad requests with an error and goes on', async () => {
    await start();
    const { connection } = server;
    const bad: [string, unknown][] = [
      [methods.correct, null],
      [methods.correct, { text: 5, format: 'plain' }],
      [methods.correct, { text, format: 'docx' }],
      [methods.correct, { text, format: 'plain', range: { start: 5, end: 9999 } }],
      [methods.correct, { text, format: 'plain', threshold: 'high' }],
      [methods.correct, { text, format: 'plain', decoder: 'magic' }],
      [methods.paraphrase, { text, format: 'plain', mode: 'louder' }],
      [methods.summarize, { text, format: 'plain' }],
      [methods.prose, { text }],
      [methods.trace, { text, format: 'plain', task: 'fix', decoder: 'levenshtein' }],
      [
        methods.trace,
        { traceId: 'x', text, format: 'plain', task: 'fix', decoder: 'levenshtein', options: { lockedTokens: [9999] } },
      ],
      [
        methods.trace,
        { traceId: 'x', text, format: 'plain', task: 'fix', decoder: 'levenshtein', options: { lockedDraft: [0] } },
      ],
      [
        methods.trace,
        { traceId: 'x', text, format: 'plain', task: 'fix', decoder: 'levenshtein', options: { lockedDraft: 'all' } },
      ],
      [
        methods.trace,
        { traceId: 'x', text, format: 'plain', task: 'fix', decoder: 'levenshtein', options: { blockSize: 4 } },
      ],
      [
        methods.trace,
        { traceId: 'x', text, format: 'plain', task: 'fix', decoder: 'levenshtein', options: { magic: 4 } },
      ],
      [
        methods.trace,
        { traceId: 'x', text, format: 'plain', task: 'fix', decoder: 'levenshtein', lockedTexts: ['no such words'] },
      ],
      [methods.correct, { text, format: 'plain', options: { passes: 2.5 } }],
      [methods.correct, { text, format: 'plain', options: { lengthBeam: 2 } }],
      [methods.correct, { text, format: 'plain', options: { ngramVeto: 'yes' } }],
      [methods.correct, { text, format: 'plain', options: { lockedTokens: [0] } }],
      [methods.correct, { text, format: 'plain', options: { acceptConfidence: 1.5 } }],
      [methods.correct, { text, format: 'plain', options: { minimumEditProbability: null } }],
      [methods.paraphrase, { text, format: 'plain', mode: 'rephrase', decoder: 'mist', options: { lengthBeam: 2 } }],
      [methods.summarize, { text, format: 'plain', length: 'sentence', options: { keepBias: 1 } }],
      [methods.trace, { traceId: 'x', text: '', format: 'plain', task: 'fix', decoder: 'levenshtein' }],
    ];
    for (const [method, params] of bad) {
      const error = await errorOf(connection.sendRequest(method, params));
      expect([params, error.code]).toEqual([params, ErrorCodes.InvalidParams]);
      expect(error.message.length).toBeGreaterThan(20);
    }
    expect((await errorOf(connection.sendRequest('narText/unknown', {}))).code).toBe(ErrorCodes.MethodNotFound);
    const result = await connection.sendRequest<CorrectResult>(methods.correct, { text: '', format: 'plain' });
    expect(result).toMatchObject({ corrections: [], output: '' });
  });

  it('names the option that does not belong to the decoder, and runs another decoder without the options of the settings', async () => {
    await start({
      settings: {
        ...eager,
        correct: eager.correct,
        experimental: { correct: { decoder: 'levenshtein', passes: 3, options: { minimumEditProbability: 1 } } },
      },
    });
    const ask = (params: object): Promise<CorrectResult> =>
      server.connection.sendRequest(methods.correct, { text, format: 'markdown', ...params });
    expect((await errorOf(ask({ options: { blockSize: 4 } }))).message).toMatch(
      /narText\/correct: "blockSize" does nothing with levenshtein: it belongs to llada/,
    );
    // minimumEditProbability is none of Mask-Predict's options: a request that chooses this
    // decoder is answered all the same.
    expect((await ask({ decoder: 'mask-predict' })).output).toBeTypeOf('string');
    expect((await ask({})).corrections).toEqual([]);
    expect((await ask({ options: { passes: 3 } })).corrections.length).toBeGreaterThan(0);
  });

  it('cancels a run between two passes', async () => {
    await start();
    const long = Array.from(
      { length: 400 },
      (_, index) => `Sentence ${index} of this text is here to be read by the model.`,
    ).join(' ');
    const busy = server.busy();
    const source = new CancellationTokenSource();
    const run = server.connection.sendRequest(
      methods.correct,
      { text: long, format: 'plain', threshold: 0 },
      source.token,
    );
    void busy.then(() => source.cancel());
    const error = await errorOf(run);
    expect(error.code).toBe(LSPErrorCodes.RequestCancelled);
    const next = await server.connection.sendRequest<CorrectResult>(methods.correct, {
      text: 'Short.',
      format: 'plain',
    });
    expect(next.output).toBeTypeOf('string');
  });

  it('lets a keystroke pass while a whole document is worked on', async () => {
    await start();
    const long = Array.from(
      { length: 200 },
      (_, index) => `Sentence ${index} of this text is here to be read by the model.`,
    ).join(' ');
    let over = false;
    const whole = server.connection
      .sendRequest(methods.correct, { text: long, format: 'plain', threshold: 0 })
      .then(() => (over = true));
    const coming = server.next(forPage);
    await server.open(uri, text);
    await coming;
    expect(over).toBe(false);
    await whole;
  });

  it('publishes for the newest version only, and nothing after a close', async () => {
    await start();
    await server.open(uri, text);
    for (let version = 2; version <= 20; version++)
      await server.change(uri, `${text}\nVersion ${version} of it.\n`, version);
    await server.next((params) => params.version === 20);
    const versions = server.history.filter(forPage).map((params) => params.version!);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    await server.change(uri, `${text}\nThe last change.\n`, 21);
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    const last = await server.next((params) => params.diagnostics.length === 0);
    expect(last.uri).toBe(uri);
    await server.connection.sendRequest(methods.correct, { text, format: 'markdown' });
    expect(server.history[server.history.length - 1]).toBe(last);
  });

  it('leaves other languages, and documents of people who switched it off, alone', async () => {
    await start();
    await server.open('file:///a.ts', text, 'typescript');
    await server.open(uri, text);
    await server.next(forPage);
    expect(server.history.every(forPage)).toBe(true);
    const cleared = server.next((params) => forPage(params) && params.diagnostics.length === 0);
    server.settings = { ...server.settings, enable: false };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await cleared;
  });

  it('without a model tells why once, still answers, and takes a model when it is set', async () => {
    const empty = temporaryFolder();
    await start({ modelsFolder: empty.folder });
    const summary = await server.connection.sendRequest<SummarizeResult>(methods.summarize, {
      text,
      format: 'markdown',
      length: 'sentence',
    });
    expect(summary.sentences[0]!.method).toBe('extracted');
    const error = await errorOf(
      server.connection.sendRequest(methods.paraphrase, { text, format: 'markdown', mode: 'rephrase' }),
    );
    expect(error.code).toBe(LSPErrorCodes.RequestFailed);
    expect(error.message).toMatch(/No model is installed: .* holds none\. Choose a folder that holds a model/);
    expect(server.statuses[server.statuses.length - 1]).toMatchObject({
      state: 'failed',
      message: expect.stringMatching(/No model is installed/),
    });
    server.settings = { ...server.settings, model: { path: models.folder, dtype: 'auto' } };
    const coming = server.next(forPage);
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await server.open(uri, text);
    await coming;
    expect(await server.connection.sendRequest<EngineStatus>(methods.getStatus, {})).toMatchObject({ state: 'ready' });
    empty.remove();
  });

  it('without a native binary answers through WebAssembly, and says so', async () => {
    await start({ environment: { NAR_TEXT_NO_NATIVE: '1' } });
    const { output } = await server.connection.sendRequest<CorrectResult>(methods.correct, {
      text,
      format: 'markdown',
      threshold: 0,
    });
    expect(output).toContain('`code`');
    const status = await server.connection.sendRequest<EngineStatus>(methods.getStatus, {});
    expect(status).toMatchObject({
      state: 'ready',
      device: 'wasm',
      message: expect.stringMatching(
        /native ONNX Runtime does not load here .* WebAssembly is used instead, which is slower/,
      ),
    });
  });

  it('killed during a run: the request is rejected, the client goes on', async () => {
    await start();
    const long = Array.from(
      { length: 3000 },
      (_, index) => `Sentence ${index} of this text is here to be read by the model.`,
    ).join(' ');
    const busy = server.busy();
    const run = errorOf(server.connection.sendRequest(methods.correct, { text: long, format: 'plain', threshold: 0 }));
    const closed = new Promise<void>((resolve) => server.connection.onClose(() => resolve()));
    await busy;
    server.child.kill('SIGKILL');
    await closed;
    server.connection.dispose();
    expect((await run).message).toMatch(/disposed|closed|rejected/i);
    const again = await start();
    expect(
      await again.connection.sendRequest<CorrectResult>(methods.correct, { text: 'Short.', format: 'plain' }),
    ).toBeDefined();
  });

  it('shuts down in order', async () => {
    await start();
    await server.connection.sendRequest(methods.correct, { text, format: 'markdown' });
    const exit = new Promise((resolve) => server.child.once('exit', resolve));
    await server.connection.sendRequest('shutdown');
    await server.connection.sendNotification('exit');
    expect(await exit).toBe(0);
  });
});
