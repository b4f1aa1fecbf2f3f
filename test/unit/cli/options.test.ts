import { describe, expect, it } from 'vitest';
import { readCommandLine, type CommandLine } from '../../../src/cli/options';
import { UsageError } from '../../../src/cli/usage';

const read = (...argv: string[]): CommandLine => readCommandLine(argv) as CommandLine;

describe('readCommandLine', () => {
  it('reads every option', () => {
    expect(read('correct', 'a.md', 'b.txt', '--write', '--model', 'm', '--device', 'cpu', '--decoder', 'edit-tags', '--passes', '3', '--threshold', '0.5', '--threads', '2')).toMatchObject({
      command: 'correct', files: ['a.md', 'b.txt'], write: true, model: 'm', device: 'cpu', decoder: 'edit-tags', decodeOptions: { passes: 3 }, threshold: 0.5, threads: 2,
    });
    expect(read('summarize', '--length', 'key-sentences', '-')).toMatchObject({ length: 'key-sentences', files: [] });
    expect(read('paraphrase', '--mode', 'shorter', '--jsonl')).toMatchObject({ mode: 'shorter', jsonl: true, candidates: 3 });
    expect(read('trace', '--option', 'blockSize=8', '--option', 'order=margin', '--option', 'sourceCopy=true', '--option', 'rerankWeight=0.5', '--passes', '2').decodeOptions)
      .toEqual({ passes: 2, blockSize: 8, order: 'margin', sourceCopy: true, rerankWeight: 0.5 });
    expect(read('trace', '--decoder', 'da-transformer', '--option', 'pathSearch=viterbi', '--option', 'lengthPenalty=0.5')).toMatchObject({ decoder: 'da-transformer', decodeOptions: { pathSearch: 'viterbi', lengthPenalty: 0.5 } });
    expect(readCommandLine(['--help'])).toBe('help');
    expect(readCommandLine(['correct', '--version'])).toBe('version');
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
    [['trace', '--option', 'order=up'], /--option order "up" is unknown; one of probability, margin, entropy/],
    [['trace', '--option', 'pathSearch=best'], /--option pathSearch "best" is unknown; one of greedy, lookahead, viterbi/],
    [['trace', '--option', 'magic=1'], /--option "magic" is unknown; one of lengthBeam/],
    [['bench', '--option', 'seed=1'], /--option does not belong to "bench"/],
    [['correct', '--decoder', 'magic'], /--decoder "magic" is unknown/],
    [['correct', '--device', 'tpu'], /--device "tpu" is unknown/],
    [['correct', '--length', 'short'], /--length does not belong to "correct"/],
    [['summarize', '--write', 'a'], /--write does not belong to "summarize"/],
    [['correct', '--write'], /--write needs file names/],
    [['correct', '--write', '--check', 'a'], /cannot be combined/],
    [['correct', '--jsonl', '--json'], /cannot be combined/],
    [['models', 'x'], /models takes no files/],
    [['trace', 'a', 'b'], /one file/],
  ])('refuses %j', (argv, expected) => {
    expect(() => readCommandLine(argv)).toThrow(UsageError);
    expect(() => readCommandLine(argv)).toThrow(expected);
  });
});
