import { describe, expect, it } from 'vitest';
import { groupsOf, type Arrangement, type Issue } from '../../../src/extension/issues/issue-groups';
import { IssueIds } from '../../../src/extension/issues/issue-ids';
import { focusedRow, IssueRows, type IssueNode } from '../../../src/extension/issues/issue-rows';
import { movedBy } from '../../../src/extension/issues/moved-issues';
import type { CorrectionType } from '../../../src/protocol/requests';

/** Words at a place (line and character from 0), written as `document line:character words`. */
function issue(written: string, type: CorrectionType = 'spelling'): Issue {
  const [, document, line, character, original] = /^(\S+) (\d+):(\d+) (.+)$/.exec(written)!;
  const start = { line: Number(line), character: Number(character) };
  const end = { line: start.line, character: start.character + original!.length };
  const data = { type, correction: 'right', original } as Issue['data'];
  return { uri: `file:///${document}`, document: document!, ...start, end, data };
}
const written = (node: IssueNode | undefined): string | undefined =>
  node &&
  ('issue' in node
    ? `${node.issue.document} ${node.issue.line}:${node.issue.character} ${node.issue.data.original}`
    : node.group.label);

describe('who is next in the list', () => {
  const listed = [
    issue('a.md 0:0 teh'),
    issue('a.md 2:0 a apple', 'article'),
    issue('b.md 0:4 recieve'),
    issue('c.md 1:0 wich'),
  ];
  const rows = (issues: readonly Issue[], arrangement: Arrangement = 'place'): IssueRows =>
    new IssueRows(
      groupsOf(issues, arrangement, (type) => type),
      arrangement,
      ({ data }) => data.original,
    );
  const after = (words: string, arrangement?: Arrangement): string | undefined => {
    const all = rows(listed, arrangement);
    const nodes = all.groups.flatMap((group) => [group, ...all.childrenOf(group)]);
    return written(all.after(nodes.find((node) => written(node)!.endsWith(words))!)?.node);
  };

  it('is the issue below, in the next document too', () => {
    expect(after('teh')).toBe('a.md 2:0 a apple');
    expect(after('a apple')).toBe('b.md 0:4 recieve');
  });
  it('is the one above at the end', () => expect(after('wich')).toBe('b.md 0:4 recieve'));
  it('goes by what the list shows, kind by kind', () => {
    expect(after('recieve', 'kind')).toBe('c.md 1:0 wich');
    expect(after('wich', 'kind')).toBe('a.md 2:0 a apple');
    expect(after('a apple', 'kind')).toBe('c.md 1:0 wich');
  });
  it('is the group below for a group, or the one above', () => {
    expect(after('a.md')).toBe('b.md');
    expect(after('c.md')).toBe('b.md');
  });
  it('is none where nothing is left, or where the row is no longer there', () => {
    const only = rows([listed[0]!]);
    expect(only.after(only.childrenOf(only.groups[0]!)[0]!)).toBeUndefined();
    expect(only.after(only.groups[0]!)).toBeUndefined();
    expect(only.after({ id: 'of no list', issue: listed[1]! })).toBeUndefined();
  });
  it('is what stands below the rows above when it is gone as well', () => {
    const all = rows(listed);
    const next = all.after(all.childrenOf(all.groups[0]!)[0]!)!;
    expect(written(rows(listed.slice(2)).insteadOf(next))).toBe('b.md 0:4 recieve');
    const third = all.after(all.childrenOf(all.groups[1]!)[0]!)!;
    const other = issue('b.md 0:9 a hour', 'article');
    // One above is gone meanwhile, and another remark has come in place of the next one.
    expect(written(rows([listed[1]!, other]).insteadOf(third))).toBe('b.md 0:9 a hour');
    expect(written(rows(listed.slice(0, 2)).insteadOf(third))).toBe('a.md 2:0 a apple');
    expect(rows([]).insteadOf(next)).toBeUndefined();
  });
});

describe('the row that has the focus', () => {
  const rows = (ids: string): IssueNode[] => [...ids].map((id) => ({ id, issue: issue('a.md 0:0 teh') }));
  const focused = (before: string, toggled: string, after: string): string | undefined =>
    focusedRow(rows(before), rows(toggled), rows(after))?.id;

  it('joins the selected ones, or leaves them', () => {
    expect(focused('', 'c', '')).toBe('c');
    expect(focused('b', 'bc', 'b')).toBe('c');
    expect(focused('bc', 'b', 'cb')).toBe('c');
    expect(focused('b', '', 'b')).toBe('b');
  });
  it('is not guessed while rows are unknown', () => {
    expect(focused('b', '', '')).toBeUndefined();
    expect(focused('', '', 'b')).toBeUndefined();
    expect(focused('', 'bc', 'b')).toBeUndefined();
    expect(focused('', 'bc', '')).toBeUndefined();
    expect(focused('b', 'b', 'b')).toBeUndefined();
  });
});

describe('the ids of issues', () => {
  /** Ids of two lists, one after the other; those of `decided` were taken or ignored between them. */
  function named(before: string[], now: string[], decided: number[] = []): [string[], string[]] {
    const ids = new IssueIds();
    const [first, second] = [before.map((each) => issue(each)), now.map((each) => issue(each))];
    const earlier = ids.of(first);
    ids.leave(decided.map((index) => first[index]!));
    const later = ids.of(second);
    return [first.map((each) => earlier.get(each)!), second.map((each) => later.get(each)!)];
  }

  it('stay when lines or words before an issue come and go', () => {
    const [before, now] = named(['a.md 3:4 teh', 'a.md 3:9 wich'], ['a.md 5:4 teh', 'a.md 5:10 wich']);
    expect(now).toEqual(before);
    expect(new Set(before).size).toBe(2);
  });
  it('stay when all of several alike move on', () => {
    const [before, now] = named(['a.md 1:0 teh', 'a.md 2:0 teh'], ['a.md 2:0 teh', 'a.md 3:0 teh']);
    expect(now).toEqual(before);
  });
  it('of several alike the one that was decided about is the one that is gone', () => {
    const alike = ['a.md 0:0 teh', 'a.md 1:0 teh', 'a.md 1:8 teh'];
    const [before, now] = named(alike, ['a.md 0:0 teh', 'a.md 1:7 teh'], [1]);
    expect(now).toEqual([before[0], before[2]]);
    const [, shifted] = named(['a.md 0:0 teh', 'a.md 0:4 teh'], ['a.md 0:0 teh'], [0]);
    expect(shifted).toEqual(['1']);
  });
  it('stay while the list still has what was decided about', () => {
    const alike = ['a.md 0:0 teh', 'a.md 1:0 teh'];
    const [before, now] = named(alike, alike, [0]);
    expect(now).toEqual(before);
  });
  it('without a decision those at their places stay, and what comes new has a new one', () => {
    const [before, now] = named(
      ['a.md 0:0 teh', 'a.md 1:0 teh'],
      ['a.md 1:0 teh', 'a.md 7:0 teh', 'a.md 9:0 teh', 'b.md 1:0 teh'],
    );
    expect(now[0]).toBe(before[1]);
    expect(now[1]).toBe(before[0]);
    expect(new Set([...before, ...now]).size).toBe(4);
  });
});

describe('an issue in a text that has changed since', () => {
  const range = (line: number, start: number, end: number, endLine = line) => ({
    start: { line, character: start },
    end: { line: endLine, character: end },
  });
  const moved = (...changes: Parameters<typeof movedBy>[1]): unknown => {
    const found = movedBy(issue('a.md 2:10 teh'), changes);
    return found && [found.line, found.character, found.end.line, found.end.character];
  };

  it('moves with its line', () => {
    expect(moved({ range: range(2, 0, 7), text: 'receives' })).toEqual([2, 11, 2, 14]);
    expect(moved({ range: range(2, 7, 10), text: '' })).toEqual([2, 7, 2, 10]);
    expect(moved({ range: range(2, 3, 3), text: 'one\nand two' })).toEqual([3, 14, 3, 17]);
    expect(moved({ range: range(0, 5, 1, 1), text: '' })).toEqual([1, 10, 1, 13]);
  });
  it('stays where the change comes behind it', () => {
    expect(moved({ range: range(2, 13, 20), text: '\n\n' })).toEqual([2, 10, 2, 13]);
  });
  it('follows one change after the other', () => {
    expect(moved({ range: range(1, 0, 0), text: '\n' }, { range: range(3, 0, 2), text: '' })).toEqual([3, 8, 3, 11]);
  });
  it('is gone where its own words were changed', () => {
    expect(moved({ range: range(2, 11, 12), text: 'h' })).toBeUndefined();
    expect(moved({ range: range(2, 8, 11), text: 't' }, { range: range(0, 0, 0), text: 'x' })).toBeUndefined();
  });
});
