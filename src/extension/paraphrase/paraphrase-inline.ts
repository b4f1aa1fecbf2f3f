/**
 * Paraphrases as the editor's own inline suggestions, for the candidates that it can show: those that only add to the
 * sentence. Asked for by key ("Trigger Inline Suggestion"), or by itself with the setting `paraphrase.automatic`.
 */
import * as vscode from 'vscode';
import { engineDocumentSelector, rangeAt, sliceOf, textFormat } from '../shell/documents';
import { extendsText, usefulCandidates } from './paraphrase-session';
import type { Services } from '../shell/services';
import { readSettings } from '../shell/settings';

/** Quiet time before an automatic request, in milliseconds. */
const automaticDelay = 600;

export function registerInlineParaphrase({ client, log }: Services): vscode.Disposable {
  return vscode.languages.registerInlineCompletionItemProvider(engineDocumentSelector, {
    async provideInlineCompletionItems(document, position, context, token) {
      const settings = readSettings(document.uri);
      if (!settings.enable) return [];
      const invoked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
      // A suggestion from the engine's process must not start it: without one there is none.
      if (!invoked && (!settings.paraphrase.automatic || client.processId === undefined)) return [];
      if (!invoked) await new Promise((resolve) => setTimeout(resolve, automaticDelay));
      if (token.isCancellationRequested) return [];
      try {
        const { version } = document;
        const slice = sliceOf(document, new vscode.Range(position, position));
        const { mode, candidates, decoder, passes, options } = settings.paraphrase;
        const result = await client.paraphrase(
          {
            text: slice.text,
            format: textFormat(document),
            ...(slice.range ? { range: slice.range } : {}),
            mode,
            candidates,
            decoder,
            options: { passes, ...options },
          },
          token,
        );
        if (token.isCancellationRequested || document.version !== version) return [];
        const original = slice.text.slice(result.startIndex, result.endIndex);
        const range = rangeAt(document, result.startIndex + slice.base, result.endIndex + slice.base);
        // The editor shows a replacement only on the cursor's own line.
        if (!range.isSingleLine || range.end.line !== position.line) return [];
        return usefulCandidates(original, result)
          .filter(({ text }) => extendsText(original, text))
          .map(({ text }) => new vscode.InlineCompletionItem(text, range));
      } catch (error) {
        // Nobody asked in words, so nobody is told in words: a sentence without prose or a stopped
        // engine gives no suggestion.
        if (!(error instanceof vscode.CancellationError)) log.debug(`No inline paraphrase: ${String(error)}`);
        return [];
      }
    },
  });
}
