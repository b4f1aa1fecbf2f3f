/** Columns and election, and what the vote does to a reading that is alone. */
import { describe, expect, it } from 'vitest';
import type { TokenEdit } from '../../../src/decode/decoder';
import { alignColumns, electEdits } from '../../../src/decode/edit/vote-columns';
import { fakeNetwork, run, source } from './fake-network';

const edit = (start: number, end: number, ids: number[], confidence = 0.9, lexicon = false): TokenEdit => ({
  start,
  end,
  ids,
  confidence,
  lexicon,
});
const ids = [40, 41, 42, 43, 44];

describe('alignColumns', () => {
  it('puts what overlaps into one column and fills in what a reading leaves alone', () => {
    const columns = alignColumns(ids, [[edit(1, 2, [50])], [edit(1, 3, [51])], []]);
    expect(columns.map(({ start, end, variants }) => [start, end, variants.map((variant) => variant.ids)])).toEqual([
      [1, 3, [[50, 42], [51], [41, 42]]],
    ]);
    expect(columns[0]!.variants[2]!.probability).toBe(0);
  });

  it('keeps neighbours, and an insertion beside a replacement, apart', () => {
    const columns = alignColumns(ids, [[edit(1, 2, [50]), edit(2, 3, [51])], [edit(2, 2, [52])], [edit(2, 2, [52])]]);
    expect(columns.map(({ start, end, agreement }) => [start, end, agreement])).toEqual([
      [1, 2, 2],
      [2, 2, 2],
      [2, 3, 2],
    ]);
  });
});

describe('electEdits', () => {
  it('offers what two of three say, with Σ p / K', () => {
    const elected = electEdits(
      alignColumns(ids, [[edit(1, 2, [50], 0.9)], [edit(1, 2, [50], 0.6)], [edit(1, 2, [51], 0.99)]]),
    );
    expect(elected).toEqual([{ start: 1, end: 2, ids: [50], lexicon: false, confidence: expect.closeTo(0.5, 9) }]);
  });

  it('offers nothing on which no two agree', () => {
    expect(electEdits(alignColumns(ids, [[edit(1, 2, [50])], [edit(1, 2, [51])], [edit(1, 2, [52])]]))).toEqual([]);
    expect(electEdits(alignColumns(ids, [[edit(1, 2, [50])]]))).toEqual([]);
  });

  it('lets two silent readings outvote one', () => {
    const elected = electEdits(alignColumns(ids, [[edit(1, 2, [50])], [], []]));
    expect(elected.filter(({ start, end, ids: written }) => written.join() !== ids.slice(start, end).join())).toEqual(
      [],
    );
  });
});

describe('voting', () => {
  const wild = (more = {}) => fakeNetwork({ seed: 12, operation: [-9, 0, 9], noInsertion: 9, fill: () => 50, ...more });

  it('offers an edit that the blind and the second reading confirm, and shows the columns', async () => {
    // 50 is kept by nothing here: the second reading writes 50 again, which takes nothing back.
    const { result, steps } = await run('voting', wild(), source([40]), { passes: 9, acceptConfidence: 0 });
    expect(result.edits).toEqual([{ start: 0, end: 1, ids: [50], lexicon: false, confidence: expect.any(Number) }]);
    expect(steps.map(({ action }) => action)).toEqual(['encode', 'fill', 'fill', 'encode', 'fill']);
    expect(steps.at(-1)!.columns).toEqual([{ start: 0, end: 1, texts: [' w50', ' w50', ' w50'], agreement: 3 }]);
  });

  it('hides the deleted word from the blind reading', async () => {
    const network = wild();
    await run('voting', network, source([40]), { passes: 9 });
    expect(Array.from(network.calls[1]!.tokenIds)).toContain(40);
    expect(Array.from(network.calls[2]!.tokenIds)).not.toContain(40);
  });

  it('offers nothing when the readings differ, and nothing after one reading alone', async () => {
    let call = 0;
    const differing = wild({
      fill: () => 50 + call,
      onForward: () => {
        call++;
      },
    });
    expect((await run('voting', differing, source([40]), { passes: 9, acceptConfidence: 0 })).result).toMatchObject({
      edits: [],
      ids: [40],
      stop: 'fixed',
    });
    expect((await run('voting', wild(), source([40]), { passes: 1, acceptConfidence: 0 })).result).toMatchObject({
      edits: [],
      stop: 'budget',
      passes: 2,
    });
  });
});
