// Measures the engine: node bench/run.mjs [--model DIR] [--models DIR] [--json]; the decoders of whole targets against
// each other: node bench/run.mjs decoders --pairs FILE; parallel against left to right: node bench/run.mjs crossover; a
// graph of vertices: node bench/run.mjs da-transformer; several networks: node bench/run.mjs networks; documents that
// are hard to read: node bench/run.mjs hard; texts put together at random: node bench/run.mjs fuzz; real documents of
// each format: node bench/run.mjs formats; large files in an editor: node bench/run.mjs opening. Build first: npm run
// build.
import { runBundled } from './bundled.mjs';

const suites = [
  'decoders',
  'crossover',
  'da-transformer',
  'networks',
  'hard',
  'fuzz',
  'formats',
  'format-cuts',
  'opening',
];
const [suite, words] = suites.includes(process.argv[2])
  ? [process.argv[2], process.argv.slice(3)]
  : ['main', process.argv.slice(2)];
await runBundled(suite, words);
