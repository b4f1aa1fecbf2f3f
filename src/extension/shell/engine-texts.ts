/** What the engine says, in the language of the editor. A sentence without a translation stays English. */
import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { splitConfidence, templateOf } from './engine-template';

export function localized(text: string): string {
  if (vscode.l10n.bundle === undefined) return text;
  const [remark, confidence] = splitConfidence(text);
  const { template, args } = templateOf(remark);
  return vscode.l10n.t(template, ...args) + confidence;
}

export const localizingMiddleware: Pick<Middleware, 'handleDiagnostics'> = {
  handleDiagnostics: (uri, diagnostics, next) => {
    for (const diagnostic of diagnostics) diagnostic.message = localized(diagnostic.message);
    next(uri, diagnostics);
  },
};
