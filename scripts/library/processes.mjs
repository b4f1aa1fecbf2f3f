// Child processes for the scripts: run to the end, keep running as a group, wait for a condition.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/** Raised with a text that a person can act on; scripts print it without a stack. */
export class Advice extends Error {}

/** Prints an error the way every script does and sets the exit code. */
export function fail(error) {
  console.error(error instanceof Advice ? `\n${error.message}` : error);
  process.exitCode = 1;
}

/** Runs a command with its output on ours; rejects when it exits with anything but 0. */
export function run(command, commandArguments, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: needsShell(command),
      ...options,
    });
    child.once('error', (error) => reject(new Advice(`${command} could not be started: ${error.message}`)));
    child.once('exit', (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Advice(`${command} ${commandArguments.join(' ')} ended with ${signal ?? code}.`)),
    );
  });
}

/** Runs a command to its end: its output and exit code. */
export function capture(command, commandArguments, options = {}) {
  const result = spawnSync(command, commandArguments, {
    encoding: 'utf8',
    shell: needsShell(command),
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return { code: result.status ?? 1, stdout: result.stdout ?? '', stderr: result.stderr ?? '' };
}

/** npm, npx and code are batch files on Windows, which only a shell starts. */
function needsShell(command) {
  return process.platform === 'win32' && /^(npm|npx|code)$/.test(command);
}

export function isOnPath(command) {
  return capture(process.platform === 'win32' ? 'where' : 'which', [command]).code === 0;
}

const groups = new Set();

/**
 * Starts a process group of its own. `output()` is what it printed so far; `stop()` ends the
 * whole group, children included.
 */
export function startGroup(command, commandArguments, options = {}) {
  const child = spawn(command, commandArguments, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    ...options,
  });
  let text = '';
  const keep = (chunk) => {
    text = (text + chunk).slice(-200_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
    child.once('error', (error) => {
      keep(String(error));
      resolve(error.message);
    });
  });
  const signalGroup = (signal) => {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch {
      /* already gone */
    }
  };
  const group = {
    child,
    ended,
    output: () => text,
    async stop() {
      groups.delete(group);
      signalGroup('SIGTERM');
      await Promise.race([ended, sleep(3000)]);
      signalGroup('SIGKILL'); // grandchildren that outlived the leader
    },
    kill: () => signalGroup('SIGKILL'),
  };
  groups.add(group);
  return group;
}

// Nothing that a script started outlives it.
process.once('exit', () => {
  for (const group of groups) group.kill();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Polls until `condition` returns something truthy; throws `what` after `timeout` milliseconds. */
export async function waitUntil(condition, what, timeout = 60_000, interval = 100) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline)
      throw new Advice(`Waited ${Math.round(timeout / 1000)} s in vain: ${typeof what === 'function' ? what() : what}`);
    await sleep(interval);
  }
}

/** `wanted` if it is free (rejects otherwise), or any free port. */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
