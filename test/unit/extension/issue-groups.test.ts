import { describe, expect, it } from 'vitest';
import { byDocument, filtered, groupsOf, type Issue } from '../../../src/extension/issues/issue-groups';
import type { CorrectionType } from '../../../src/protocol/requests';

const issue = (document: string, line: number, character: number, type: CorrectionType): Issue => ({
  uri: `file:///${document}`,
  document,
  line,
  character,
  end: { line, character },
  data: { type, correction: '', original: '', confidence: 1, lexicon: false, highConfidence: true } as Issue['data'],
});
const issues = [
  issue('b.md', 4, 2, 'spelling'),
  issue('a.md', 9, 1, 'article'),
  issue('b.md', 4, 1, 'article'),
  issue('a.md', 2, 0, 'article'),
];
const shown = (arrangement: 'kind' | 'place'): string[] =>
  groupsOf(issues, arrangement, (type) => type.toUpperCase()).map(
    ({ label, issues: held }) =>
      `${label}: ${held.map(({ document, line, character }) => `${document} ${line}:${character}`).join(', ')}`,
  );

describe('groupsOf', () => {
  it('lists kinds, the most frequent first', () => {
    expect(shown('kind')).toEqual(['ARTICLE: a.md 2:0, a.md 9:1, b.md 4:1', 'SPELLING: b.md 4:2']);
  });
  it('lists documents in the order of the text', () => {
    expect(shown('place')).toEqual(['a.md: a.md 2:0, a.md 9:1', 'b.md: b.md 4:1, b.md 4:2']);
  });
  it('lists nothing where nothing is wrong', () => expect(groupsOf([], 'kind', String)).toEqual([]));
});

describe('the filter of the list', () => {
  const named = (filter: string): string[] =>
    filtered(issues, filter, (type) => `Kind ${type}`).map(({ document, data }) => `${document} ${data.type}`);
  it('finds words, kinds and documents, all of its words together', () => {
    expect(named('spell')).toEqual(['b.md spelling']);
    expect(named(' B.md  ARTICLE ')).toEqual(['b.md article']);
    expect(named('nothing')).toEqual([]);
    expect(named('  ')).toHaveLength(issues.length);
  });
});

describe('issues that are taken together', () => {
  it('stand by document, the last of a text first', () => {
    const order = [...byDocument(issues)].map(([uri, held]) => [
      uri,
      held.map(({ line, character }) => [line, character]),
    ]);
    expect(order).toEqual([
      [
        'file:///b.md',
        [
          [4, 2],
          [4, 1],
        ],
      ],
      [
        'file:///a.md',
        [
          [9, 1],
          [2, 0],
        ],
      ],
    ]);
  });
});
