/** One set of corrections: every surface offers the same for the same text and settings (docs/decisions/0013). */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { methods, type CorrectResult, type ParaphraseResult } from '../../../src/protocol/requests';
import { type DiagnosticData } from '../../../src/protocol/language-server';
import { runTool, type TextServices } from '../../../src/protocol/run-tool';
import { defaultSettings } from '../../../src/protocol/settings';
import type { Trace } from '../../../src/protocol/trace';
import { bundle } from '../bundle';
import { changeManifest, copyWordy, temporaryFolder } from '../engine/model-folder';
import { ServerProcess } from './server-process';

const documents = [
  'The server reads the file. It writes a log.\n',
  '# A title here\n\nThe user sees **an error** in the log, and `code` stays.\n',
  '![The small button](button.png) You can press the button.\n',
  '- First the key.\n- Then the lock is opened by the user.\n',
  '| Name | Notes |\n|---|---|\n| `a` | The value is read from the file. |\n',
  '> The quoted words are read, too.\n\nAnd so on it goes.\n',
  '---\ntitle: A page\n---\n\nThe page has a title.\n',
  'Two of of the the files are are lost.\n',
  'For example, given\n\n    ls\n\nall names are shown.\n',
  'One sentence. Two of them. Three are here, [with a link](https://example.com) in it.\n',
];
/** The tiny model's random edits, offered from here on; high confidence is not the usual value. */
const [threshold, high] = [0.05, 0.3];

let server: ServerProcess;
let files: string[];
let models: ReturnType<typeof temporaryFolder>;
let cli: string;
/** Of each document what the command line prints. */
let lines: CorrectResult[];
let checked: string[][];
beforeAll(async () => {
  files = [bundle('server'), (cli = bundle('cli'))];
  models = temporaryFolder();
  changeManifest(copyWordy(models.folder), (manifest) => {
    manifest.thresholds.correct.highConfidence = high;
  });
  const correct = { ...defaultSettings.correct, delay: 1, confidence: threshold };
  server = new ServerProcess({ serverFile: files[0]!, modelsFolder: models.folder, settings: { correct } });
  await server.initialize();
  const names = documents.map((text, index) => {
    const file = path.join(models.folder, `page-${index}.md`);
    writeFileSync(file, text);
    return file;
  });
  const [printed, found] = await Promise.all([
    run('correct', '--json', '--no-cache', '--threshold', `${threshold}`, ...names),
    run('correct', '--check', '--no-cache', '--threshold', `${threshold}`, ...names),
  ]);
  lines = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CorrectResult);
  checked = names.map((name) => found.split('\n').filter((line) => line.startsWith(`${name}:`)));
});
afterAll(async () => {
  await server.stop();
  models.remove();
  for (const file of files) rmSync(file, { force: true });
});

function run(...argv: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...argv], {
      env: { ...process.env, NAR_TEXT_MODELS: models.folder, XDG_CACHE_HOME: models.folder },
    });
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    // 1: something would be changed.
    child.on('close', (code) => (code === 0 || code === 1 ? resolve(out) : reject(new Error(`exit ${code}`))));
  });
}

/** An edit by what it makes of the text: an insertion may be shown with the word beside it. */
interface Offered {
  after: string;
  confidence: number;
}
const sorted = (list: Offered[]): Offered[] =>
  list
    .map(({ after, confidence }) => ({ after, confidence: Math.round(confidence * 1e6) / 1e6 }))
    .sort((a, b) => (a.after < b.after ? -1 : a.after > b.after ? 1 : a.confidence - b.confidence));
const replaced = (text: string, start: number, end: number, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

describe('every surface offers the same corrections', () => {
  it.each(documents.map((text, index): [number, string] => [index, text]))('document %i', async (index, text) => {
    const uri = `file:///page-${index}.md`;
    const document = TextDocument.create(uri, 'markdown', 1, text);
    const by = (range: Range, newText: string): string =>
      replaced(text, document.offsetAt(range.start), document.offsetAt(range.end), newText);

    // Underlines.
    const coming = server.next((params) => params.uri === uri);
    await server.open(uri, text);
    const { diagnostics } = await coming;
    const data = (diagnostic: Diagnostic): DiagnosticData => diagnostic.data as DiagnosticData;
    const underlines = sorted(
      diagnostics.map((each) => ({ after: by(each.range, data(each).correction), confidence: data(each).confidence })),
    );

    // The request of Correct Document.
    const { connection } = server;
    const result = await connection.sendRequest<CorrectResult>(methods.correct, { text, format: 'markdown' });
    const requested = sorted(
      result.corrections.map((each) => ({
        after: replaced(text, each.startIndex, each.endIndex, each.correction),
        confidence: each.confidence,
      })),
    );
    expect(requested).toEqual(underlines);
    expect(result.highConfidence).toBe(high);

    // The command line.
    const file = path.join(models.folder, `page-${index}.md`);
    const line = lines[index]!;
    // With lines and columns beside them.
    expect(line.corrections).toMatchObject(result.corrections);
    expect(line.output).toBe(result.output);
    expect(checked[index]!.map((each) => each.slice(file.length).replace(/: .* \[/, ' ['))).toEqual(
      result.corrections.map(({ startIndex, type, confidence }) => {
        const { line: row, character } = document.positionAt(startIndex);
        return `:${row + 1}:${character + 1} [${type}, ${Math.round(confidence * 100)} %]`;
      }),
    );

    // The tools of agents; the editor's ask the engine process.
    const services: TextServices = {
      correct: (params) => connection.sendRequest<CorrectResult>(methods.correct, params),
      paraphrase: () => Promise.reject<ParaphraseResult>(new Error('not asked for')),
      summarize: () => Promise.reject(new Error('not asked for')),
    };
    const { data: answer } = await runTool('correct', { text }, services, () => ({
      settings: server.settings,
    }));
    expect(answer).toMatchObject({
      output: result.output,
      highConfidence: high,
      corrections: result.corrections.map(({ startIndex, endIndex, correction, type, confidence }) => ({
        ...{ startIndex, endIndex, correction, type, confidence },
      })),
    });

    // A trace, of the command line and of the panel.
    const traced = JSON.parse(await run('trace', '--json', '--threshold', `${threshold}`, file)) as Trace;
    const asked = { traceId: 't', task: 'fix', text, format: 'markdown', decoder: 'levenshtein' };
    const panel = await connection.sendRequest<Trace>(methods.trace, asked);
    const list = (trace: Trace): object[] =>
      trace
        .edits!.filter((edit) => edit.confidence >= edit.threshold)
        .map(({ type, confidence }) => ({ type, confidence }));
    const kinds = [...result.corrections].map(({ type, confidence }) => ({ type, confidence }));
    const order = (a: { confidence: number }, b: { confidence: number }): number => a.confidence - b.confidence;
    expect((list(traced) as typeof kinds).sort(order)).toEqual(kinds.sort(order));
    expect((list(panel) as typeof kinds).sort(order)).toEqual(kinds);

    // Quick fixes and "fix all".
    const range = { start: document.positionAt(0), end: document.positionAt(text.length) };
    const ask = (only: string[]): Promise<CodeAction[]> =>
      connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics, only },
      });
    const editsOf = (action: CodeAction): { range: Range; newText: string }[] =>
      (action.edit!.documentChanges![0] as { edits: { range: Range; newText: string }[] }).edits;
    const fixes = (await ask(['quickfix'])).map((action) => ({
      after: by(editsOf(action)[0]!.range, editsOf(action)[0]!.newText),
      confidence: data(action.diagnostics![0]!).confidence,
    }));
    expect(sorted(fixes)).toEqual(underlines);
    const certain = result.corrections.filter(({ confidence }) => confidence >= high);
    const all = (await ask(['source.fixAll'])).flatMap(editsOf).map((edit) => by(edit.range, edit.newText));
    expect(all.sort()).toEqual(
      certain.map((each) => replaced(text, each.startIndex, each.endIndex, each.correction)).sort(),
    );
    expect(diagnostics.filter((each) => data(each).highConfidence)).toHaveLength(certain.length);
  });

  it('and there are some, sure ones among them', async () => {
    const text = documents.join('\n');
    const { corrections } = await server.connection.sendRequest<CorrectResult>(methods.correct, {
      text,
      format: 'markdown',
    });
    expect(corrections.length).toBeGreaterThan(10);
    expect(corrections.some(({ confidence }) => confidence >= high)).toBe(true);
    expect(corrections.some(({ confidence }) => confidence < high)).toBe(true);
  });
});
