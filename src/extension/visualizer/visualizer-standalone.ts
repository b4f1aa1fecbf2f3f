/**
 * A page that replays a trace without VS Code: one file with the panel's own script and style, and a policy
 * that allows nothing else. Pure.
 */
import { createHash } from 'node:crypto';
import type { Trace } from '../../protocol/trace';

export interface PageParts {
  /** In the order in which the page runs them. */
  scripts: string[];
  styles: string[];
}

const escapeHtml = (text: string): string =>
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
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** JSON in a data block: with `<` written as an escape no text of the trace can end the element. */
const json = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

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
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(`Refinement of “${trace.sourceText.slice(0, 60)}”`)}</title>`,
    ...styles.map((text) => `<style>${text}</style>`),
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<script type="application/json" id="trace" data-name="${escapeHtml(name)}">${json(trace)}</script>`,
    ...scripts.map((text) => `<script>${text}</script>`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
