#!/usr/bin/env node
// Dates what is unreleased: node scripts/release.mjs VERSION [--date YYYY-MM-DD] [--root FOLDER]
// CHANGELOG.md gets a section of the version below an empty [Unreleased]; package.json and its lock get the number.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from './library/machine.mjs';
import { Advice, fail } from './library/processes.mjs';

const numbers = (version) => version.split('.').map(Number);
const isHigher = (version, than) => {
  const [left, right] = [numbers(version), numbers(than)];
  const index = left.findIndex((number, at) => number !== right[at]);
  return index >= 0 && left[index] > right[index];
};

/** @returns the changelog with the section; @throws Advice */
export function dated(changelog, version, date) {
  const head = '## [Unreleased]\n';
  const start = changelog.indexOf(head);
  if (start < 0) throw new Advice('CHANGELOG.md has no section [Unreleased]');
  if (changelog.includes(`## [${version}]`)) throw new Advice(`CHANGELOG.md has a section [${version}] already`);
  const after = changelog.slice(start + head.length);
  const end = after.search(/^## \[/m);
  if ((end < 0 ? after : after.slice(0, end)).trim() === '') throw new Advice('Nothing is unreleased');
  return `${changelog.slice(0, start)}${head}\n## [${version}] - ${date}\n${after}`;
}

function main() {
  const { values, positionals } = parseArgs({
    options: { date: { type: 'string' }, root: { type: 'string' } },
    allowPositionals: true,
  });
  const [version] = positionals;
  const date = values.date ?? new Date().toISOString().slice(0, 10);
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) throw new Advice('The version is missing: three numbers, as in 0.2.0');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Advice('--date must be YYYY-MM-DD');
  const file = (name) => join(values.root ?? repository, name);
  const read = (name) => readFileSync(file(name), 'utf8');
  const manifest = JSON.parse(read('package.json'));
  const changelog = read('CHANGELOG.md');
  const isFirst = !/^## \[\d/m.test(changelog);
  if (!isHigher(version, manifest.version) && !(isFirst && version === manifest.version))
    throw new Advice(`${version} is not higher than ${manifest.version}`);
  const lock = JSON.parse(read('package-lock.json'));
  const text = dated(changelog, version, date);
  lock.version = lock.packages[''].version = manifest.version = version;
  writeFileSync(file('CHANGELOG.md'), text);
  for (const [name, value] of [
    ['package.json', manifest],
    ['package-lock.json', lock],
  ])
    writeFileSync(file(name), `${JSON.stringify(value, undefined, 2)}\n`);
  console.log(`${version} of ${date}: CHANGELOG.md, package.json and package-lock.json say so.`);
}

try {
  if (process.argv[1]?.endsWith('release.mjs')) main();
} catch (error) {
  fail(error);
}
