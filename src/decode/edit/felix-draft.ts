/**
 * The FELIX draft of the fill pass: kept tokens, `<deleted> … </deleted>` around what goes, `<mask>` slots after it. A
 * run of neighbouring proposals shares one bracket, as in the training labels (align.build_draft), and all proposals of
 * a sentence share one draft: the fills of one edit are read in the presence of the other proposals.
 */
import type { SpecialTokens } from '../../protocol/manifest';
import type { Proposal } from './proposals';

export type DraftEntry =
  | { kind: 'kept' | 'deleted'; source: number }
  | { kind: 'bracket' }
  | { kind: 'slot'; proposal: number; slot: number };

export interface Draft {
  ids: number[];
  entries: DraftEntry[];
}

export function buildDraft(ids: readonly number[], proposals: readonly Proposal[], special: SpecialTokens): Draft {
  const draft: Draft = { ids: [], entries: [] };
  const push = (id: number, entry: DraftEntry): void => {
    draft.ids.push(id);
    draft.entries.push(entry);
  };
  const pushSlots = (proposal: number): void => {
    for (let slot = 0; slot < proposals[proposal]!.slots; slot++) push(special.mask, { kind: 'slot', proposal, slot });
  };
  let next = 0;
  for (let index = 0; index <= ids.length; ) {
    while (next < proposals.length && proposals[next]!.start === index && proposals[next]!.end === index)
      pushSlots(next++);
    if (index === ids.length) break;
    if (proposals[next]?.start !== index) {
      push(ids[index]!, { kind: 'kept', source: index++ });
      continue;
    }
    const first = next;
    push(special.openDeleted, { kind: 'bracket' });
    while (proposals[next]?.start === index && proposals[next]!.end > index) {
      for (; index < proposals[next]!.end; index++) push(ids[index]!, { kind: 'deleted', source: index });
      next++;
    }
    push(special.closeDeleted, { kind: 'bracket' });
    for (let proposal = first; proposal < next; proposal++) pushSlots(proposal);
  }
  return draft;
}

/**
 * The likeliest proposals that fit: the draft within `mostTokens`, and the output at most `mostGrowth`
 * tokens longer than the sentence. fairseq caps each gap alone, so that one wrong head can multiply a
 * sentence; here the sum is capped.
 */
export function fitProposals(
  sourceLength: number,
  proposals: readonly Proposal[],
  mostTokens: number,
  mostGrowth: number,
): Proposal[] {
  let tokens = sourceLength;
  let growth = 0;
  const fitting = new Set<Proposal>();
  for (const proposal of [...proposals].sort(
    (left, right) => right.probability - left.probability || left.start - right.start,
  )) {
    const deleted = proposal.end - proposal.start;
    const cost = proposal.slots + (deleted > 0 ? 2 : 0);
    const added = Math.max(0, proposal.slots - deleted);
    if (tokens + cost > mostTokens || growth + added > mostGrowth) continue;
    tokens += cost;
    growth += added;
    fitting.add(proposal);
  }
  return proposals.filter((proposal) => fitting.has(proposal));
}

/**
 * How long the output may become: max(10, 2 N) tokens (Levenshtein Transformer), and never too long to be read again.
 */
export function mostOutputTokens(sourceLength: number, maximumPositions: number): number {
  return Math.min(Math.max(10, 2 * sourceLength), maximumPositions - 3);
}
