/**
 * Bundles for tests that start a real process, made from the sources as they are now; apart from dist/,
 * which others may be building.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const root = path.join(__dirname, '../..');

/** @returns the bundle's path; inside the repository, so that onnxruntime-node is found */
export function bundle(room: 'server' | 'cli'): string {
  const folder = path.join(root, 'node_modules/.cache/nar-text-tests');
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `${room}-${process.pid}.js`);
  buildSync({
    entryPoints: [path.join(root, `src/${room}/main.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['onnxruntime-node', 'onnxruntime-web'],
    define: { 'import.meta.url': '__filename' },
    logLevel: 'silent',
  });
  return outfile;
}
