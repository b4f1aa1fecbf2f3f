/**
 * A page that replays a trace without VS Code: one file with the panel's own script and style, and a policy
 * that allows nothing else. Pure.
 */
import { createHash } from 'node:crypto';
import { pageTextsId, type PageTexts } from '../../protocol/panel';
import type { Trace } from '../../protocol/trace';

export interface PageParts {
  /** In the order in which the page runs them. */
  scripts: string[];
  styles: string[];
  texts: PageTexts;
  title: string;
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const withoutSourceMap = (text: string): string => text.replace(/^(\/\/|\/\*)# sourceMappingURL=.*$/gm, '').trimEnd();
/**
 * A closing tag in a string of the program must not end the element; in JavaScript and CSS strings
 * the backslash changes nothing.
 */
const inElement = (text: string, tag: 'script' | 'style'): string =>
  withoutSourceMap(text)
    .replace(new RegExp(`</(${tag})`, 'gi'), '<\\/$1')
    .replace(/<!--/g, '<\\!--');
export const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** A value that the page's script reads: with `<` written as an escape no text in it can end the element. */
export const dataBlock = (id: string, value: unknown, attributes = ''): string =>
  `<script type="application/json" id="${id}"${attributes}>${JSON.stringify(value).replace(/</g, '\\u003c')}</script>`;

export function standalonePage(trace: Trace, name: string, parts: PageParts): string {
  const scripts = parts.scripts.map((text) => inElement(text, 'script'));
  const styles = parts.styles.map((text) => inElement(text, 'style'));
  // Hashes instead of a nonce: the page is a file that never changes, and nothing that somebody adds to it runs.
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    `style-src ${styles.map(hashOf).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
  return [
    '<!DOCTYPE html>',
    `<html lang="${parts.texts.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(parts.title)}</title>`,
    ...styles.map((text) => `<style>${text}</style>`),
    '</head>',
    '<body>',
    '<div id="app"></div>',
    dataBlock(pageTextsId, parts.texts),
    dataBlock('trace', trace, ` data-name="${escapeHtml(name)}"`),
    ...scripts.map((text) => `<script>${text}</script>`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
