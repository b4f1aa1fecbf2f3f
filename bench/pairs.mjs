// Compares decoders as they are, without the product's guards: zstd -dc PAIRS.jsonl.zst | node bench/pairs.mjs --task
// rephrase --decoders mask-predict,insertion [--passes 1,4]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'node_modules/.cache/nar-text-bench');
mkdirSync(folder, { recursive: true });
const outfile = path.join(folder, `pairs-${process.pid}.mjs`);
await build({
  entryPoints: [path.join(root, 'bench/pairs.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
  external: ['onnxruntime-node', 'onnxruntime-web'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
process.exitCode =
  spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NAR_TEXT_ROOT: root },
  }).status ?? 1;
