/** A picture of a run as a page for paper, of which a print dialog makes a PDF: no script, no network. Pure. */
import { escapeHtml, hashOf } from './visualizer-standalone';

const style = '@page{margin:15mm}body{margin:0}svg{display:block;width:100%;max-width:1000px;height:auto}';

/**
 * @param svg as `svgOf` of the panel writes it, with all texts escaped
 * @param language a BCP 47 tag
 */
export function printedPage(svg: string, { title, language }: { title: string; language: string }): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="${escapeHtml(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(style)}">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    svg,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
