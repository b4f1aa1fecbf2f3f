/** The HTML of the panel: one style sheet, one script, and a content policy that allows nothing else. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageTextsId } from '../../protocol/panel';
import { pageTexts } from './page-texts';
import { dataBlock } from './visualizer-standalone';

export function pageOf(webview: vscode.Webview, distribution: vscode.Uri): string {
  const texts = pageTexts();
  const nonce = randomBytes(16).toString('base64url');
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(distribution, name)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    "require-trusted-types-for 'script'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${vscode.l10n.t('Refinement Visualizer')}</title>
<link rel="stylesheet" href="${file('webview.css')}">
</head>
<body>
<div id="app"></div>
${dataBlock(pageTextsId, texts)}
<script nonce="${nonce}" src="${file('webview.js')}"></script>
</body>
</html>`;
}
