// Measures the engine: node bench/run.mjs [--model DIR] [--models DIR] [--json]; the decoders of whole targets against
// each other: node bench/run.mjs decoders --pairs FILE; parallel against left to right: node bench/run.mjs crossover; a
// graph of vertices: node bench/run.mjs da-transformer; several networks: node bench/run.mjs networks; documents that
// are hard to read: node bench/run.mjs hard; texts put together at random: node bench/run.mjs fuzz; real documents of
// each format: node bench/run.mjs formats. Build first: npm run build.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'node_modules/.cache/nar-text-bench');
mkdirSync(folder, { recursive: true });
const suites = ['decoders', 'crossover', 'da-transformer', 'networks', 'hard', 'fuzz', 'formats'];
const [suite, options] = suites.includes(process.argv[2])
  ? [process.argv[2], process.argv.slice(3)]
  : ['main', process.argv.slice(2)];
const outfile = path.join(folder, `${suite}.mjs`);
await build({
  entryPoints: [path.join(root, `bench/${suite}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
  external: ['onnxruntime-node', 'onnxruntime-web'],
  // Packages of the language server are CommonJS and ask for Node's own modules by require.
  // Grammars are looked for beside the bundle; the built ones lie in dist.
  banner: {
    js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
      const __dirname = ${JSON.stringify(path.join(root, 'dist'))};`,
  },
});
process.exitCode =
  spawnSync(process.execPath, [outfile, ...options], { stdio: 'inherit', env: { ...process.env, NAR_TEXT_ROOT: root } })
    .status ?? 1;
