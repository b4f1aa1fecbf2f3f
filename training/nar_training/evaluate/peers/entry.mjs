// Where an installed ES module package starts: its package.json may export "import" only,
// which require.resolve refuses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export function importFrom(folder, name, subpath = '.') {
  const root = join(folder, 'node_modules', name);
  const { exports, main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  let target = exports?.[subpath] ?? main;
  while (typeof target === 'object') target = target.import ?? target.default;
  return import(pathToFileURL(join(root, target)).href);
}
