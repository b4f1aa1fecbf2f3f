import { describe, expect, it } from 'vitest';
import { readCommandLine, type CommandLine } from '../../../src/cli/options';
import { UsageError } from '../../../src/cli/usage';
import { decoderOptionNames, decoderOptions, readersOf } from '../../../src/protocol/decoder-options';
import { efforts } from '../../../src/protocol/effort';

const read = (...argv: string[]): CommandLine => readCommandLine(argv) as CommandLine;

describe('readCommandLine', () => {
  it('reads every option', () => {
    expect(
      read(
        'correct',
        'a.md',
        'b.txt',
        '--write',
        '--model',
        'm',
        '--device',
        'cpu',
        '--decoder',
        'edit-tags',
        '--passes',
        '3',
        '--threshold',
        '0.5',
        '--threads',
        '2',
      ),
    ).toMatchObject({
      command: 'correct',
      files: ['a.md', 'b.txt'],
      write: true,
      model: 'm',
      device: 'cpu',
      decoder: 'edit-tags',
      decodeOptions: { passes: 3 },
      threshold: 0.5,
      threads: 2,
    });
    expect(read('summarize', '--length', 'key-sentences', '-')).toMatchObject({ length: 'key-sentences', files: [] });
    expect(read('paraphrase', '--mode', 'shorter', '--jsonl')).toMatchObject({
      mode: 'shorter',
      jsonl: true,
      candidates: 3,
    });
    expect(
      read(
        'trace',
        '--decoder',
        'dream',
        '--option',
        'lengthBeam=2',
        '--option',
        'order=margin',
        '--option',
        'sourceCopy=true',
        '--option',
        'rerankWeight=0.5',
        '--passes',
        '2',
      ).decodeOptions,
    ).toEqual({ passes: 2, lengthBeam: 2, order: 'margin', sourceCopy: true, rerankWeight: 0.5 });
    expect(
      read('trace', '--decoder', 'da-transformer', '--option', 'pathSearch=viterbi', '--option', 'lengthPenalty=0.5'),
    ).toMatchObject({ decoder: 'da-transformer', decodeOptions: { pathSearch: 'viterbi', lengthPenalty: 0.5 } });
    expect(readCommandLine(['--help'])).toBe('help');
    expect(readCommandLine(['correct', '--version'])).toBe('version');
  });

  it('takes decoder and passes from the effort, and a budget of its own for a decoder by name', () => {
    expect(read('correct')).toMatchObject({
      decoder: efforts.balanced.correct.decoder,
      decodeOptions: { passes: efforts.balanced.correct.passes },
    });
    expect(read('summarize', '--effort', 'fast')).toMatchObject({
      decoder: efforts.fast.summarize.decoder,
      decodeOptions: { passes: efforts.fast.summarize.passes },
    });
    expect(read('paraphrase', '--effort', 'best', '--passes', '3').decodeOptions).toEqual({ passes: 3 });
    expect(read('correct', '--decoder', 'levenshtein').decodeOptions).toEqual({ passes: 2 });
    expect(read('correct', '--passes', '3')).toMatchObject({ decoder: 'levenshtein', decodeOptions: { passes: 3 } });
    expect(read('summarize', '--option', 'lengthBeam=2').decodeOptions).toMatchObject({ lengthBeam: 2 });
  });

  it('leaves the passes of a trace to its decoder unless a number is given', () => {
    expect(read('trace', '--decoder', 'autoregressive').decodeOptions).toEqual({});
    expect(read('trace', '--decoder', 'autoregressive', '--passes', '5').decodeOptions).toEqual({ passes: 5 });
    expect([read('trace').decoder, read('trace', '--task', 'rephrase').decoder]).toEqual([
      'levenshtein',
      'mask-predict',
    ]);
  });

  it('reads locks by word and by token, and a draft', () => {
    expect(read('trace', '--lock', 'the log', '--lock', 'file', '--option', 'lockedTokens=0, 3,4')).toMatchObject({
      lockedTexts: ['the log', 'file'],
      decodeOptions: { lockedTokens: [0, 3, 4] },
    });
    expect(read('trace', '--task', 'rephrase', '--draft', 'The <mask> file.')).toMatchObject({
      draftText: 'The <mask> file.',
      lockedTexts: [],
    });
  });

  it('takes every option of the table with its decoder', () => {
    for (const name of decoderOptionNames) {
      const option = decoderOptions[name];
      const value = option.kind === 'number' ? option.most : option.kind === 'flag' ? true : option.choices[0]!;
      expect(read('trace', '--decoder', readersOf(name)[0]!, '--option', `${name}=${value}`).decodeOptions).toEqual({
        [name]: value,
      });
    }
  });

  it.each([
    [[], /A command is missing/],
    [['corect'], /command "corect" is unknown; one of correct/],
    [['correct', '--nope'], /Unknown option '--nope'/],
    [['correct', '--threshold', '2'], /--threshold "2" must be a number from 0 to 1/],
    [['correct', '--threshold', ''], /--threshold/],
    [['correct', '--passes', '1.5'], /whole number from 1 to 100/],
    [['trace', '--option', 'blockSize'], /--option "blockSize" has no value/],
    [['trace', '--option', 'blockSize=0'], /--option blockSize "0" must be a whole number from 1 to 512/],
    [['trace', '--option', 'order=up'], /--option order "up" must be one of entropy, margin, probability/],
    [['trace', '--option', 'pathSearch=best'], /--option pathSearch "best" must be one of greedy, lookahead, viterbi/],
    [['trace', '--option', 'keepBias='], /--option keepBias "" must be a number from -1000 to 1000/],
    [['trace', '--option', 'ngramVeto=yes'], /--option ngramVeto "yes" must be true or false/],
    [['trace', '--option', 'magic=1'], /--option "magic" is unknown; levenshtein has keepBias/],
    [['trace', '--option', 'toString=1'], /--option "toString" is unknown/],
    [['trace', '--option', 'draft=x'], /--option "draft" is an option of its own: --draft/],
    [['trace', '--option', 'blockSize=4'], /--option "blockSize" does nothing with levenshtein: it belongs to llada/],
    [['correct', '--option', 'lengthBeam=2'], /--option "lengthBeam" does nothing with edit-tags/],
    [
      ['paraphrase', '--effort', 'fast', '--option', 'order=margin'],
      /--option "order" does nothing with single-pass: it belongs to dream$/,
    ],
    [['trace', '--option', 'lockedTokens=a'], /--option lockedTokens "a" must be indices/],
    [['trace', '--option', 'lockedTokens='], /must be indices/],
    [['correct', '--option', 'lockedTokens=1'], /--option lockedTokens belongs to "trace"/],
    [['trace', '--decoder', 'mist', '--lock', 'log'], /mist keeps no locked tokens: .* belong to levenshtein/],
    [['trace', '--lock', ' '], /--lock is empty/],
    [['correct', '--lock', 'log'], /--lock does not belong to "correct"/],
    [['trace', '--draft', ''], /--draft is empty/],
    [['trace', '--decoder', 'mist', '--draft', 'a <mask>'], /mist starts from no draft: --draft belongs to/],
    [
      ['trace', '--decoder', 'mask-predict', '--draft', 'all given'],
      /mask-predict fills the <mask> slots of a draft, and --draft has none/,
    ],
    [['trace', '--effort', 'best'], /--effort does not belong to "trace"/],
    [['bench', '--option', 'seed=1'], /--option does not belong to "bench"/],
    [['correct', '--decoder', 'magic'], /--decoder "magic" is unknown/],
    [['correct', '--device', 'tpu'], /--device "tpu" is unknown/],
    [['correct', '--length', 'short'], /--length does not belong to "correct"/],
    [['summarize', '--write', 'a'], /--write does not belong to "summarize"/],
    [['correct', '--write'], /--write needs file names/],
    [['correct', '--write', '--check', 'a'], /cannot be combined/],
    [['correct', '--jsonl', '--json'], /--jsonl cannot be combined with --json/],
    [['correct', '--jsonl', '--changed'], /--jsonl cannot be combined with --changed/],
    [['correct', '--fix', '--write', 'a'], /--write cannot be combined with --fix/],
    [['correct', '--fix'], /--fix needs file names/],
    [['correct', '--fix', '--output', 'json', 'a'], /--fix cannot be combined with --output/],
    [['correct', '--diff', '--output', 'text'], /--diff cannot be combined with --output/],
    [['correct', '--changed', '--since', 'main'], /--changed cannot be combined with --since/],
    [['correct', '--output', 'xml'], /--output "xml" is unknown; one of text, json, sarif, rdjson, github/],
    [['paraphrase', '--output', 'json'], /--output does not belong to "paraphrase"/],
    [['correct', '--stdin-filename', 'a.md', 'b.md'], /--stdin-filename belongs to a text on standard input/],
    [['correct', '--stdin-filename', ''], /--stdin-filename is empty/],
    [['models', 'x'], /models takes no files/],
    [['trace', 'a', 'b'], /one file/],
  ])('refuses %j', (argv, expected) => {
    expect(() => readCommandLine(argv)).toThrow(UsageError);
    expect(() => readCommandLine(argv)).toThrow(expected);
  });
});
