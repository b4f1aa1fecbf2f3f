import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftText, substituted } from '../../../src/webview/logic/draft-text';
import { slot, sourceOf, step, token } from './tokens';

describe('the text of a draft', () => {
  const sourceText = 'It **work** on on  linux.';
  // Offsets as for a view without the markup: "It work on on linux."
  const words = ['It', ' work', ' on', ' on', ' linux', '.'];
  const source = [
    [0, 2],
    [5, 9],
    [11, 14],
    [14, 17],
    [18, 24],
    [24, 25],
  ].map(([start, end], index) => ({ id: token(words[index]!).id, text: words[index]!, start: start!, end: end! }));
  const kept = () => words.map((text, sourceIndex) => token(text, { sourceIndex }));

  it('is the source, byte for byte, when every token is kept', () => {
    expect(draftText(sourceText, source, kept())).toBe(sourceText);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]+( [a-z]+){0,5}\.$/), (text) => {
        const tokens = sourceOf(text);
        expect(
          draftText(
            text,
            tokens,
            tokens.map((one, sourceIndex) => token(one.text, { sourceIndex })),
          ),
        ).toBe(text);
      }),
    );
  });

  it('changes only the edited words and keeps the markup around them', () => {
    const tokens = kept();
    tokens[1] = token(' works', { sourceIndex: 1, state: 'changed' });
    tokens[3] = token(' on', { sourceIndex: 3, state: 'deleted' });
    expect(draftText(sourceText, source, tokens)).toBe('It **works** on  linux.');
  });

  it('replaces a passage that an earlier round rewrote as a whole', () => {
    const tokens = kept();
    tokens.splice(2, 2, token(' only', { state: 'changed' }), token(' under', { state: 'inserted' }));
    expect(draftText(sourceText, source, tokens)).toBe('It **work** only under  linux.');
  });

  it('puts an insertion between its neighbours and leaves slots out', () => {
    const tokens = kept();
    tokens.splice(5, 0, token(' too', { state: 'inserted' }), slot());
    expect(draftText(sourceText, source, tokens)).toBe('It **work** on on  linux too.');
  });

  it("is the draft's own words where it does not follow the source", () => {
    expect(draftText(sourceText, source, [token(' Linux'), token(' works'), slot(), token('.')])).toBe('Linux works.');
  });
});

describe('substitution', () => {
  const draft = step([token('a'), token(' b', { state: 'deleted' }), slot()]);
  it('replaces the token at its place in its own step only', () => {
    const chosen = [{ step: 2, position: 0, id: 77, text: 'x' }];
    expect(substituted(draft, 2, chosen)[0]).toMatchObject({ id: 77, text: 'x', state: 'changed' });
    expect(substituted(draft, 1, chosen)).toBe(draft.tokens);
  });
});
