/** What the visualizer's page needs of the language of the editor: it has no access to VS Code's bundles itself. */
import * as vscode from 'vscode';
import type { PageTexts } from '../../protocol/panel';

/** Without a bundle for the language all texts of the product are English, so the page's numbers are, too. */
export const pageTexts = (): PageTexts =>
  vscode.l10n.bundle ? { language: vscode.env.language, texts: vscode.l10n.bundle } : { language: 'en', texts: {} };
