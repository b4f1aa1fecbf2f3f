/**
 * nar-text: the engine on the command line. One file a command; this one chooses it and turns
 * every failure into one line.
 */
import { InputError, ModelError, RuntimeError, messageOf } from '../engine/errors';
import { ProjectError } from '../project/project-file';
import { benchCommand } from './commands/bench';
import { correctCommand } from './commands/correct';
import { dictionaryCommand } from './commands/dictionary';
import { mcpCommand } from './commands/mcp';
import { modelsCommand } from './commands/models';
import { paraphraseCommand } from './commands/paraphrase';
import { summarizeCommand } from './commands/summarize';
import { traceCommand } from './commands/trace';
import { readCommandLine, type CommandName } from './options';
import { complain, exitCodes, openSession, print, type Session } from './session';
import { hasNoStandardOutput, watchStandardOutput } from './standard-output';
import { UsageError, usage } from './usage';
import { version } from '../../package.json';

const commands: Record<CommandName, (session: Session) => Promise<number>> = {
  correct: correctCommand,
  paraphrase: paraphraseCommand,
  summarize: summarizeCommand,
  trace: traceCommand,
  dictionary: dictionaryCommand,
  bench: benchCommand,
  models: modelsCommand,
  mcp: mcpCommand,
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
  isCheck = line.check;
  if (!line.check && !line.write && hasNoStandardOutput())
    throw new UsageError('Standard output is closed and the result would be lost: open it, or use --write or --check');
  const session = openSession(line);
  try {
    // Whoever names a model wants that one and not what works without it; the status has told why it does not load.
    if ((line.model !== '' || line.dtype !== 'auto') && line.command !== 'models') {
      await session.engine.load();
      if (session.engine.status.state === 'failed') return exitCodes.wrong;
    }
    return await commands[line.command](session);
  } catch (error) {
    // Why no model serves the task, the status has told.
    if (error instanceof ModelError && session.engine.status.message?.startsWith(error.message)) return exitCodes.wrong;
    throw error;
  } finally {
    await session.engine.dispose();
  }
}

/** A check is run for its exit code: it goes on to its end, whoever reads what it finds. */
let isCheck = false;
watchStandardOutput(
  () => {
    if (!isCheck) process.exit(process.exitCode ?? exitCodes.done);
  },
  (code) => {
    complain(`standard output cannot be written (${code})`);
    process.exit(exitCodes.wrong);
  },
);

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
