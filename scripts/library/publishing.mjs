// Who publishes and where the source lies: publishing.json says it once, package.json and the links of the package
// follow.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './machine.mjs';
import { Advice } from './processes.mjs';

/** @returns {{ publisher: string, repository: string }} */
export function readPublishing(text = readFileSync(join(repository, 'publishing.json'), 'utf8')) {
  const { publisher, repository: address } = JSON.parse(text);
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(publisher ?? ''))
    throw new Advice('publishing.json: "publisher" must be the id of a publisher: letters, digits and hyphens');
  if (!/^https:\/\/[^/]+\/.+[^/]$/.test(address ?? '') || address.endsWith('.git'))
    throw new Advice(
      'publishing.json: "repository" must be the https address of the repository, without .git at its end',
    );
  return { publisher, repository: address };
}

/** The fields of package.json that follow. */
export function publishedFields({ publisher, repository: address }) {
  return {
    publisher,
    repository: { type: 'git', url: `${address}.git` },
    bugs: { url: `${address}/issues` },
    homepage: `${address}#readme`,
  };
}

/**
 * Where links and pictures of the README lead on a marketplace, which shows no files of the package.
 * @returns undefined while the repository is a placeholder (a host that ends with .invalid)
 */
export function linkBases({ repository: address }) {
  const { host } = new URL(address);
  if (host.endsWith('.invalid')) return undefined;
  const inner = host.includes('gitlab') ? '/-' : '';
  return { baseContentUrl: `${address}${inner}/blob/HEAD`, baseImagesUrl: `${address}${inner}/raw/HEAD` };
}
