import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { printedPage } from '../../../src/extension/visualizer/visualizer-print';
import { standalonePage } from '../../../src/extension/visualizer/visualizer-standalone';
import { trace } from '../webview/tokens';

const evil = '</script><script>alert(1)</script><!--';
const page = standalonePage(trace({ sourceText: evil, source: [], output: evil }), `a"><b>.json`, {
  scripts: ['const end = "</script>";\n//# sourceMappingURL=a.js.map\n', 'go()'],
  styles: ['a{content:"</style>"}'],
  texts: { language: 'de', texts: { Run: '</script>Starten' } },
  title: evil,
});

describe('a page that replays a trace', () => {
  it('runs its own two scripts and nothing else, by their hashes', () => {
    const bodies = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map((match) => match[1]!);
    expect(bodies).toEqual(['const end = "<\\/script>";', 'go()']);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replace(/&#39;/g, "'");
    for (const body of bodies)
      expect(policy).toContain(`'sha256-${createHash('sha256').update(body).digest('base64')}'`);
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
  });
  it('carries the trace as data that no text in it can leave', () => {
    const data = /<script type="application\/json" id="trace" data-name="([^"]*)">([^]*?)<\/script>/.exec(page)!;
    expect(data[1]).toBe('a&quot;&gt;&lt;b&gt;.json');
    expect(JSON.parse(data[2]!)).toMatchObject({ sourceText: evil, output: evil });
    expect(page.match(/<script/g)).toHaveLength(4);
    expect(page).not.toContain('sourceMappingURL');
    expect(/<title>([^<]*)<\/title>/.exec(page)![1]).toContain('&lt;/script&gt;');
  });
});

describe('a page to print', () => {
  it('holds the picture, and its policy lets its own style through and nothing else', () => {
    const printed = printedPage('<svg></svg>', { title: evil, language: 'de' });
    const style = /<style>([^]*?)<\/style>/.exec(printed)![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(printed).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'"`);
    expect(printed).toContain('<svg></svg>');
    expect(printed).toContain('lang="de"');
    expect(printed).not.toContain('<script');
  });
});
