/**
 * Trace: one run of one decoder over a sentence or a short text, every step told as it happens (docs/trace-format.md).
 */
import { findAll } from '../../../english/prior/prior';
import { refusals } from '../../../protocol/refusals';
import type { TraceParams } from '../../../protocol/requests';
import { traceVersion, type SourceToken, type Step, type Trace } from '../../../protocol/trace';
import type { TaskContext } from '../../task-context';
import { InputError } from '../../errors';
import { draftOf, lockedBy } from '../../document/given-text';
import { frameTokens, runDecoder } from '../../run-decoder';
import { prepare } from '../../document/prepare';
import { placedSentences } from '../../document/requested-sentences';
import { writtenText } from '../../document/written-edits';
import { joinSentences, tracedSentences } from './joined-sentences';
import { spelling } from './spelling';
import { traceEdits } from './trace-edits';

/**
 * @throws InputError when there is no prose or more than one pass can hold, or for locks and drafts that do not fit it;
 * CancelledError; RuntimeError
 */
export async function trace(context: TaskContext, params: Omit<TraceParams, 'traceId'>): Promise<Trace> {
  const started = performance.now();
  const sentences = placedSentences(context.caches.reader, params);
  const joined = joinSentences(sentences.map(({ sentence }) => sentence));
  if (!joined) throw new InputError(refusals.nothingToTrace);
  const { tokenizer, manifest, device, dtype } = context.model;
  const candidates = params.task === 'fix' ? findAll(joined, context.lexicon) : [];
  const { encoding, source } = prepare(joined, params.task, tokenizer, candidates);
  // A draft of the same length plus brackets and slots must fit as well.
  const room = Math.floor((context.network.graph.maximumPositions - frameTokens) * 0.75);
  if (source.ids.length > room)
    throw new InputError(`The text has ${source.ids.length} tokens; a trace shows at most ${room}. Select less text.`);
  const options = { ...params.options };
  checkIndices('lockedTokens', options.lockedTokens, source.ids.length, 'the text has # tokens');
  if (params.lockedTexts)
    options.lockedTokens = merged(options.lockedTokens, lockedBy(params.lockedTexts, joined.text, encoding));
  if (params.draftText !== undefined)
    options.draft = draftOf(params.draftText, tokenizer, context.network.specialTokens.mask);
  checkIndices('draft', options.draft, context.network.graph.vocabulary, 'the vocabulary has # ids');
  checkIndices('lockedDraft', options.lockedDraft, options.draft?.length ?? 0, 'the draft has # tokens');
  const steps: Step[] = [];
  const spelled = spelling(tokenizer, joined.text, encoding);
  const result = await runDecoder(context, params.decoder, source, options, (made) => {
    const step = spelled.step(made);
    steps.push(step);
    context.onStep?.(step);
  });
  const steered = options.draft !== undefined || (options.lockedTokens ?? []).length > 0;
  const run = { joined, sentences, encoding, candidates, result, steered };
  // The steps of this run are told; those of the corrections that it is compared with are not.
  const untold = { ...context, onStep: () => undefined };
  const edits = params.task === 'fix' ? await traceEdits(untold, params, run) : undefined;
  return {
    version: traceVersion,
    task: params.task,
    system: params.decoder,
    model: { name: manifest.name, version: manifest.version, device, dtype },
    options,
    sourceText: joined.text,
    source: encoding.ids.map(
      (id, index): SourceToken => ({
        id,
        text: spelled.source(id, index),
        start: encoding.starts[index]!,
        end: encoding.ends[index]!,
        ...(source.protected[index] ? { protected: true } : {}),
      }),
    ),
    steps,
    output: writtenText(joined.text, encoding, result.ids, tokenizer),
    stop: result.stop,
    passes: result.passes,
    milliseconds: performance.now() - started,
    ...(edits ? { edits } : {}),
    sentences: tracedSentences(sentences.map(({ sentence }) => sentence)),
  };
}

function checkIndices(name: string, values: readonly number[] | undefined, limit: number, whole: string): void {
  const bad = values?.find((value) => value >= limit);
  if (bad !== undefined)
    throw new InputError(`"${name}" holds ${bad}: ${whole.replace('#', String(limit))}, counted from 0.`);
}

const merged = (...lists: (readonly number[] | undefined)[]): number[] =>
  [...new Set(lists.flatMap((list) => list ?? []))].sort((left, right) => left - right);
