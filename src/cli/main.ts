/**
 * nar-text: the engine on the command line. One file a command; this one chooses it and turns
 * every failure into one line.
 */
import { InputError, ModelError, RuntimeError, messageOf } from '../engine/errors';
import { ProjectError } from '../project/project-file';
import { benchCommand } from './commands/bench';
import { correctCommand } from './commands/correct';
import { modelsCommand } from './commands/models';
import { paraphraseCommand } from './commands/paraphrase';
import { summarizeCommand } from './commands/summarize';
import { traceCommand } from './commands/trace';
import { readCommandLine, type CommandName } from './options';
import { complain, exitCodes, openSession, print, type Session } from './session';
import { UsageError, usage } from './usage';
import { version } from '../../package.json';

const commands: Record<CommandName, (session: Session) => Promise<number>> = {
  correct: correctCommand,
  paraphrase: paraphraseCommand,
  summarize: summarizeCommand,
  trace: traceCommand,
  bench: benchCommand,
  models: modelsCommand,
};

/** Their messages say what to do. */
const ownErrors = [InputError, ModelError, ProjectError, RuntimeError];

async function main(argv: string[]): Promise<number> {
  const line = readCommandLine(argv);
  if (line === 'help') {
    await print(usage);
    return exitCodes.done;
  }
  if (line === 'version') {
    await print(`${version}\n`);
    return exitCodes.done;
  }
  const session = openSession(line);
  try {
    // Whoever names a model wants that one and not what works without it; the status has told why it does not load.
    if ((line.model !== '' || line.dtype !== 'auto') && line.command !== 'models') {
      await session.engine.load();
      if (session.engine.status.state === 'failed') return exitCodes.wrong;
    }
    return await commands[line.command](session);
  } finally {
    await session.engine.dispose();
  }
}

// The reader of a pipe may leave early (nar-text ... | head): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') complain(`standard output cannot be written (${error.code})`);
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.wrong);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = exitCodes.wrong;
    if (error instanceof UsageError) complain(`${error.message} (nar-text --help lists the options)`);
    else if (ownErrors.some((kind) => error instanceof kind)) complain((error as Error).message);
    else complain(`unexpected error: ${messageOf(error)}`);
  },
);
