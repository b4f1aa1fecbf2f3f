/**
 * Imputer (Chan 2020; Saharia 2020, §3): the alignment of a CTC canvas is filled block by block. Each pass predicts
 * every empty slot and keeps, in each block of b slots, the one that the network is surest of; so b passes fill the
 * canvas whatever its length, and each sees what the earlier ones wrote.
 *
 *   z_{t*} = argmax_v p(v | X, z),   t* = argmax_{t in block, empty} max_v p_t(v)        b = min(passes, usual 4)
 *
 * Empty slots are `<mask>`. Cost: encode + b passes. Stop: fixed when the canvas is full.
 */
import type { TraceToken } from '../../protocol/trace';
import { passBudget } from '../budget';
import { collapse, encodeCanvas, slotReading } from './ctc-alignment';
import type { Decoder } from '../decoder';
import { draftRequest } from '../layout';
import { finishOutput } from '../output';
import { mean, plainToken, predictedToken, Run } from '../step';

export const imputer: Decoder = async function* (context, source, options) {
  const run = new Run(context, 'imputer', passBudget(options.passes, 4));
  const { network } = context;
  const { blank, mask } = network.specialTokens;
  const nothing = run.nothingToDo(source);
  if (nothing) return nothing;
  const { owners, fixed, encoded } = yield* encodeCanvas(run, source, options);
  const block = run.budget; // slots of a block: one is filled in each pass
  const alignment = fixed.map((id) => (id < 0 ? mask : id));
  const sureness = fixed.map(() => 0);
  const output = (): number[] => {
    const shows = collapse(alignment, fixed, blank);
    return finishOutput(
      alignment.filter((_, slot) => shows[slot]),
      network.specialTokens,
      options,
      fixed.filter((id) => id >= 0 && id !== blank),
    );
  };
  const score = () => mean(sureness.filter((_, slot) => fixed[slot]! < 0 && alignment[slot] !== mask));
  for (;;) {
    if (run.cancelled) return run.result(output(), 'cancelled', score());
    const empty = alignment.flatMap((id, slot) => (id === mask ? [slot] : []));
    const result = await run.forward(draftRequest(network, encoded.cache, alignment, empty));
    const readings = empty.map((slot, query) => {
      const { ids, logProbabilities } = slotReading(network, result, query);
      return { slot, query, id: ids[0] ?? blank, logProbability: logProbabilities[0] ?? 0 };
    });
    const surest = new Map<number, (typeof readings)[number]>();
    for (const reading of readings) {
      const key = Math.floor(reading.slot / block);
      if (!surest.has(key) || reading.logProbability > surest.get(key)!.logProbability) surest.set(key, reading);
    }
    for (const { slot, id, logProbability } of surest.values()) {
      alignment[slot] = id;
      sureness[slot] = logProbability;
    }
    const done = !alignment.includes(mask);
    const shows = collapse(alignment, fixed, blank);
    const written = new Map([...surest.values()].map((reading) => [reading.slot, reading]));
    const tokens = alignment.map((id, slot): TraceToken => {
      const more = { sourceIndex: owners[slot]!, ...(fixed[slot]! >= 0 ? { locked: true } : {}) };
      const reading = written.get(slot);
      const merged = done && !shows[slot];
      if (reading)
        return predictedToken(
          context,
          result,
          0,
          reading.query,
          id,
          reading.logProbability,
          merged ? 'deleted' : 'new',
          more,
        );
      return plainToken(
        context,
        id,
        id === mask ? 'masked' : merged ? 'deleted' : fixed[slot]! >= 0 ? 'given' : 'kept',
        more,
      );
    });
    yield run.step('fill', tokens, done ? { stop: 'fixed' } : {});
    if (done) return run.result(output(), 'fixed', score());
  }
};
