// Asks the teacher for rewritings, headlines and one-sentence summaries.
//
//     node generate.mjs MODEL.gguf instructions.json IN.jsonl OUT.jsonl [SEQUENCES] [THREADS]
//
// IN has lines {"id", "kind", "text"}; a kind is a key of the instructions ("sentence", "section"). OUT gets one line a
// row, {"id", "kind", "text", ...answers}, as soon as it is there, and a later run goes on where this one stopped. All
// answers of a row come in one completion, a labelled line each: the text is read once, and a later answer sees what
// the earlier ones said. Greedy: the same text gets the same answers. An instruction is read once too: its keys and
// values go from the first sequence to the others through a file. Rows of one kind in succession are a block; a new
// block costs one reading of its instruction.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, LlamaCompletion } from 'node-llama-cpp';

const USAGE = 'usage: node generate.mjs MODEL.gguf instructions.json IN.jsonl OUT.jsonl [SEQUENCES] [THREADS]';
/** Tokens a sequence holds: instruction (about 520), text (a section of 120 words: about 180), answers (about 130). */
const CONTEXT = 1024;

const [, , modelPath, instructionsPath, inputPath, outputPath, sequences = '12', threads = '2'] = process.argv;
if (!outputPath) {
  console.error(USAGE);
  process.exit(2);
}

/** The rows of a JSON Lines file; a last line that was cut off by an interrupt is left out, to be made again. */
function readRows(path) {
  if (!fs.existsSync(path)) return [];
  const lines = fs.readFileSync(path, 'utf8').split('\n');
  return lines.slice(0, -1).filter(Boolean).map((line) => JSON.parse(line));
}

/** The answers in a completion, by label; one that is missing is an empty text, which no filter lets through. */
function parseAnswers(completion, labels) {
  const lines = completion.split('\n').map((line) => line.trim());
  return Object.fromEntries(labels.map((label) => {
    const line = lines.find((candidate) => candidate.startsWith(`${label}:`));
    return [label, line ? line.slice(label.length + 1).trim() : ''];
  }));
}

const instructions = JSON.parse(fs.readFileSync(instructionsPath, 'utf8'));
const done = new Set(readRows(outputPath).map((row) => row.id));
const waiting = readRows(inputPath).filter((row) => !done.has(row.id));
for (const { kind } of waiting) if (!instructions[kind]) throw new Error(`${inputPath}: no instruction for the kind
"${kind}"`);

const llama = await getLlama({ gpu: false, build: 'never', maxThreads: Number(threads), logLevel: 'error' });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({
  sequences: Number(sequences), contextSize: CONTEXT, batchSize: CONTEXT, threads: Number(threads),
});
const held = Array.from({ length: Number(sequences) }, () => context.getSequence());
const writers = held.map((contextSequence) => new LlamaCompletion({ contextSequence }));

/** Reads the instruction of a kind with the first sequence and gives its keys and values to all of them. */
async function prepare(kind) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'teacher-'));
  const file = path.join(folder, 'instruction');
  try {
    await held[0].clearHistory();
    await held[0].evaluateWithoutGeneratingNewTokens(model.tokenize(opening(kind), true));
    await held[0].saveStateToFile(file);
    for (const sequence of held.slice(1)) await sequence.loadStateFromFile(file, { acceptRisk: true });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const opening = (kind) =>
  `<|im_start|>system\n${instructions[kind].instruction}<|im_end|>\n<|im_start|>user\n${instructions[kind].label}:`;

async function answer(writer, { id, kind, text }) {
  const { answers } = instructions[kind];
  const question = ` ${text}<|im_end|>\n<|im_start|>assistant\n${answers[0]}:`;
  const prompt = [...model.tokenize(opening(kind), true), ...model.tokenize(question, true)];
  const maxTokens = Math.min(240, 40 + Math.ceil(text.length / 3) * (kind === 'sentence' ? answers.length : 1));
  const completion = await writer.generateCompletion(prompt, { maxTokens, temperature: 0 });
  return { id, kind, text, ...parseAnswers(`${answers[0]}:${completion}`, answers) };
}

const started = Date.now();
let written = 0;
for (let at = 0; at < waiting.length;) {
  const { kind } = waiting[at];
  let end = at;
  while (end < waiting.length && waiting[end].kind === kind) end++;
  let next = at;
  at = end;
  await prepare(kind);
  await Promise.all(writers.map(async (writer) => {
    while (next < end) {
      const row = waiting[next++];
      fs.appendFileSync(outputPath, `${JSON.stringify(await answer(writer, row))}\n`);
      if (++written % 12 === 0) {
        const seconds = (Date.now() - started) / 1000;
        console.error(`${written} of ${waiting.length} rows, ${(seconds / written).toFixed(1)} s a row`);
      }
    }
  }));
}
process.exit(0);
