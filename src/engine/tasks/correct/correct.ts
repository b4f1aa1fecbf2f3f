/**
 * Correct: sentences -> tokens -> decoder -> edits -> exact source offsets.
 *
 * A sentence's edits are cached before thresholds and document offsets come in: typing in one sentence, or moving the
 * threshold, runs the network on nothing else.
 */
import { isCode } from '../../../protocol/formats';
import type { CorrectParams, CorrectResult, Correction, SentenceFailure } from '../../../protocol/requests';
import { withoutPlaces } from '../../../protocol/remark-place';
import type { PlacedPart } from '../../../text/prose';
import { type Caches, pacer, type TaskContext } from '../../task-context';
import { CancelledError, InputError, ModelError, RuntimeError, messageOf } from '../../errors';
import { OwnWords } from '../../document/own-words';
import { requestedParts, type PlacedSentence, type RequestedPart } from '../../document/requested-sentences';
import { type FoundEdits, isLikely, keepPart, knownPart, offeredAt } from './known-parts';
import { applyCorrections, inDocumentOrder } from './offered';
import { editsOfSentence, keyOf, setupOf } from './edits-of-sentence';
import { showsUnknown, unknownIn } from './unknown';

/**
 * While somebody types, this many changed sentences next to the cursor are urgent; the rest
 * waits behind other requests.
 */
const urgentSentences = 8;
const partialMilliseconds = 250;

/** @throws CancelledError, InputError (text too long), RuntimeError */
export async function correct(context: TaskContext, params: CorrectParams): Promise<CorrectResult> {
  const { focus } = context;
  const started = performance.now();
  const { parts, unread, foreign } = requestedParts(context.caches.reader, params, params.ignoredSentences);
  const failures: SentenceFailure[] = [];
  const setup = setupOf(context, params);
  let own: OwnWords | undefined;
  // The document is read for its own words only when an edit may be one of them: most texts have none.
  const ownWords = (): OwnWords => (own ??= ownWordsOf(context.caches, params));
  const { dictionary } = setup;
  const choice = { params, thresholds: context.model.manifest.thresholds.correct, dictionary, ownWords };
  // What is kept of a part are the sentences of which something may be offered at this level.
  const key = `${setup.key}${JSON.stringify([params.threshold, params.level])}`;
  const looked = parts.map((requested) => lookedAt(requested, key));
  const collect = (): Correction[] =>
    withoutPlaces(
      params.text,
      inDocumentOrder(
        looked.flatMap(({ part, found }) => found.flatMap((each) => (each ? offeredAt(part.start, each, choice) : []))),
      ),
      params.ignoredRemarks,
    );
  const pace = pacer(context.signal);
  const open = looked.flatMap((each) => each.open.map((placed, index) => ({ ...placed, of: each, index })));
  const total = looked.reduce((sum, { count }) => sum + count, 0);
  let latestPartial = started;
  let decoded = 0;
  let done = total - open.length;
  let hasTold = false;
  if (done > 0) context.onProgress?.(done, total);
  for (const at of nearestFirst(open, focus)) {
    const { of, index, ...placed } = open[at]!;
    let edits = context.caches.corrections.get(keyOf(setup, placed));
    if (!edits) {
      if (++decoded > urgentSentences && context.network.priority === 'typing') context.network.priority = 'background';
      try {
        edits = await editsOfSentence(context, placed, setup);
      } catch (error) {
        if (!isOfOneSentence(error)) throw error;
        const { start, end } = placed.sentence;
        failures.push({
          startIndex: start + of.part.start,
          endIndex: end + of.part.start,
          message: messageOf(error),
        });
        of.hasFailed = true;
      }
    }
    if (edits !== undefined && edits.length > 0) of.found[index] = { sentence: placed.sentence, edits };
    done++;
    await pace();
    context.onProgress?.(done, total);
    if (!context.onPartial || decoded <= urgentSentences) continue;
    // What is found first is told at once: until then an open document looks as if it had no errors.
    const found = of.found[index];
    const isFirst: boolean = !hasTold && found !== undefined && offeredAt(of.part.start, found, choice).length > 0;
    if (!isFirst && performance.now() - latestPartial <= partialMilliseconds) continue;
    latestPartial = performance.now();
    hasTold ||= isFirst;
    context.onPartial(collect());
  }
  for (const { part, key: own, count, found, hasFailed } of looked)
    if (own !== undefined && !hasFailed)
      keepPart(part.prose, {
        key: own,
        count,
        found: found.filter((each): each is FoundEdits => each !== undefined && isLikely(each, choice)),
      });
  const list = collect();
  const unknown = showsUnknown(params)
    ? unknownIn(context.lexicon, parts, list, { dictionary, ownWords, types: params.ignoredTypes })
    : [];
  return {
    corrections: list,
    // As long as the text, and who types asks for the corrections alone.
    get output(): string {
      return applyCorrections(params.text, list);
    },
    highConfidence: context.model.manifest.thresholds.correct.highConfidence,
    ...(failures.length > 0 ? { failures } : {}),
    ...(unread.length > 0 ? { unread } : {}),
    ...(foreign.length > 0 ? { foreign } : {}),
    ...(unknown.length > 0 ? { unknownWords: unknown } : {}),
    milliseconds: performance.now() - started,
    passes: context.network.passes,
  };
}

/**
 * One sentence that fails takes no other with it; what every sentence would meet, and what the caller asked for, does.
 */
export function isOfOneSentence(error: unknown): boolean {
  return !(
    error instanceof CancelledError ||
    error instanceof ModelError ||
    error instanceof RuntimeError ||
    error instanceof InputError
  );
}

/** A part while its sentences are looked at. */
interface LookedAt {
  part: PlacedPart;
  /** Undefined where what is found is not kept. */
  key: string | undefined;
  /** Sentences of the request in it. */
  count: number;
  /** Those that are not known; what is found of each has its index. */
  open: PlacedSentence[];
  found: (FoundEdits | undefined)[];
  hasFailed: boolean;
}

function lookedAt({ part, key: place, sentences }: RequestedPart, how: string): LookedAt {
  const key = place === undefined ? undefined : `${how}${place}`;
  const known = key === undefined ? undefined : knownPart(part.prose, key);
  if (known !== undefined)
    return { part, key: undefined, count: known.count, open: [], found: known.found, hasFailed: false };
  const open = sentences();
  return { part, key, count: open.length, open, found: open.map(() => undefined), hasFailed: false };
}

/** Words that the text uses as its own. */
export function ownWordsOf(caches: Caches, { text, format }: Pick<CorrectParams, 'text' | 'format'>): OwnWords {
  const { parts } = caches.reader.readProse(text, format);
  return (caches.ownWords = new OwnWords(text, parts, isCode(format), caches.ownWords));
}

/** Indices in the order of work: by distance from the writer. */
function nearestFirst(sentences: readonly (PlacedSentence & { of: LookedAt })[], focus: number | undefined): number[] {
  const order = sentences.map((_, index) => index);
  if (focus === undefined) return order;
  const distance = ({ sentence: { start, end }, of: { part } }: PlacedSentence & { of: LookedAt }): number => {
    const at = focus - part.start;
    return at < start ? start - at : at > end ? at - end : 0;
  };
  return order.sort((a, b) => distance(sentences[a]!) - distance(sentences[b]!) || a - b);
}
