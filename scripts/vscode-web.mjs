#!/usr/bin/env node
// A real VS Code in the browser: code-server (server, workbench and Node extension host of VS Code) kept in a cache
// folder. Library of start.mjs, test-integration.mjs and test/e2e; by hand: node scripts/vscode-web.mjs install | open
// [FOLDER] [--vsix FILE] [--port N]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { cacheFolder, ensureDebianPackages, plainEnvironment } from './library/machine.mjs';
import { Advice, capture, fail, freePort, run, startGroup, waitUntil } from './library/processes.mjs';

const codeServerVersion = '4.139.1'; // VS Code 1.139.1
const nodeMajor = 24; // the Node that this code-server is built for
// code-server compiles its native add-ons (kerberos, keytar, native-keymap) while it installs.
const buildPackages = ['python3', 'make', 'g++', 'libkrb5-dev', 'libx11-dev', 'libxkbfile-dev', 'libsecret-1-dev'];

/**
 * Installs code-server and the Node it needs into the cache folder, once; an interrupted install is resumed.
 * @returns {Promise<{ node: string, root: string, environment: NodeJS.ProcessEnv }>} Node's path, code-server's
 * folder, environment to run it in
 */
export async function installCodeServer() {
  const folder = join(cacheFolder(), `code-server-${codeServerVersion}`);
  const installation = describeInstallation(folder);
  if (existsSync(join(folder, 'complete'))) return installation;

  if (!installation.nodePackage && Number(process.versions.node.split('.')[0]) !== nodeMajor) {
    throw new Advice(
      `VS Code in the browser needs Node ${nodeMajor} on ${process.platform}-${process.arch} (this is ${process.version}). Run this with Node ${nodeMajor}, or install the desktop VS Code (https://code.visualstudio.com) and put its "code" command on PATH.`,
    );
  }
  const missing = await ensureDebianPackages(buildPackages);
  if (process.platform === 'linux' && missing.length > 0) {
    console.warn(
      `code-server is compiled while it installs and may need these packages: ${missing.join(' ')}. If the next step fails: sudo apt-get install ${missing.join(' ')}`,
    );
  }
  console.log(`Installing code-server ${codeServerVersion} into ${folder} (once; about 3 minutes and 620 MB) …`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const install = (name, environment) =>
    run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', name], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  if (installation.nodePackage && !existsSync(installation.node)) {
    await install(`${installation.nodePackage}@${nodeMajor}`, plainEnvironment());
  }
  await install(`code-server@${codeServerVersion}`, {
    ...installation.environment,
    ...(installation.nodePackage ? { npm_config_nodedir: join(folder, 'node_modules', installation.nodePackage) } : {}),
  });
  const version = capture(installation.node, [join(installation.root, 'out/node/entry.js'), '--version'], {
    env: installation.environment,
  });
  if (version.code !== 0)
    throw new Advice(
      `code-server was installed but does not start:\n${version.stderr}\nDelete ${folder} and try again.`,
    );
  writeFileSync(join(folder, 'complete'), version.stdout.trim().split('\n').pop());
  return installation;
}

function describeInstallation(folder) {
  const nodePackage =
    process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch) ? `node-linux-${process.arch}` : undefined;
  const bin = nodePackage ? join(folder, 'node_modules', nodePackage, 'bin') : resolve(process.execPath, '..');
  return {
    nodePackage,
    node: join(bin, 'node'),
    root: join(folder, 'node_modules', 'code-server'),
    // Its configuration file goes into the cache as well, not into the user's ~/.config.
    environment: plainEnvironment({
      PATH: `${bin}:${process.env.PATH}`,
      CODE_SERVER_CONFIG: join(folder, 'config.yaml'),
    }),
  };
}

/** A clean window: no welcome page, no chat, no telemetry, no recommendations. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // A save that runs by itself makes `save()` of a test answer false.
  'files.autoSave': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'workbench.enableExperiments': false,
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/**
 * Starts code-server on a folder.
 * @param {{ folder: string, vsix?: string, port?: number, userData?: string, settings?: object, trust?:
 * boolean, quiet?: boolean, language?: string }} options
 *   `vsix` is installed first; `userData` defaults to a new temporary folder that `stop()` removes; with `language`
 *   ("de") extensions speak it, while VS Code itself stays English
 * @returns {Promise<{ address: string, port: number, userData: string, output(): string, ended:
 * Promise<unknown>, stop(): Promise<void> }>}
 */
export async function startCodeServer(options) {
  const { node, root, environment } = await installCodeServer();
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'nar-text-code-'));
  const extensions = join(userData, 'x');
  mkdirSync(join(userData, 'User'), { recursive: true });
  mkdirSync(extensions, { recursive: true });
  const settingsFile = join(userData, 'User', 'settings.json');
  if (!existsSync(settingsFile) || options.settings) {
    writeFileSync(
      settingsFile,
      JSON.stringify(
        {
          ...quietSettings,
          ...(options.trust ? { 'security.workspace.trust.enabled': true } : {}),
          ...options.settings,
        },
        undefined,
        2,
      ),
    );
  }
  if (options.language) pretendLanguagePack(userData, options.language);
  const entry = join(root, 'out/node/entry.js');
  const places = ['--user-data-dir', userData, '--extensions-dir', extensions];
  if (options.vsix) {
    const installed = capture(node, [entry, ...places, '--install-extension', options.vsix, '--force'], {
      env: environment,
    });
    if (installed.code !== 0 || !/successfully installed/.test(installed.stdout))
      throw new Advice(`${basename(options.vsix)} could not be installed:\n${installed.stdout}${installed.stderr}`);
  }
  const port = options.port ?? (await freePort());
  const group = startGroup(
    node,
    [
      entry,
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--auth',
      'none',
      ...places,
      '--disable-telemetry',
      '--disable-update-check',
      ...(options.trust ? [] : ['--disable-workspace-trust']),
      ...(options.language ? ['--locale', options.language] : []),
      ...(options.folder ? [options.folder] : []),
    ],
    { env: { ...environment, ...options.environment } },
  );
  await untilAnswers(`http://127.0.0.1:${port}/healthz`, group);
  return {
    address: `http://127.0.0.1:${port}/${options.folder ? `?folder=${encodeURI(options.folder)}` : ''}`,
    port,
    userData,
    pid: group.child.pid,
    output: group.output,
    ended: group.ended,
    async stop() {
      await group.stop();
      if (!options.userData) rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/**
 * The list of installed language packs with one that translates nothing: it makes the language one that is known. The
 * pack has to name an extension, or VS Code looks for one on the network and loads none of the installed extensions.
 */
function pretendLanguagePack(userData, language) {
  const texts = join(userData, 'no-texts.json');
  writeFileSync(texts, JSON.stringify({ contents: {} }));
  writeFileSync(
    join(userData, 'languagepacks.json'),
    JSON.stringify({
      [language]: {
        hash: language,
        label: language,
        extensions: [{ extensionIdentifier: { id: 'nar-text-tools.no-texts' }, version: '1.0.0' }],
        translations: { vscode: texts },
      },
    }),
  );
}

/**
 * Starts VS Code's own server with the smoke-test driver: its page runs an extension from its folder and a test suite
 * in the extension host. (code-server's wrapper refuses that flag, and without it the page ignores the test entries.)
 * @param {{ workspace: string, extension: string, tests: string, settings?: object }} options absolute paths
 */
export async function startTestHost(options) {
  const { node, root, environment } = await installCodeServer();
  const data = mkdtempSync(join(tmpdir(), 'nar-text-host-'));
  mkdirSync(join(data, 'data', 'User'), { recursive: true });
  mkdirSync(join(data, 'data', 'Machine'), { recursive: true });
  // Remote machine settings are the only ones on disk that this page reads: its user settings live in the browser.
  writeFileSync(
    join(data, 'data', 'Machine', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2),
  );
  const port = await freePort();
  const group = startGroup(
    node,
    [
      join(root, 'lib/vscode/out/server-main.js'),
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--without-connection-token',
      '--accept-server-license-terms',
      '--server-data-dir',
      data,
      '--extensions-dir',
      join(data, 'x'),
      '--disable-telemetry',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--enable-smoke-test-driver',
    ],
    { env: { ...environment, ...options.environment } },
  );
  await untilAnswers(`http://127.0.0.1:${port}/version`, group);
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(options.extension)],
    ['extensionTestsPath', remote(options.tests)],
    ['enableProposedApi', ''],
    ['skipWelcome', 'true'],
  ];
  return {
    address: `http://127.0.0.1:${port}/?folder=${encodeURIComponent(options.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    data,
    output: group.output,
    ended: group.ended,
    async stop() {
      await group.stop();
      rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function untilAnswers(address, group) {
  let ended = false;
  void group.ended.then(() => {
    ended = true;
  });
  await waitUntil(
    async () => {
      if (ended) throw new Advice(`VS Code's server ended before it answered:\n${group.output()}`);
      return (await fetch(address).catch(() => undefined))?.ok;
    },
    () => `the server at ${address} does not answer:\n${group.output()}`,
  );
}

async function main() {
  const {
    positionals: [command, folder],
    values,
  } = parseArgs({ allowPositionals: true, options: { vsix: { type: 'string' }, port: { type: 'string' } } });
  if (command === 'install') {
    const { root } = await installCodeServer();
    await ensureChromium().then(
      (path) => console.log(`chromium: ${path}`),
      (error) => console.warn(error.message),
    );
    console.log(`code-server ${readFileSync(join(root, '..', '..', 'complete'), 'utf8').trim()} is in ${root}`);
  } else if (command === 'open') {
    const server = await startCodeServer({
      folder: resolve(folder ?? '.'),
      ...(values.vsix ? { vsix: resolve(values.vsix) } : {}),
      ...(values.port ? { port: Number(values.port) } : {}),
    });
    console.log(`VS Code: ${server.address}\nCtrl+C ends it.`);
    await server.ended;
  } else {
    throw new Advice('usage: node scripts/vscode-web.mjs install | open [FOLDER] [--vsix FILE] [--port N]');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main().catch(fail);
