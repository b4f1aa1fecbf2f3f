/**
 * Who sees whom in one pass of a decoder that writes from left to right with two streams (JANUS, §3.1): content
 * rows, whose keys and values stay, and query rows `<mask>`, which predict and are forgotten. Worked out from
 * the numbers of the step. Pure.
 *
 *   writing    content sees its block and all before it, queries see all content and each other
 *              (SAT's relaxed causal mask)
 *   verifying  content i sees content 0..i, query i sees content 0..i and itself
 */
import { usualValue } from '../../protocol/decoder-options';
import { decoderRecords } from '../../protocol/decoders';
import { fallsBackToOrder, writesInOrder } from '../../protocol/decoder-facts';
import type { DecodeOptions, Step } from '../../protocol/trace';

export interface Stream {
  kind: 'content' | 'query';
  /** The token, for a query the one that it predicted; empty where nothing came of it. */
  text: string;
}

export interface Attention {
  mode: 'write' | 'verify';
  /** Tokens in the cache, which every row sees: of the source, and of the text so far (its begin included). */
  source: number;
  earlier: number;
  /** Content rows first, as they lie in the pass; the columns are the same tokens. */
  streams: Stream[];
  sees: boolean[][];
}

const begin = '‹begin›';

/** Written from left to right: JANUS drafts in parallel with the same action, but never with two tokens alone. */
const writes = ({ system, action, queryTokens }: Step): boolean =>
  action === 'predict' && (writesInOrder(system) || (fallsBackToOrder(system) && queryTokens === 2));

export function attentionOf(steps: readonly Step[], index: number, options: DecodeOptions): Attention | undefined {
  const step = steps[index];
  if (!step) return undefined;
  const source = steps[0]!.action === 'encode' ? steps[0]!.tokens.length : 0;
  const earlierSteps = steps.slice(0, index);
  if (step.action === 'verify')
    return verifying(
      step,
      earlierSteps.some(({ action }) => action === 'verify'),
      source,
    );
  return writes(step) ? writing(step, earlierSteps.findLast(writes), source, blockSizeOf(step, options)) : undefined;
}

const blockSizeOf = ({ system }: Step, { blockSize }: DecodeOptions): number =>
  'blockSize' in decoderRecords[system].options ? (blockSize ?? Number(usualValue('blockSize', system))) : 1;

const textsOf = (tokens: Step['tokens']): string[] => tokens.map(({ text }) => text);
const isNew = ({ state }: Step['tokens'][number]): boolean => state === 'new';

function writing(step: Step, before: Step | undefined, source: number, blockSize: number): Attention {
  const written = step.tokens.filter(isNew),
    settled = step.tokens.length - written.length;
  const block = before ? before.tokens.filter(isNew).length : settled;
  const content = [...(before ? [] : [begin]), ...textsOf(step.tokens.slice(settled - block, settled))];
  const queries = Math.max(written.length, step.queryTokens - content.length);
  const streams = streamsOf(
    content,
    Array.from({ length: queries }, (_, query) => written[query]?.text ?? ''),
  );
  // The first pass takes the begin, a block of its own, and a caller's prefix in blocks; later ones the block before.
  const end = (row: number) =>
    before ? content.length : row === 0 ? 1 : Math.min(content.length, 1 + blockSize * Math.ceil(row / blockSize));
  return {
    mode: 'write',
    source,
    earlier: before ? 1 + settled - block : 0,
    streams,
    sees: streams.map((_, row) => streams.map((__, column) => row >= content.length || column < end(row))),
  };
}

function verifying(step: Step, later: boolean, source: number): Attention {
  // What a draft of the caller's gave goes in with the first verifying pass.
  const given = later ? 0 : step.tokens.filter(({ state }) => state === 'given').length;
  const count = Math.max(1, Math.min(step.tokens.length, Math.floor((step.queryTokens - given) / 2)));
  const settled = step.tokens.length - count;
  const before = textsOf(step.tokens.slice(0, settled));
  const content = [...(later ? before.slice(-1) : [begin, ...before]), ...textsOf(step.tokens.slice(settled, -1))];
  const proposed = step.tokens.slice(settled, -1),
    own = step.tokens.at(-1);
  const accepted = proposed.filter(({ state }) => state !== 'deleted').length;
  const queries = Array.from({ length: count }, (_, query) =>
    query < accepted ? proposed[query]!.text : query === accepted ? (own?.text ?? '') : '',
  );
  const streams = streamsOf(content, queries);
  return {
    mode: 'verify',
    source,
    earlier: later ? settled : 0,
    streams,
    sees: streams.map((_, row) =>
      streams.map((__, column) => column === row || column <= (row < content.length ? row : row - count)),
    ),
  };
}

const streamsOf = (content: readonly string[], queries: readonly string[]): Stream[] => [
  ...content.map((text): Stream => ({ kind: 'content', text })),
  ...queries.map((text): Stream => ({ kind: 'query', text })),
];

/** Rows of one stream that are drawn; a longer block says how many there are. */
export const mostDrawn = 12;

/** The rows to draw: the last content tokens and the first queries, where they meet. */
export function drawnStreams({ streams }: Attention): number[] {
  const content = streams.filter(({ kind }) => kind === 'content').length;
  const drawn = streams.map((_, row) => row);
  return [...drawn.slice(Math.max(0, content - mostDrawn), content), ...drawn.slice(content, content + mostDrawn)];
}
