/** What `nar-text --help` prints, and the error for a wrong command line. */
import { decoderNames } from '../protocol/decoders';
import { effortNames } from '../protocol/effort';
import { ignoreFileName, projectFileName } from '../protocol/project-file';
import { textFormats } from '../protocol/formats';
import {
  correctionLevels,
  devices,
  paraphraseModeNames,
  dialectChoices,
  styleChoices,
  summaryLengthNames,
  tasks,
} from '../protocol/tasks';
import { outputNames } from './output/output';

/** Wrong options or input: told in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Names in lines that fit a terminal, indented like the other explanations. */
function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const name of names) {
    const line = lines.at(-1)!;
    if (line.length + name.length > 60) lines.push(name);
    else lines[lines.length - 1] = line === '' ? name : `${line}, ${name}`;
  }
  return lines.join(`,\n${' '.repeat(28)}`);
}

const either = (names: readonly string[]): string => names.join('|');

export const usage = `nar-text: correct, paraphrase and summarize technical prose with small models on this machine

  nar-text correct    [PATH...]  corrected text
  nar-text paraphrase [PATH...]  the text said in other words, sentence by sentence
  nar-text summarize  [PATH...]  a summary
  nar-text trace      [FILE]     every refinement step of one sentence or short text, as JSON
  nar-text dictionary [WORD...]  puts words into the project's dictionary; without words it prints those that are there
  nar-text bench                 how fast this machine is
  nar-text models                the models that can be used
  nar-text mcp                   tools for agents: a server of the Model Context Protocol on standard input and output

PATH is a file, a folder (every file of a known kind in it, but for what .gitignore and ${ignoreFileName} name) or a
pattern in quotes ('docs/**/*.md'). Without one (or with "-") the text is read from standard input. What holds for the
texts of a folder stands in its ${projectFileName}: docs/pipelines.md has its keys.

  --format ${textFormats.join('|')}
                            default: by file name, standard input is plain; a file of another kind needs it
  --stdin-filename NAME     whose name the text on standard input has: its format, and what its project says
  --write                   change the files instead of printing (correct, paraphrase)
  --fix                     change the files, but only what is sure (correct); what is left is counted
  --diff                    print what --write, or together with --fix that, would change, as a unified diff
  --check                   print what would change and exit with 1 if anything would (correct, paraphrase)
  --output ${either(outputNames)}
                            print what would change in this form; with --check exit with 1 if anything would (correct)
  --changed                 only files that stand in git's index for the next commit, as they are in their folders
  --since REVISION          only files that changed since the branch left REVISION, committed or not
  --ignore-unknown          leave files of an unknown kind alone without a word, as hooks need it that pass whatever changed
  --no-cache                use no results of earlier runs, and keep none (correct)
  --json                    print the result of each file as a line of JSON
  --jsonl                   batch: lines {"id","text"} in, lines {"id","output","milliseconds","passes",...} out
  --model DIR               model folder (default: the bundled model)
  --device ${either(devices)}
  --dtype auto|fp32|fp16|int8...
  --threads N               threads inside one operator (default 1)
  --time-limit SECONDS      a text that takes longer to read is named and left alone (default 20); after half as long again
                            without a sign of life the run is ended, and the next one leaves the text alone
  --effort ${either(effortNames)}   decoder and passes in one word (correct, paraphrase, summarize; default balanced)
  --decoder NAME            ${wrapped(decoderNames)}
  --passes N                most forward passes after the encode (1 to 100); decoders that write from left to right write
                            until their text ends, and only in a trace are cut by it
  --option NAME=VALUE       an option of the decoder, as docs/decoders names them: blockSize=8, order=margin, … (may be
                            repeated); summarize takes decoder, passes and options for its rewriting step
  --lock WORDS              words that no step may change, everywhere they stand (trace; may be repeated); by index into
                            the trace's "source": --option lockedTokens=0,3,4
  --draft TEXT              start from this text, with <mask> for each open slot: "The <mask> <mask> file." (trace)
  --level ${either(correctionLevels)}   how much to see (correct, default balanced)
  --style ${either(styleChoices)}       matters of style too (correct; auto: with --level thorough)
  --dialect ${either(dialectChoices)}   words of the other one are misspelt (correct, default either)
  --threshold P             least confidence of a correction, 0 to 1 (default: the model's own for the level)
  --dictionary FILE         words that are never called misspelled, one a line; # begins a comment (correct)
  --mode ${either(paraphraseModeNames)}                     (paraphrase)
  --candidates N            how many paraphrases (paraphrase, default 3)
  --length ${either(summaryLengthNames)}      (summarize)
  --task ${either(tasks)}      (trace, default fix)
  --help, --version

Exit codes: 0 done, 1 with --check when something would change, 2 wrong usage or input.
`;
