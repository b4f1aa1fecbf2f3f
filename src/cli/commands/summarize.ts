/** nar-text summarize: a summary of each text; --json tells the sentences on which each statement stands. */
import { eachFile } from '../each-file';
import { Progress } from '../progress';
import type { Session } from '../session';

export function summarizeCommand(session: Session): Promise<number> {
  const { line, engine } = session;
  const options = { length: line.length, decoder: line.decoder, options: line.decodeOptions };
  return eachFile(session, {
    run: async ({ name, text, format }) => {
      const progress = new Progress(`Summarizing ${name}`);
      try {
        const result = await engine.summarize({ text, format, ...options }, { onProgress: progress.report });
        return {
          output: result.output === '' ? '' : `${result.output}\n`,
          changed: false,
          edits: [],
          json: result,
          report: [],
        };
      } finally {
        progress.end();
      }
    },
    answer: async (text, format) => {
      const { output, milliseconds, passes, sentences } = await engine.summarize({ text, format, ...options });
      return { output, milliseconds, passes, sources: sentences.flatMap((sentence) => sentence.sources) };
    },
  });
}
