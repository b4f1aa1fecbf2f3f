/** Runs one decoder over one source, step by step, under a request's queue, signal and listener. */
import { decoderRecords } from '../protocol/decoders';
import { decoders } from '../decode/index';
import type { DecodeResult, DecoderSource } from '../decode/decoder';
import type { DecodeOptions, DecoderName, Step } from '../protocol/trace';
import type { TaskContext } from './task-context';
import { CancelledError, InputError } from './errors';

/** Tokens of one pass that are not text: <begin>, the task, <end>. */
export const frameTokens = 3;

/**
 * The options for a task that needs the whole text: a decoder whose passes grow with the text gets its own budget
 * instead of the few `passes` that suit the others and would cut it off.
 */
export function untilTheEnd(name: DecoderName, { passes, ...others }: DecodeOptions): DecodeOptions {
  return passes === undefined || decoderRecords[name].toTheEnd ? others : { passes, ...others };
}

/**
 * @throws CancelledError when the request is given up; InputError when the source does not fit the model
 */
export async function runDecoder(
  context: TaskContext,
  name: DecoderName,
  source: DecoderSource,
  options: DecodeOptions,
  onStep?: (step: Step) => void,
): Promise<DecodeResult> {
  const room = context.network.graph.maximumPositions - frameTokens;
  if (source.ids.length > room)
    throw new InputError(
      `The sentence has ${source.ids.length} tokens; the model takes at most ${room}. Take a shorter part.`,
    );
  const { tokenizer } = context.model;
  const generator = decoders[name](
    {
      network: context.network,
      ...(context.model.tables ? { tables: context.model.tables } : {}),
      text: (id) => tokenizer.tokenText(id),
      ...(tokenizer.carriesSpace ? {} : { continues: (id: number) => tokenizer.continues(id) }),
      ...(context.model.manifest.fillFrom ? { fillFrom: context.model.manifest.fillFrom } : {}),
      now: () => performance.now(),
      ...(context.signal ? { signal: context.signal } : {}),
    },
    source,
    { temperatures: context.model.manifest.temperatures, ...options },
  );
  for (;;) {
    const next = await generator.next().catch((error: unknown) => {
      // Decoders refuse options and lengths that they cannot work with; their messages say what to do.
      throw error instanceof RangeError ? new InputError(error.message) : error;
    });
    if (context.signal?.aborted) {
      await generator.return(undefined as never);
      throw new CancelledError();
    }
    if (next.done) return next.value;
    onStep?.(next.value);
  }
}
