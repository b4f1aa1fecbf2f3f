// Bundles a bench that is written in TypeScript and runs it; its exit code becomes this process's.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** `name`: of the file bench/<name>.ts; `outputName`: of the bundle, where several may run at the same time. */
export async function runBundled(name, words, outputName = name) {
  const folder = path.join(root, 'node_modules/.cache/nar-text-bench');
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `${outputName}.mjs`);
  await build({
    entryPoints: [path.join(root, `bench/${name}.ts`)],
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
  const env = { ...process.env, NAR_TEXT_ROOT: root };
  process.exitCode = spawnSync(process.execPath, [outfile, ...words], { stdio: 'inherit', env }).status ?? 1;
}
