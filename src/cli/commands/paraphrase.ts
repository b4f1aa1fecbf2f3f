/** nar-text paraphrase: the best candidate in place of the text; --json and --jsonl give all of them. */
import type { ParaphraseResult } from '../../protocol/requests';
import { eachFile } from '../each-file';
import { Progress } from '../progress';
import type { Session } from '../session';

function outputOf(text: string, result: ParaphraseResult): string {
  const best = result.candidates[0];
  return best === undefined ? text : text.slice(0, result.startIndex) + best.text + text.slice(result.endIndex);
}

export function paraphraseCommand(session: Session): Promise<number> {
  const { line, engine } = session;
  const options = { mode: line.mode, candidates: line.candidates, decoder: line.decoder, options: line.decodeOptions };
  return eachFile(session, {
    run: async ({ name, text, format }) => {
      const progress = new Progress(`Paraphrasing ${name}`);
      try {
        const result = await engine.paraphrase({ text, format, ...options }, { onProgress: progress.report });
        const output = outputOf(text, result);
        return {
          output,
          changed: output !== text,
          edits: result.candidates[0]?.edits ?? [],
          json: { output, ...result },
          report: output === text ? [] : [`${name}: ${result.candidates.length} paraphrase(s)`],
        };
      } finally {
        progress.end();
      }
    },
    answer: async (text, format) => {
      const result = await engine.paraphrase({ text, format, ...options });
      return {
        output: outputOf(text, result),
        milliseconds: result.milliseconds,
        passes: result.passes,
        candidates: result.candidates,
      };
    },
  });
}
