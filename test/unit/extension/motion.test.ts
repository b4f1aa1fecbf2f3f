// Nothing moves for who asks for less motion. In the page a style sheet can ask the system and VS Code; what the
// extension shows in the editor's own parts cannot, and so never moves.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (folder: string, endings: RegExp): [name: string, text: string][] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.test(name))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
const moves = /\b(?:transition|animation)[\w-]*\s*:(?!\s*none)|scroll-behavior\s*:\s*smooth|@keyframes/;

/** What stands within the blocks that `head` opens, and the rest. */
function split(css: string, head: string): [inside: string, outside: string] {
  let [inside, outside, rest] = ['', '', css];
  for (let at = rest.indexOf(head); at >= 0; at = rest.indexOf(head)) {
    let [depth, end] = [0, rest.indexOf('{', at)];
    do {
      if (rest[end] === '{') depth++;
      if (rest[end] === '}') depth--;
      end++;
    } while (depth > 0);
    inside += rest.slice(at + head.length, end);
    outside += rest.slice(0, at);
    rest = rest.slice(end);
  }
  return [inside, outside + rest];
}

describe('less motion', () => {
  it('no icon in the status bar, in lenses or in lists turns', () => {
    const sources = read('src/extension', /\.ts$/);
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter(([, text]) => text.includes('~spin')).map(([name]) => name)).toEqual([]);
  });

  it('the page moves only where neither the system nor VS Code asks for less', () => {
    const sheets = read('src/webview/styles', /\.css$/);
    let guarded = 0;
    for (const [name, css] of sheets) {
      const [inside, outside] = split(css, '@media (prefers-reduced-motion: no-preference)');
      expect(moves.exec(outside)?.[0], name).toBeUndefined();
      const rules = [...inside.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selectors, body]) => ({
        selectors: selectors!.split(',').map((each) => each.trim()),
        body: body!,
      }));
      const still = rules.filter(({ body }) => /transition:\s*none/.test(body)).flatMap(({ selectors }) => selectors);
      for (const { selectors, body } of rules) {
        if (!moves.test(body)) continue;
        guarded += selectors.length;
        for (const selector of selectors) expect(still, name).toContain(`.vscode-reduce-motion ${selector}`);
      }
    }
    expect(guarded).toBeGreaterThan(0);
  });

  it('pictures of the walkthrough stand still', () => {
    const pictures = read('media', /\.svg$/);
    expect(pictures.length).toBeGreaterThan(3);
    expect(pictures.filter(([, text]) => /<animate|<set\b/.test(text) || moves.test(text))).toEqual([]);
  });
});
