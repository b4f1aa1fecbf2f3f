/** A comment or a page that names a file of the repository names one that is there: files move, and names stay. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.join(__dirname, '../../..');
const folders = ['src', 'scripts', 'bench', 'training/nar_training', 'training/tests', 'docs', '.'];
const inRooms =
  '(?:protocol|text|english|decode|engine|project|server|cli|extension|webview)/[\\w./-]+\\.(?:ts|tsx|json|css)';
const named = new RegExp(
  `(?<![\\w./-])(?:src/${inRooms}|training/(?:nar_training|tests)/[\\w./-]+\\.py|scripts/[\\w./-]+\\.mjs|` +
    'bench/[\\w./-]+\\.(?:ts|mjs)|test/(?:unit|e2e|webview|integration)/[\\w./-]+\\.(?:ts|mjs|js))(?!\\w)',
  'g',
);
/** Records of what was decided or changed are not rewritten. */
const isHistory = (file: string): boolean => file.startsWith('docs/decisions/') || file === 'CHANGELOG.md';

it('every file that a comment or a page names is there', () => {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
      .map((name) => path.join(folder, name).replaceAll(path.sep, '/'))
      .filter((name) => /\.(?:tsx?|mjs|js|py|md)$/.test(name) && !isHistory(name)),
  );
  const missing = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(named)]
      .filter(([name]) => !existsSync(path.join(root, name)))
      .map(([name]) => `${file}: ${name}`),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(missing).toEqual([]);
});
