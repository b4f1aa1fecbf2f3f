/**
 * Correct: sentences -> tokens -> decoder -> edits -> exact source offsets.
 *
 * A sentence's edits are cached before thresholds and document offsets come in: typing in one sentence, or moving the
 * threshold, runs the network on nothing else.
 */
import { isCode } from '../../../protocol/formats';
import type { CorrectParams, CorrectResult, Correction, SentenceFailure } from '../../../protocol/requests';
import { withoutPlaces } from '../../../protocol/remark-place';
import { pacer, type TaskContext } from '../../task-context';
import { CancelledError, InputError, ModelError, RuntimeError, messageOf } from '../../errors';
import { OwnWords } from '../../document/own-words';
import type { SentenceEdit } from '../../../english/sentence-edit';
import { requestedProse, type PlacedSentence } from '../../document/requested-sentences';
import { applyCorrections, inDocumentOrder, offered } from './offered';
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
  const { sentences, unread, foreign } = requestedProse(context.caches.reader, params, params.ignoredSentences);
  const failures: SentenceFailure[] = [];
  const setup = setupOf(context, params);
  const found: SentenceEdit[][] = sentences.map(() => []);
  let own: OwnWords | undefined;
  // The document is read for its own words only when an edit may be one of them: most texts have none.
  const ownWords = (): OwnWords =>
    (own ??= new OwnWords(params.text, context.caches.reader.read(params.text, params.format), isCode(params.format)));
  const { dictionary } = setup;
  const choice = { params, thresholds: context.model.manifest.thresholds.correct, dictionary, ownWords };
  const collect = (): Correction[] =>
    withoutPlaces(
      params.text,
      inDocumentOrder(sentences.flatMap(({ sentence }, index) => offered(sentence, found[index]!, choice))),
      params.ignoredRemarks,
    );
  const pace = pacer(context.signal);
  let latestPartial = started;
  let decoded = 0;
  let done = 0;
  let hasTold = false;
  for (const index of nearestFirst(sentences, focus)) {
    const placed = sentences[index]!;
    let edits = context.caches.corrections.get(keyOf(setup, placed));
    if (!edits) {
      if (++decoded > urgentSentences && context.network.priority === 'typing') context.network.priority = 'background';
      try {
        edits = await editsOfSentence(context, placed, setup);
      } catch (error) {
        if (!isOfOneSentence(error)) throw error;
        const { start, end } = placed.sentence;
        failures.push({ startIndex: start, endIndex: end, message: messageOf(error) });
      }
    }
    found[index] = edits ?? [];
    done++;
    await pace();
    context.onProgress?.(done, sentences.length);
    if (!context.onPartial || decoded <= urgentSentences) continue;
    // What is found first is told at once: until then an open document looks as if it had no errors.
    const isFirst: boolean = !hasTold && offered(placed.sentence, found[index], choice).length > 0;
    if (!isFirst && performance.now() - latestPartial <= partialMilliseconds) continue;
    latestPartial = performance.now();
    hasTold ||= isFirst;
    context.onPartial(collect());
  }
  const list = collect();
  const unknown = showsUnknown(params)
    ? unknownIn(context.lexicon, sentences, list, { dictionary, ownWords, types: params.ignoredTypes })
    : [];
  return {
    corrections: list,
    output: applyCorrections(params.text, list),
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

/** Indices in the order of work: by distance from the writer. */
function nearestFirst(sentences: readonly PlacedSentence[], focus: number | undefined): number[] {
  const order = sentences.map((_, index) => index);
  if (focus === undefined) return order;
  const distance = ({ sentence: { start, end } }: PlacedSentence): number =>
    focus < start ? start - focus : focus > end ? focus - end : 0;
  return order.sort((a, b) => distance(sentences[a]!) - distance(sentences[b]!) || a - b);
}
