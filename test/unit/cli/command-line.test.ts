import { spawn, spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CorrectResult, ModelDescription } from '../../../src/protocol/requests';
import type { Trace } from '../../../src/protocol/trace';
import { bundle } from '../bundle';
import { copyTiny, copyWordy, onnxFile, temporaryFolder } from '../engine/model-folder';

let cli: string;
let models: ReturnType<typeof temporaryFolder>;
let work: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  cli = bundle('cli');
  models = temporaryFolder();
  work = temporaryFolder();
  copyTiny(models.folder);
  eager = ['--threshold', '0', '--model', copyWordy(work.folder)];
});
afterAll(() => {
  models.remove();
  work.remove();
  rmSync(cli, { force: true });
});

interface Outcome {
  code: number;
  out: Buffer;
  text: string;
  errors: string;
}
function run(argv: string[], input: string | Uint8Array = '', environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...argv], {
      cwd: work.folder,
      env: { ...process.env, NAR_TEXT_MODELS: models.folder, XDG_CACHE_HOME: work.folder, ...environment },
    });
    const out: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.on('close', (code) =>
      resolve({ code: code ?? -1, out: Buffer.concat(out), text: Buffer.concat(out).toString(), errors }),
    );
    child.stdin.on('error', () => undefined); // A command that needs no input may end before it has read it.
    child.stdin.end(input);
  });
}
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(path.join(work.folder, name), content);
  return name;
};
/** A module that appends a line to the file as soon as the command line has read it. */
function appender(name: string): string {
  const module = path.join(work.folder, 'appender.cjs');
  writeFileSync(
    module,
    `const files = require('node:fs');
     const { readFileSync } = files;
     files.readFileSync = (name, ...rest) => {
       const bytes = readFileSync(name, ...rest);
       if (require('node:path').resolve(String(name)) === ${JSON.stringify(name)}) files.appendFileSync(name, 'A line of somebody else.\\n');
       return bytes;
     };`,
  );
  return module;
}
/** The tiny model's random weights are never this sure. */
const never = ['--threshold', '1'];
const always = ['--threshold', '0'];
/** Edits nearly every sentence. */
let eager: string[];

describe('nar-text correct', () => {
  it.each<[string, string | Uint8Array]>([
    ['mixed line endings and no last one', 'One line.\r\nTwo lines.\nThree.\r\n\r\n\tTabbed  text'],
    ['emoji, combining marks, right-to-left', '# 🙂 e\u0301te\u0301\n\nThe 👩‍💻 says שלום עולם to all. مرحبا.\n'],
    ['a byte order mark', '\ufeffThe file begins with a mark.\r\n'],
    ['nothing', ''],
    ['blanks only', ' \r\n\n\t'],
    [
      'front matter, code, links, math',
      '---\ntitle: teh\n---\n\nSee `teh code` and [a link](http://x.org/teh "teh").\n\n```\nteh\n```\n\n$$\nteh\n$$\n',
    ],
  ])('gives back every byte outside its edits: %s', async (_name, content) => {
    for (const format of ['markdown', 'plain']) {
      const { code, out, errors } = await run(['correct', '--format', format, ...never], content);
      expect([code, errors]).toEqual([0, '']);
      expect(out).toEqual(Buffer.from(content));
    }
    const json = await run(['correct', '--format', 'markdown', '--json', ...always], content);
    const text = Buffer.from(content)
      .toString()
      .replace(/^\ufeff/, '');
    const result = JSON.parse(json.text) as CorrectResult;
    let rebuilt = '';
    let at = 0;
    for (const { startIndex, endIndex, correction } of result.corrections) {
      expect(startIndex).toBeGreaterThanOrEqual(at);
      rebuilt += text.slice(at, startIndex) + correction;
      at = endIndex;
    }
    expect(result.output).toBe(rebuilt + text.slice(at));
    for (const part of ['title: teh', '`teh code`', '](http://x.org/teh "teh")', '```\nteh\n```', '$$\nteh\n$$'])
      expect(result.output.includes(part)).toBe(text.includes(part));
  });

  it('tells what was left unread, with its lines, and works on the rest', async () => {
    const hard = '- '.repeat(60);
    const name = file('hard.md', `The server reads the file.\r\n\r\n${hard}\r\n\r\nThe user sees the log.\r\n`);
    const { code, text, errors } = await run(['correct', ...never, name]);
    expect([code, text]).toEqual([0, readFileSync(path.join(work.folder, name), 'utf8')]);
    expect(errors).toMatch(/^nar-text: hard\.md: Line 3 was not checked, .*\n$/);
    const json = JSON.parse((await run(['correct', '--json', ...never, name])).text) as CorrectResult;
    expect(json.unread).toEqual([{ startIndex: 30, endIndex: 30 + hard.trimEnd().length }]);
  });

  it('--check tells what would change and exits with 1, or with 0', async () => {
    const name = file('check.md', '# Title\r\n\r\nThe server reads the file.\r\nThe user sees the log.\r\n');
    const clean = await run(['correct', '--check', ...never, name]);
    expect([clean.code, clean.text, clean.errors]).toEqual([0, '', '']);
    const dirty = await run(['correct', '--check', ...eager, name]);
    expect(dirty.code).toBe(1);
    for (const line of dirty.text.trimEnd().split('\n'))
      expect(line).toMatch(/^check\.md:[134]:\d+: .+ \[[a-z-]+, \d+ %\]$/);
  });

  it('--write changes several files and keeps their mark; a bad one stops nothing', async () => {
    const [a, b] = [file('a.txt', '\ufeffThe server reads the file.\r\n'), file('b.md', 'The user sees the log.\n')];
    const binary = file('binary.dat', Buffer.from([0, 1, 2, 0xff]));
    const expected = await Promise.all([a, b].map((name) => run(['correct', ...eager, name])));
    const result = await run(['correct', '--write', ...eager, a, binary, 'missing.md', b]);
    expect([result.code, result.text]).toEqual([2, '']);
    expect(result.errors).toMatch(/binary\.dat is a binary file.*\n.*missing\.md does not exist/);
    expect(readFileSync(path.join(work.folder, a))).toEqual(expected[0]!.out);
    expect(readFileSync(path.join(work.folder, b))).toEqual(expected[1]!.out);
    expect(expected[0]!.text.startsWith('\ufeff')).toBe(true);
    expect(expected[0]!.text).not.toBe('\ufeffThe server reads the file.\r\n');
    expect(readFileSync(path.join(work.folder, binary))).toEqual(Buffer.from([0, 1, 2, 0xff]));
  });

  it('--write refuses a file that another program changes meanwhile, and goes on', async () => {
    const [a, b] = [file('changed.txt', 'The server reads the file.\n'), file('kept.txt', 'The user sees the log.\n')];
    const whole = path.join(work.folder, a);
    const running = run(['correct', '--write', ...eager, '--threads', '1', a, b], '', {
      NODE_OPTIONS: `--require ${appender(whole)}`,
    });
    const result = await running;
    expect(result.code).toBe(2);
    expect(result.errors).toMatch(/changed\.txt was changed by another program .* Run the command again/);
    expect(readFileSync(whole, 'utf8')).toBe('The server reads the file.\nA line of somebody else.\n');
    expect(readFileSync(path.join(work.folder, b), 'utf8')).not.toBe('The user sees the log.\n');
  });

  it('shows a name with control characters as their codes', async () => {
    const { code, errors } = await run(['correct', 'none\u001b[31m.md']);
    expect(code).toBe(2);
    expect(errors).toContain('none\\x1b[31m.md does not exist');
  });

  it.skipIf(!existsSync('/dev/full'))('says when standard output cannot be written', async () => {
    const name = file('out.txt', 'The server reads the file.\n');
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [cli, 'correct', ...never, name], {
      cwd: work.folder,
      env: { ...process.env, NAR_TEXT_MODELS: models.folder },
      stdio: ['ignore', full, 'pipe'],
    });
    let errors = '';
    child.stderr!.on('data', (data: Buffer) => (errors += data.toString()));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2);
    closeSync(full);
    expect(errors).toMatch(/standard output cannot be written \(ENOSPC\)/);
  });

  describe.skipIf(process.platform === 'win32')('a reader of the output', () => {
    const shell = (command: string): Promise<{ code: number | null; text: string; errors: string }> =>
      new Promise((resolve) => {
        const child = spawn('bash', ['-o', 'pipefail', '-c', command], {
          cwd: work.folder,
          env: { ...process.env, NAR_TEXT_MODELS: models.folder, NODE: process.execPath, CLI: cli },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let [text, errors] = ['', ''];
        child.stdout.on('data', (data: Buffer) => (text += data.toString()));
        child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
        child.on('close', (code) => resolve({ code, text, errors }));
      });
    // What is said of them is more than a pipe holds, so that the reader has left before all is written.
    const options = (): string =>
      [...eager, file('read.md', 'The server reads the file.\n\n'.repeat(600)), file('b.md', 'A file.\n')].join(' ');

    it('may leave early: a check ends with the code that it would have had', async () => {
      const { code, text, errors } = await shell(`"$NODE" "$CLI" correct --check ${options()} | head -1`);
      expect([code, errors]).toEqual([1, '']);
      expect(text).toMatch(/^read\.md:1:\d+: [^\n]+\n$/);
    });

    it('may leave early: an answer is then no longer wanted', async () => {
      const { code, text, errors } = await shell(`"$NODE" "$CLI" correct --json ${options()} | head -c 8`);
      expect([code, errors, text]).toEqual([0, '', '{"file":']);
    });

    it.skipIf(!existsSync('/proc/self/fdinfo'))(
      'may not be there: a result that would be lost is refused',
      async () => {
        const small = file('closed.md', 'The server reads the file.\n');
        const run = (mode: string): ReturnType<typeof shell> =>
          shell(`"$NODE" "$CLI" correct ${mode} ${eager.join(' ')} ${small} >&-`);
        const refused = await run('');
        expect(refused.code).toBe(2);
        expect(refused.errors).toMatch(/^nar-text: Standard output is closed and the result would be lost: .*--write/);
        expect((await shell(`"$NODE" "$CLI" correct ${eager.join(' ')} ${small} >/dev/null`)).code).toBe(0);
        expect([(await run('--check')).code, (await run('--write')).code]).toEqual([1, 0]);
        expect(readFileSync(path.join(work.folder, small), 'utf8')).not.toBe('The server reads the file.\n');
      },
    );
  });

  it.skipIf(process.platform === 'win32')('waits for no named pipe: as a text, a batch or a dictionary', async () => {
    spawnSync('mkfifo', [path.join(work.folder, 'pipe.md')]);
    const good = file('beside.md', 'The server reads the file.\n');
    const batch = file('beside.jsonl', '{"id":1,"text":""}\n');
    const refusal = /pipe\.md is a device or a named pipe/;
    const text = await run(['correct', ...never, 'pipe.md', good]);
    expect([text.code, text.text]).toEqual([2, 'The server reads the file.\n']);
    expect(text.errors).toMatch(refusal);
    const lines = await run(['correct', '--jsonl', ...never, 'pipe.md', batch]);
    expect(lines.code).toBe(2);
    expect(lines.text).toMatch(/^\{"id":1,/);
    expect(lines.errors).toMatch(refusal);
    const dictionary = await run(['correct', '--dictionary', 'pipe.md', good]);
    expect([dictionary.code, dictionary.text]).toEqual([2, '']);
    expect(dictionary.errors).toMatch(refusal);
  });

  it('--jsonl answers line by line and goes on after bad ones', async () => {
    const lines = [
      { id: 'a', text: 'The server reads the file.' },
      { id: 2, text: '' },
      { id: 'rtl', text: 'שלום 🙂 e\u0301 \ud83d end\r\n' },
    ];
    const input = `${JSON.stringify(lines[0])}\nno json\n${JSON.stringify(lines[1])}\n{"id":"x"}\n${JSON.stringify(lines[2])}`;
    const { code, text, errors } = await run(['correct', '--jsonl', ...always], input);
    expect(code).toBe(2);
    const answers = text
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            id: unknown;
            output: string;
            milliseconds: number;
            passes: number;
            corrections: object[];
          },
      );
    expect(answers.map((answer) => answer.id)).toEqual(['a', 2, 'rtl']);
    for (const answer of answers)
      expect(Object.keys(answer)).toEqual(['id', 'output', 'milliseconds', 'passes', 'corrections']);
    // What calibration reads (training/nar_training/fit/findings.py), and "settled" or "style" where they are true.
    for (const correction of answers.flatMap((answer) => answer.corrections))
      expect(Object.keys(correction).filter((key) => key !== 'settled' && key !== 'style')).toEqual(
        'startIndex endIndex correction type confidence lexicon raw keys'.split(' '),
      );
    expect(answers[1]!.output).toBe('');
    const complaints = errors
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; line: number });
    expect(complaints.map(({ id, line }) => [id, line])).toEqual([
      [null, 2],
      ['x', 4],
    ]);
  });

  it('refuses what it cannot read with one clear line and exit code 2', async () => {
    const cases: [string[], string | Uint8Array, RegExp][] = [
      [['correct', '--no-such'], '', /^nar-text: Unknown option '--no-such'.*--help/],
      [[], '', /^nar-text: A command is missing/],
      [['correct'], Buffer.from([0x61, 0x00]), /^nar-text: standard input is a binary file/],
      [['correct'], Buffer.from([0xff, 0xfe, 0x41]), /^nar-text: standard input is not valid UTF-8/],
      [['correct'], 'a '.repeat(5_000_000), /^nar-text: The document has 10\.0 million characters/],
      [['paraphrase', '--model', 'nowhere'], 'A text.', /^nar-text: The model folder .*nowhere does not exist/],
      [['correct', '--model', 'nowhere'], 'A text.', /^nar-text: The model folder .*nowhere does not exist/],
      [['trace'], '', /^nar-text: There is no prose to trace/],
    ];
    for (const [argv, input, expected] of cases) {
      const { code, text, errors } = await run(argv, input);
      expect([argv, code, text]).toEqual([argv, 2, '']);
      expect(errors).toMatch(expected);
      expect(errors.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    }
  }, 60_000);

  it('without a model says so once and changes listed misspellings only', async () => {
    const empty = temporaryFolder();
    const { code, out, errors } = await run(['correct'], 'The text stays as it is.', { NAR_TEXT_MODELS: empty.folder });
    expect([code, out.toString()]).toEqual([0, 'The text stays as it is.']);
    expect(errors).toMatch(/^nar-text: No model is installed: .*\n$/);
    const rewording = await run(['paraphrase'], 'The text stays as it is.', { NAR_TEXT_MODELS: empty.folder });
    expect(rewording.code).toBe(2);
    expect(rewording.errors).toMatch(/^nar-text: No model is installed: .*\n$/);
    empty.remove();
  });

  it('tells a corrupt model from a missing one', async () => {
    const broken = temporaryFolder();
    const folder = copyTiny(broken.folder);
    copyFileSync(path.join(folder, 'tokenizer.json'), onnxFile(folder));
    const { code, errors } = await run(['trace', '--model', folder], 'A text.');
    expect(code).toBe(2);
    expect(errors).toMatch(/^nar-text: The model "[^"]+" (is truncated|was changed|is corrupt)/);
    broken.remove();
  });
});

describe('the other commands', () => {
  it('trace prints a whole trace', async () => {
    for (const decoder of ['levenshtein', 'mask-predict']) {
      const { code, text } = await run(
        ['trace', '--decoder', decoder, '--passes', '2'],
        'The server reads the file.\n',
      );
      const trace = JSON.parse(text) as Trace;
      expect([code, trace.version, trace.system, trace.sourceText]).toEqual([
        0,
        1,
        decoder,
        'The server reads the file.',
      ]);
      expect(trace.steps.length).toBeGreaterThan(0);
      expect(trace.source.map((token) => token.text).join('')).toBe(trace.sourceText);
    }
  });
  it('trace locks words and starts from a draft; what does not fit ends with exit code 2', async () => {
    const text = 'The server reads the file.';
    const locked = JSON.parse(
      (await run(['trace', '--lock', 'server', '--lock', 'the', '--option', 'lockedTokens=0', '--json'], text)).text,
    ) as Trace;
    expect(locked.options.lockedTokens!.map((index) => locked.source[index]!.text.trim()).join('')).toBe(
      'Theserverthe',
    );
    const drafted = JSON.parse(
      (await run(['trace', '--task', 'rephrase', '--draft', 'The <mask> the file.', '--passes', '1'], text)).text,
    ) as Trace;
    expect(drafted.options.draft!.filter((id) => id === 1)).toHaveLength(1);
    expect(drafted.output).toMatch(/^The.* the file\.$/);
    for (const [argv, expected] of [
      [['--lock', 'serv'], /"serv" cannot be locked: the text does not hold it/],
      [['--option', 'lockedTokens=99'], /"lockedTokens" holds 99: the text has \d+ tokens/],
      [
        ['--option', 'blockSize=4'],
        /--option "blockSize" does nothing with levenshtein.*blockwise-parallel \(nar-text --help/,
      ],
    ] as const) {
      const { code, text: out, errors } = await run(['trace', ...argv], text);
      expect([code, out]).toEqual([2, '']);
      expect(errors).toMatch(expected);
    }
  });
  it('summarize prints sentences of the text with their places', async () => {
    const input =
      '# Log server\n\nThe log server keeps the log of every run. It is small. The user reads the log in the browser.\n\nIt runs on port 80 of the machine.\n';
    const { code, text } = await run(
      ['summarize', '--length', 'key-sentences', '--format', 'markdown', '--json'],
      input,
    );
    expect(code).toBe(0);
    const { sentences } = JSON.parse(text) as {
      sentences: { text: string; sources: { startIndex: number; endIndex: number }[] }[];
    };
    expect(sentences.length).toBeGreaterThan(1);
    for (const {
      text: sentence,
      sources: [source],
    } of sentences) {
      expect(sentence).not.toBe('');
      expect(input.slice(source!.startIndex, source!.endIndex)).toMatch(/^(?:The|It) .*\.$/);
    }
    const batch = await run(
      ['summarize', '--jsonl', '--length', 'headline'],
      `${JSON.stringify({ id: 1, text: input })}\n`,
    );
    expect(Object.keys(JSON.parse(batch.text) as object)).toEqual([
      'id',
      'output',
      'milliseconds',
      'passes',
      'sources',
    ]);
  });
  it('paraphrase gives candidates with scores, never the text itself', async () => {
    const input = 'The server reads the configuration file at startup.';
    const { code, text } = await run(
      ['paraphrase', '--jsonl', '--mode', 'rephrase'],
      `${JSON.stringify({ id: 1, text: input })}\n`,
    );
    expect(code).toBe(0);
    const answer = JSON.parse(text) as { output: string; candidates: { text: string; score: number }[] };
    expect(Object.keys(answer)).toEqual(['id', 'output', 'milliseconds', 'passes', 'candidates']);
    for (const candidate of answer.candidates) expect(candidate.text).not.toBe(input);
  });
  it('models and bench know the model', async () => {
    const models = JSON.parse((await run(['models', '--json'])).text) as ModelDescription[];
    expect(models).toHaveLength(1);
    expect((await run(['models'])).text).toContain(models[0]!.folder);
    const { code, text } = await run(['bench']);
    expect(code).toBe(0);
    expect(text).toMatch(/median ms\s+p95 ms\s+passes\s+tokens\n/);
  });
  it('help and version', async () => {
    expect((await run(['--help'])).text).toMatch(/^nar-text: .*\n\n {2}nar-text correct/);
    const { version } = JSON.parse(readFileSync(path.join(__dirname, '../../../package.json'), 'utf8')) as {
      version: string;
    };
    expect((await run(['--version'])).text).toBe(`${version}\n`);
  });
});

describe('a text that takes too long', () => {
  it('that nothing in the process can end is ended from outside, named, and left alone by the next run', async () => {
    const hanging = file('hanging.md', 'The log is read.\n\nHang when it is judged.\n');
    const next = file('next.md', 'The server reads the file.\n');
    const environment = {
      NODE_OPTIONS: `--require ${path.join(__dirname, '../../fixtures/hang.cjs')}`,
      TMPDIR: work.folder,
    };
    const argv = ['correct', '--time-limit', '2', ...never, hanging, next];
    const first = await run(argv, '', environment);
    expect([first.code, first.text]).toEqual([-1, '']);
    expect(first.errors).toMatch(/hanging\.md kept the engine busy for 3 s without an answer\. .*Run it again/);
    const second = await run(argv, '', environment);
    expect([second.code, second.text]).toEqual([2, 'The server reads the file.\n']);
    expect(second.errors).toMatch(/^nar-text: hanging\.md: This text kept the engine busy .*left alone until it/);
  });

  it('is named, and the other files are worked on', async () => {
    // Hashing this text never ends (test/fixtures/hang.cjs), as a regular expression on an unlucky text would not.
    const slow = file('slow.md', 'Hang while it is read.\n');
    const good = file('good-one.md', 'The server reads the file.\n');
    const hang = { NODE_OPTIONS: `--require ${path.join(__dirname, '../../fixtures/hang.cjs')}` };
    const { code, errors, text } = await run(['correct', '--time-limit', '2', ...never, slow, good], '', hang);
    expect([code, text]).toEqual([2, 'The server reads the file.\n']);
    expect(errors).toMatch(/^nar-text: slow\.md: The text takes longer than 2 s to read.*\n$/);
  });
});
