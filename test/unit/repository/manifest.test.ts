/**
 * package.json, its texts, the trace schema and the index of decoders say what src/protocol
 * says (scripts/manifest.mjs).
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = path.join(__dirname, '../../..');
const files = [
  'package.json',
  'package.nls.json',
  'docs/trace.schema.json',
  'docs/decoders/README.md',
  'schemas/corrections.schema.json',
  'schemas/project.schema.json',
];
const manifest = (...words: string[]) =>
  spawnSync(process.execPath, [path.join(root, 'scripts/manifest.mjs'), ...words], { encoding: 'utf8' });

describe('what is made from src/protocol', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'manifest-'));
  afterAll(() => rmSync(copy, { recursive: true }));

  it('is not stale; if it is: node scripts/manifest.mjs --write', () => {
    expect(manifest()).toMatchObject({ status: 0, stderr: '' });
  });

  it('is named where somebody changed it by hand, and written anew when asked', () => {
    mkdirSync(path.join(copy, 'docs/decoders'), { recursive: true });
    mkdirSync(path.join(copy, 'schemas'));
    for (const file of files) copyFileSync(path.join(root, file), path.join(copy, file));
    const change = (file: string, from: string, to: string): void => {
      const text = readFileSync(path.join(copy, file), 'utf8');
      expect(text).toContain(from);
      writeFileSync(path.join(copy, file), text.replace(from, to));
    };
    change('package.json', '"doubled-word"', '"twice"');
    change('package.json', 'onLanguage:mdx', 'onLanguage:latex');
    change('package.nls.json', 'A misspelt word.', 'A wrong word.');
    change('docs/trace.schema.json', '"mask-predict"', '"mask-guess"');
    change('schemas/corrections.schema.json', '"spelling"', '"speling"');
    change('schemas/project.schema.json', 'Whose spelling is right', 'Whose words are right');
    change('docs/decoders/README.md', '| Ghazvininejad 2019 |', '| somebody |');
    const stale = manifest('--root', copy);
    expect(stale.status).toBe(1);
    for (const file of files) expect(stale.stderr + stale.stdout).toContain(file);
    expect(manifest('--root', copy, '--write').status).toBe(0);
    for (const file of files)
      expect(readFileSync(path.join(copy, file), 'utf8'), file).toBe(readFileSync(path.join(root, file), 'utf8'));
  });
});
