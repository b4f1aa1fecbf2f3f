// What this machine has and lacks: the cache folder outside the repository, Debian packages, a Chromium.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Advice, capture, isOnPath, run } from './processes.mjs';

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Downloads that are kept between runs: code-server, the Python environment. Never inside the repository. */
export function cacheFolder() {
  if (process.env.NAR_TEXT_CACHE) return process.env.NAR_TEXT_CACHE;
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'nar-text-tools');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nar-text-tools');
}

/**
 * The environment without what npm, or a VS Code terminal, adds to it: a nested `npm install` and a nested
 * VS Code must not inherit it.
 */
export function plainEnvironment(extra = {}) {
  const environment = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      /^(npm_(lifecycle|package|command|execpath|node_execpath)|INIT_CWD|VSCODE_|CODE_SERVER_|ELECTRON_RUN_AS_NODE)/.test(
        name,
      )
    )
      continue;
    // Settings of this repository's .npmrc and of the outer npm call; a registry chosen by the user stays.
    if (/^npm_config_/.test(name) && !/registry|proxy|cafile|userconfig|globalconfig|cache$/.test(name)) continue;
    environment[name] = value;
  }
  return { ...environment, ...extra };
}

const hasDebianPackage = (name) =>
  capture('dpkg-query', ['-W', '-f=${Status}', name]).stdout.includes('install ok installed');

/**
 * Installs the Debian packages that are missing when we are root on a Debian-like machine.
 * Anywhere else the missing ones are returned, and the caller says what to do.
 */
export async function ensureDebianPackages(names) {
  if (process.platform !== 'linux' || !isOnPath('dpkg-query')) return names;
  const missing = names.filter((name) => !hasDebianPackage(name));
  if (missing.length === 0) return [];
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) return missing;
  console.log(`Installing Debian packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  await run('apt-get', [...quiet, 'update'], { env });
  await run('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...missing], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return missing.filter((name) => !hasDebianPackage(name));
}

/** Path of a Chromium or Chrome, or undefined. */
export function findChromium() {
  const places = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((place) => place && existsSync(place));
}

/** Path of a Chromium; installs Debian's where it may. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  await ensureDebianPackages(['chromium', 'fonts-liberation']);
  const installed = findChromium();
  if (!installed)
    throw new Advice(
      'No Chromium was found. Install it (Debian: sudo apt-get install chromium) or set CHROMIUM to the path of a Chrome or Chromium.',
    );
  return installed;
}
