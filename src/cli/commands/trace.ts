/** nar-text trace: every step of one run as JSON (docs/trace-format.md). */
import { readInput } from '../files';
import { dictionaryOf, settingsFor } from './correct';
import { print, exitCodes, type Session } from '../session';

export async function traceCommand(session: Session): Promise<number> {
  const { line, engine, guard, reading } = session;
  const file = await readInput(line.files[0], reading);
  // A line break at the end of a file or a pipe is no part of the sentence.
  const text = file.text.replace(/(?<![\r\n])[\r\n]+$/, '');
  const { task, decoder, chosen, decodeOptions: options, lockedTexts, draftText } = line;
  const params = {
    task,
    text,
    format: file.format,
    decoder,
    options,
    // What `correct` would offer, unless somebody wants to see what another decoder finds.
    ...(chosen ? {} : { correction: {} }),
    ...settingsFor(session, file, await dictionaryOf(line.dictionaryFile)),
    ...(lockedTexts.length > 0 ? { lockedTexts } : {}),
    ...(draftText === undefined ? {} : { draftText }),
  };
  const trace = await guard.run(file.name, text, () => engine.trace(params));
  await print(`${JSON.stringify(trace, null, line.json ? 0 : 2)}\n`);
  return exitCodes.done;
}
