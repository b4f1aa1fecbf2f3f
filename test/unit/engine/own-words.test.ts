import { describe, expect, it } from 'vitest';
import { OwnWords } from '../../../src/engine/document/own-words';
import type { SentenceEdit } from '../../../src/english/sentence-edit';
import { classifyEdit } from '../../../src/english/judge/classify';
import { grammarReady, proseSentences } from '../../../src/text/prose';

/** Whether a document keeps `before`, where it stands first in running text, from becoming `after`. */
function keeps(text: string, before: string, after: string, rest: Partial<SentenceEdit> = {}): boolean {
  const sentences = proseSentences(text, 'markdown');
  const sentence = sentences.find((candidate) =>
    new RegExp(`(?<![\\p{L}\`])${before}(?![\\p{L}\`])`, 'u').test(candidate.text),
  )!;
  const view = sentence.text;
  const start = view.search(new RegExp(`(?<![\\p{L}\`])${before}(?![\\p{L}\`])`, 'u'));
  const end = start + before.length;
  const type = classifyEdit(before, after, { left: view.slice(0, start), right: view.slice(end) });
  return OwnWords.ofSentences(text, sentences).covers(view, {
    start,
    end,
    text: after,
    confidence: 0.9,
    lexicon: false,
    type,
    ...rest,
  });
}

describe('the words of a document', () => {
  it('the name of an address is one word, what a closed pattern knows is two', () => {
    const text = 'The [globby](https://example.org/globby) package is setup by `setup`.\n';
    const sentences = proseSentences(text, 'markdown');
    const own = OwnWords.ofSentences(text, sentences);
    const view = sentences[0]!.text;
    const edit = (word: string, right: string, near: boolean) => ({
      start: view.indexOf(word),
      end: view.indexOf(word) + word.length,
      text: right,
      type: 'spacing' as const,
      confidence: 0.9,
      lexicon: false,
      near,
    });
    expect(own.covers(view, edit('globby', 'glob by', true))).toBe(true);
    expect(own.covers(view, edit('setup', 'set up', false))).toBe(false);
  });
  it('a word of its code is a term in its prose, also as a part of an identifier or in a fence', () => {
    expect(keeps('Call `walkDecls` first. It visits the decls of a module.', 'decls', 'deals')).toBe(true);
    expect(
      keeps(
        'It visits the decls of a module.\n\n```js\nfor (const decl of decls) visit(decl);\n```\n',
        'decls',
        'deals',
      ),
    ).toBe(true);
    expect(keeps('It visits the decls of a module.', 'decls', 'deals')).toBe(false);
    expect(keeps('Call `undeclsare` first. It visits the decls of a module.', 'decls', 'deals')).toBe(false);
  });
  it('the case of a name of a program is that of the name in its comments, however short', async () => {
    await grammarReady('typescript');
    const kept = (text: string): boolean => {
      const sentences = proseSentences(text, 'typescript');
      const start = sentences[0]!.text.indexOf('url');
      const edit = { start, end: start + 3, text: 'URL', confidence: 0.9, lexicon: false, type: 'casing' } as const;
      return OwnWords.ofSentences(text, sentences, true).covers(sentences[0]!.text, edit);
    };
    expect(kept('// Public url of the page.\nconst url = base;\n')).toBe(true);
    expect(kept('// Public url of the page.\nconst address = base;\n')).toBe(false);
  });
  it('the plural of a word of its code, and an unknown word of its code that two words make up', () => {
    expect(keeps('Call `tabsetPanel()` first. It nests the tabsets of a page.', 'tabsets', 'tablets')).toBe(true);
    expect(keeps('It nests the tabsets of a page.', 'tabsets', 'tablets')).toBe(false);
    const parted = { type: 'spacing', near: true } as const;
    expect(keeps('Call `use thiserror` here. It is like thiserror now.', 'thiserror', 'this error', parted)).toBe(true);
    expect(keeps('It is like thiserror now.', 'thiserror', 'this error', parted)).toBe(false);
    expect(keeps('Call `setup()` here. You need to setup it.', 'setup', 'set up', { type: 'spacing' })).toBe(false);
  });
  it('a name in capitals and what a product calls its things are none of the listed misspellings', () => {
    const listed = { lexicon: true } as const;
    expect(keeps('The law is PUTPUT. If PUTPUT holds, go on.', 'PUTPUT', 'OUTPUT', listed)).toBe(true);
    expect(keeps('The law is PUTPUT. It holds.', 'PUTPUT', 'OUTPUT', listed)).toBe(false);
    expect(keeps('Of Vert.x. When the verticle is started.', 'verticle', 'vertical', listed)).toBe(true);
    expect(keeps('When the verticle line is drawn.', 'verticle', 'vertical', listed)).toBe(false);
  });
  it('the case of a command is that of the command', () => {
    expect(keeps('Run `cargo build` first. Then some cargo command follows.', 'cargo', 'Cargo')).toBe(true);
    expect(keeps('Then some cargo command follows.', 'cargo', 'Cargo')).toBe(false);
    expect(keeps('Edit `Cargo.toml` first. Then some cargo command follows.', 'cargo', 'Cargo')).toBe(false);
  });
  it('a name that stands there twice and a term that stands there four times are no slips', () => {
    expect(keeps('Start the Magentic manager. Later the Magentic manager plans.', 'Magentic', 'Magnetic')).toBe(true);
    expect(keeps('Start the Magentic manager.', 'Magentic', 'Magnetic')).toBe(false);
    const aliasee = 'The aliasee is read. ';
    expect(keeps(aliasee.repeat(3), 'aliasee', 'alias')).toBe(false);
    expect(keeps(aliasee.repeat(4), 'aliasee', 'alias')).toBe(true);
  });
  it('a slip beside the right word stays one, and so does a listed misspelling', () => {
    expect(keeps(`${'The aliase is read. '.repeat(4)}${'The alias is read. '.repeat(4)}`, 'aliase', 'alias')).toBe(
      false,
    );
    expect(keeps('The teh is read. '.repeat(9), 'teh', 'the', { lexicon: true })).toBe(false);
    const magentic = 'Start the Magentic manager. ';
    expect(keeps(magentic.repeat(2), 'Magentic', 'Magnetic', { lexicon: true })).toBe(false);
    expect(keeps(magentic.repeat(3), 'Magentic', 'Magnetic', { lexicon: true })).toBe(true);
    expect(keeps('Call `recieveAll` to recieve it.', 'recieve', 'receive', { lexicon: true })).toBe(false);
  });
  it('asks about nothing but spelling and casing, and about no part of a text but words', () => {
    expect(keeps('Read the `file` of the the file.', 'the the', 'the')).toBe(false);
    expect(keeps('Call `keys` and an keys.', 'an keys', 'keys')).toBe(false);
  });
});

describe('a listed misspelling that is a name in the code of its document', () => {
  const covers = (text: string, word: string): boolean => {
    const sentences = proseSentences(text, 'markdown');
    const sentence = sentences.find((each) => new RegExp(`(?<!\`)\\b${word}\\b(?!\`)`).test(each.text))!;
    const start = sentence.text.search(new RegExp(`(?<![\`/_.-])\\b${word}\\b(?![\`/_.(-])`));
    const edit = {
      start,
      end: start + word.length,
      text: 'other',
      confidence: 0.9,
      lexicon: true,
      type: 'spelling' as const,
    };
    return OwnWords.ofSentences(text, sentences).covers(sentence.text, edit);
  };
  it.each([
    'The referer is sent. It is the `referer` of the page.\n',
    'The referer is sent.\n\n```\nset referer_url\n```\n',
    'The referer is [sent](https://example.com/referer/page).\n',
    '---\nreferer: none\n---\n\nThe referer is sent.\n',
  ])('is no slip: %j', (text) => expect(covers(text, 'referer')).toBe(true));
  it.each([
    'The referer is sent.\n\n```\n# the referer of it\n```\n',
    'The referer is sent.\n\n```\nsay("no referer here")\n```\n',
  ])('is one, where code only speaks of it: %j', (text) => expect(covers(text, 'referer')).toBe(false));
});
