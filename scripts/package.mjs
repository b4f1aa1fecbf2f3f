#!/usr/bin/env node
// Packages the extension for one platform: node scripts/package.mjs [--target NAME of library/targets.mjs] [--no-build]
// [--release]: refuses a package that is not ready to be published.
// Stages only what runs: dist, media, schemas, models without the graphs for graphics cards, one platform's ONNX
// Runtime, and its WebAssembly build for machines where no native binary loads.
import { createVSIX } from '@vscode/vsce';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { repository } from './library/machine.mjs';
import { linkBases, readPublishing } from './library/publishing.mjs';
import { devicesOf, leftOut, targets } from './library/targets.mjs';
import { Advice, fail, run } from './library/processes.mjs';

/** @returns {Promise<string>} path of the .vsix */
export async function packageExtension(
  target = `${process.platform}-${process.arch}`,
  { build = true, release = false } = {},
) {
  if (!(target in targets))
    throw new Advice(`There is no package for ${target}; one of ${Object.keys(targets).join(', ')}`);
  const links = linkBases(readPublishing());
  if (release) checkReady(links);
  if (build) await run(process.execPath, ['esbuild.js', '--minify'], { cwd: repository });
  const stage = join(repository, 'out', 'stage', target);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const copy = (path, filter = () => true) => {
    if (!existsSync(join(repository, path))) return;
    cpSync(join(repository, path), join(stage, path), {
      recursive: true,
      dereference: true,
      filter: (source) => statSync(source).isDirectory() || filter(basename(source)),
    });
  };
  const notMaps = (name) => !/\.(map|d\.ts)$/.test(name);
  copy('dist', notMaps);
  copy('media');
  copy('schemas');
  copy('examples');
  copy('models', (name) => !/_fp16\.onnx$/.test(name));
  copy('l10n');
  for (const file of [
    'LICENSE',
    'README.md',
    'CHANGELOG.md',
    'THIRD-PARTY-NOTICES.md',
    'package.nls.json',
    'package.nls.de.json',
    '.vscodeignore',
  ])
    copy(file);
  stageRuntime(target, copy, stage, notMaps);
  writeManifest(stage, target);
  const out = join(repository, 'out');
  const { name, version } = readJson(join(repository, 'package.json'));
  const packagePath = join(out, `${name}-${target}-${version}.vsix`);
  await createVSIX({
    cwd: stage,
    packagePath,
    target,
    rewriteRelativeLinks: links !== undefined,
    ...links,
    skipLicense: true,
  });
  return packagePath;
}

/** @throws Advice */
function checkReady(links) {
  if (!links) throw new Advice('publishing.json names a placeholder: write publisher and repository there first');
  const { version } = readJson(join(repository, 'package.json'));
  const changelog = readFileSync(join(repository, 'CHANGELOG.md'), 'utf8');
  if (!new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm').test(changelog))
    throw new Advice(`CHANGELOG.md has no dated section for ${version}: node scripts/release.mjs VERSION`);
}

function stageRuntime(target, copy, stage, notMaps) {
  const { native: folder } = targets[target];
  const native = 'node_modules/onnxruntime-node';
  if (folder) {
    copy(`${native}/dist`, notMaps);
    copy(`${native}/bin/napi-v6/${folder}`, (name) => !leftOut.some((pattern) => pattern.test(name)));
    copy(`${native}/package.json`);
  }
  const web = 'node_modules/onnxruntime-web';
  copy(`${web}/dist`, (name) =>
    ['ort.node.min.js', 'ort.node.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'].includes(name),
  );
  copy(`${web}/package.json`);
  const common = 'node_modules/onnxruntime-common';
  copy(`${common}/dist`, notMaps);
  copy(`${common}/package.json`);
  // The packages' own dependencies only serve their install scripts and their browser bundles.
  for (const path of [native, web, common]) {
    const file = join(stage, path, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version, license, main, type, exports } = readJson(file);
    writeJson(file, { name, version, license, main, type, exports });
  }
}

/**
 * package.json without what only the repository needs; onnxruntime's packages become the only
 * dependencies, all else is bundled.
 */
function writeManifest(stage, target) {
  const manifest = readJson(join(repository, 'package.json'));
  offerOnly(manifest, devicesOf(target));
  delete manifest.files;
  delete manifest.devDependencies;
  delete manifest.scripts;
  const modules = readdirSync(join(stage, 'node_modules'));
  manifest.dependencies = Object.fromEntries(
    modules.map((name) => [name, readJson(join(stage, 'node_modules', name, 'package.json')).version]),
  );
  writeJson(join(stage, 'package.json'), manifest);
}

/**
 * A device that the package cannot run is not offered: neither by the settings nor by Select Device, which reads them.
 */
export function offerOnly(manifest, devices) {
  const groups = manifest.contributes.configuration;
  const property = groups
    .map(({ properties }) => properties['narTextTools.device'])
    .find((found) => found !== undefined);
  const kept = property.enum.map((device, index) => ({ device, text: property.markdownEnumDescriptions[index] }));
  const offered = kept.filter(({ device }) => devices.includes(device));
  property.enum = offered.map(({ device }) => device);
  property.markdownEnumDescriptions = offered.map(({ text }) => text);
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);

async function main() {
  const { values } = parseArgs({
    options: {
      target: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
      release: { type: 'boolean', default: false },
    },
  });
  const file = await packageExtension(values.target, { build: !values['no-build'], release: values.release });
  console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main().catch(fail);
