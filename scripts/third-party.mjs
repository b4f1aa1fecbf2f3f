#!/usr/bin/env node
// Writes THIRD-PARTY-NOTICES.md: the packages whose code is in the bundles (from esbuild's own list) and those that
// stand beside them in the package.
// node scripts/third-party.mjs [--check]   --check only compares, for the tests
import { build } from 'esbuild';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from './library/machine.mjs';
import { Advice, fail } from './library/processes.mjs';

const besideTheBundles = ['onnxruntime-node', 'onnxruntime-web', 'onnxruntime-common', '@vscode/tree-sitter-wasm'];
const notice = join(repository, 'THIRD-PARTY-NOTICES.md');

/** Folders of the packages of which at least one byte is in a bundle. */
async function bundledPackages() {
  const node = {
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'silent',
    outdir: 'dist',
    external: ['vscode', 'onnxruntime-node', 'onnxruntime-web'],
    absWorkingDir: repository,
  };
  const results = [
    await build({ ...node, entryPoints: ['src/extension/extension.ts', 'src/server/main.ts', 'src/cli/main.ts'] }),
    await build({
      ...node,
      platform: 'browser',
      format: 'iife',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      entryPoints: ['src/webview/main.tsx'],
    }),
  ];
  const folders = new Set();
  for (const { metafile } of results) {
    for (const { inputs } of Object.values(metafile.outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
        if (match && bytesInOutput > 0) folders.add(match[1]);
      }
    }
  }
  return folders;
}

function describe(folder) {
  const path = join(repository, folder);
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((name) => /^(licen[sc]e|copying)/i.test(name));
  const text = file ? readFileSync(join(path, file), 'utf8').replace(/\r\n/g, '\n').trim() : undefined;
  const copyright =
    text && manifest.license !== 'Apache-2.0'
      ? [...text.matchAll(/^\s*(?:\(c\)|copyright (?:\(c\)|©|\d)).*$/gim)].map(([line]) => line.trim())
      : [];
  const author = manifest.name.startsWith('onnxruntime-')
    ? 'Copyright (c) Microsoft Corporation'
    : manifest.name.startsWith('@huggingface/')
      ? 'Hugging Face'
      : typeof manifest.author === 'string'
        ? manifest.author
        : manifest.author?.name;
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license ?? manifest.licenses?.[0]?.type ?? 'MIT',
    copyright: copyright[0] ?? author ?? '',
    text,
  };
}

/** A licence text without its copyright lines, so that equal licences are printed once. */
const body = (text) =>
  text
    .split('\n')
    .filter((line) => !/^\s*(\(c\)|copyright (\(c\)|©|\d))/i.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

async function render() {
  const folders = [...besideTheBundles.map((name) => `node_modules/${name}`), ...(await bundledPackages())];
  const packages = [
    ...new Map(folders.map(describe).map((entry) => [`${entry.name} ${entry.version}`, entry])).values(),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const texts = new Map();
  for (const { name, license, text } of packages) {
    // The full Apache licence stands in LICENSE.
    if (!text || license === 'Apache-2.0') continue;
    const key = body(text)
      .replace(/^(the )?(mit|isc) licen[sc]e( \(mit\))?/i, '')
      .replace(/\s+/g, ' ')
      .trim();
    const entry = texts.get(key) ?? { license, text: body(text), names: [] };
    entry.names.push(name);
    texts.set(key, entry);
  }
  return `# Third-party notices

NAR Text Tools is licensed under the Apache License 2.0 ([LICENSE](LICENSE)). Its package contains code of others, under their own licences. \`node scripts/third-party.mjs\` writes this file from what is really bundled.

## Code

| package | version | licence | copyright |
|---|---|---|---|
${packages.map(({ name, version, license, copyright }) => `| ${name} | ${version} | ${license} | ${copyright.replace(/\|/g, '\\|')} |`).join('\n')}

ONNX Runtime (onnxruntime-node, onnxruntime-web, onnxruntime-common) is Copyright (c) Microsoft Corporation, MIT licence; the notices of its own components are in its ThirdPartyNotices.txt at https://github.com/microsoft/onnxruntime.

## Model

The weights of \`models/nar-base\` start from all-MiniLM-L6-v2 (sentence-transformers, Apache License 2.0). The texts on which the model was trained, with their licences, are listed in its model card, \`models/nar-base/README.md\`; the sources of the word lists are in \`models/lexicon/NOTICE.md\`.

## Licence texts

${[...texts.values()].map(({ license, text, names }) => `### ${license}: ${names.join(', ')}\n\n\`\`\`text\n${text}\n\`\`\``).join('\n\n')}
`;
}

async function main() {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const text = await render();
  if (!values.check) writeFileSync(notice, text);
  else if (!existsSync(notice) || readFileSync(notice, 'utf8') !== text)
    throw new Advice('THIRD-PARTY-NOTICES.md is out of date: run node scripts/third-party.mjs');
}

main().catch(fail);
