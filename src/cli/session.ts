/** What every command has: the checked command line, an engine, and its ways to print. */
import path from 'node:path';
import { Engine } from '../engine/engine';
import { defaultWatchdogSeconds, GuardedWork } from '../engine/guarded-work';
import { Projects } from '../project/projects';
import type { Reading } from './files';
import { defaultSettings } from '../protocol/settings';
import type { CommandLine } from './options';
import { printable } from './printable';

export { print } from './standard-output';

export const exitCodes = { done: 0, wouldChange: 1, wrong: 2 } as const;

export interface Session {
  line: CommandLine;
  engine: Engine;
  /** Around the work on each text. */
  guard: GuardedWork;
  projects: Projects;
  /** How texts are read. */
  reading: Reading;
}

/** The bundle lies in dist/, the models beside it. */
export const modelsFolder = process.env['NAR_TEXT_MODELS'] ?? path.join(__dirname, '..', 'models');

const theRunEnds =
  'The run was ended; nothing in this text was changed, and what stands after it was not worked on. Run it again for the rest: the text is then left alone until it changes.';

export function openSession(line: CommandLine): Session {
  let told: string | undefined;
  const engine = new Engine({
    modelsFolder,
    ...(line.timeLimit === undefined ? {} : { timeLimit: line.timeLimit }),
    settings: {
      model: { path: line.model, dtype: line.dtype },
      device: line.device,
      threads: line.threads,
      // One command ends soon; a server may stand unused for days.
      idleMinutes: line.command === 'mcp' ? defaultSettings.idleMinutes : 0,
    },
    onStatus: ({ message }) => {
      // A fallback (another device, no model) is told once; errors of the command itself come as exceptions.
      if (message !== undefined && message !== told) complain((told = message));
    },
  });
  const seconds = line.timeLimit === undefined ? defaultWatchdogSeconds : Math.ceil(line.timeLimit * 1.5);
  const projects = new Projects(shownPath);
  const { format, standardInputName } = line;
  return {
    line,
    engine,
    guard: new GuardedWork({ seconds, ending: theRunEnds }),
    projects,
    reading: { format, projects, standardInputName },
  };
}

/** Relative where it lies below the working folder. */
function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

export function complain(message: string): void {
  process.stderr.write(`nar-text: ${printable(message)}\n`);
}
