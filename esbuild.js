// Builds every bundle: node esbuild.js [--watch] [--minify]
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');
const watch = process.argv.includes('--watch');
const minify = process.argv.includes('--minify');

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: true,
  minify,
  logLevel: 'warning',
  // onnxruntime loads its own native binary and wasm from its package folder, so it stays outside the bundles.
  external: ['vscode', 'onnxruntime-node', 'onnxruntime-web'],
  // fdir makes itself a `require`, for which any absolute path will do.
  define: { 'import.meta.url': '__filename' },
};
// The language client's library in four bundles, the lower ones first: what a bundle leaves out it takes from
// the bundle named beside it.
const languageClient = [
  { name: 'language-rpc', leavesOut: [] },
  { name: 'language-protocol', leavesOut: [[/^vscode-jsonrpc(\/node)?$/, './language-rpc']] },
  { name: 'language-features', leavesOut: [[/^vscode-languageserver-protocol(\/node)?$/, './language-protocol']] },
  {
    name: 'language-client',
    leavesOut: [
      [/^vscode-languageserver-protocol(\/node)?$/, './language-protocol'],
      [/^vscode-jsonrpc(\/node)?$/, './language-rpc'],
    ],
  },
];
// Its features and converters know nothing of the client itself: they are the bundle 'language-features',
// each module under its name.
const library = path.join(__dirname, 'node_modules/vscode-languageclient/lib/common');
const featureNames = [
  ...fs.readdirSync(library),
  ...fs.readdirSync(path.join(library, 'utils')).map((name) => `utils/${name}`),
]
  .filter((name) => name.endsWith('.js') && !/^(client|api|proposed.*)\.js$/.test(name))
  .map((name) => name.slice(0, -3));
const featureModules = {
  name: 'feature-modules',
  setup: (build) => {
    const isFeatures = 'language-features' in build.initialOptions.entryPoints;
    const all = `module.exports = { ${featureNames.map((name) => `'${name}': require('./${name}')`).join(', ')} };`;
    if (isFeatures)
      build.onLoad({ filter: /language-features\.ts$/ }, () => ({ contents: all, resolveDir: library, loader: 'js' }));
    else
      build.onResolve({ filter: /^\.\.?\// }, ({ path: asked, resolveDir }) => {
        const name = path.relative(library, path.join(resolveDir, asked)).replaceAll('\\', '/');
        return featureNames.includes(name) ? { path: name, namespace: 'feature' } : undefined;
      });
    build.onLoad({ filter: /.*/, namespace: 'feature' }, ({ path: name }) => ({
      contents: `module.exports = require('./language-features')['${name}'];`,
      resolveDir: __dirname,
    }));
  },
};
const takenFrom = (leavesOut) => ({
  name: 'taken-from',
  setup: (build) =>
    leavesOut.forEach(([filter, path]) => build.onResolve({ filter }, () => ({ path, external: true }))),
});
// esbuild copies all of the 'vscode' module's members once for each importing file, which activation waits for: import
// it plainly.
const plainVscode = {
  name: 'plain-vscode',
  setup: (build) =>
    build.onLoad({ filter: /src[\\/]extension[\\/].+\.ts$/ }, async ({ path }) => ({
      contents: (await fs.promises.readFile(path, 'utf8')).replace(
        "import * as vscode from 'vscode';",
        "const vscode = require('vscode') as typeof import('vscode');",
      ),
      loader: 'ts',
    })),
};
const builds = [
  {
    ...node,
    entryPoints: { extension: 'src/extension/extension.ts' },
    plugins: [plainVscode],
    supported: { 'dynamic-import': false },
    external: [...node.external, ...languageClient.map(({ name }) => `./${name}`)],
  },
  ...languageClient.map(({ name, leavesOut }) => ({
    ...node,
    entryPoints: { [name]: `src/extension/engine/${name}.ts` },
    plugins: [featureModules, plainVscode, takenFrom(leavesOut)],
    external: [...node.external, './language-features'],
  })),
  {
    ...node,
    entryPoints: { server: 'src/server/main.ts', cli: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    sourcemap: true,
    minify,
    logLevel: 'warning',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { webview: 'src/webview/main.tsx', replay: 'src/webview/replay.ts' },
    loader: { '.css': 'css' },
  },
].filter((build) => Object.values(build.entryPoints).every((file) => fs.existsSync(file)));

/** Grammars of code lie beside the bundles: they are loaded one by one when a file of their language is read. */
function copyGrammars() {
  const from = path.join(__dirname, 'node_modules/@vscode/tree-sitter-wasm');
  const to = path.join(__dirname, 'dist/grammars');
  fs.mkdirSync(to, { recursive: true });
  const used = fs
    .readFileSync(path.join(__dirname, 'src/text/code/languages.ts'), 'utf8')
    .match(/tree-sitter-[a-z-]+(?=')/g);
  for (const name of ['tree-sitter.js', 'tree-sitter.wasm', ...used.map((name) => `${name}.wasm`)])
    fs.copyFileSync(path.join(from, 'wasm', name), path.join(to, name));
}

(async () => {
  copyGrammars();
  for (const build of builds) {
    const options = { ...build, outdir: 'dist' };
    if (watch) await (await esbuild.context(options)).watch();
    else await esbuild.build(options);
  }
})().catch(() => process.exit(1));
