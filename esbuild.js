// Builds every bundle: node esbuild.js [--watch] [--minify]
const esbuild = require('esbuild');
const fs = require('node:fs');
const watch = process.argv.includes('--watch');
const minify = process.argv.includes('--minify');

const node = {
  bundle: true, platform: 'node', target: 'node20', format: 'cjs', sourcemap: true, minify, logLevel: 'warning',
  // onnxruntime loads its own native binary and wasm from its package folder, so it stays outside the bundles.
  external: ['vscode', 'onnxruntime-node', 'onnxruntime-web'],
};
const builds = [
  { ...node, entryPoints: { extension: 'src/extension/extension.ts' } },
  { ...node, entryPoints: { server: 'src/server/main.ts' } },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    bundle: true, platform: 'browser', target: 'es2022', format: 'iife', sourcemap: true, minify, logLevel: 'warning',
    jsx: 'automatic', jsxImportSource: 'preact', entryPoints: { webview: 'src/webview/main.tsx' }, loader: { '.css': 'css' },
  },
].filter((build) => Object.values(build.entryPoints).every((file) => fs.existsSync(file)));

(async () => {
  for (const build of builds) {
    const options = { ...build, outdir: 'dist' };
    if (watch) await (await esbuild.context(options)).watch();
    else await esbuild.build(options);
  }
})().catch(() => process.exit(1));
