/**
 * Parallel decoding and left to right in turns: same weights, same process, same source, texts of the
 * same lengths. A slow moment of the machine meets both, and neither finds the processor's caches as only
 * its own runs would leave them.
 */
import { benchmarkSentence, plainSentence, quantile } from '../src/engine/benchmark';
import type { Model } from '../src/engine/model/model';
import { prepare } from '../src/engine/document/prepare';
import { decoders } from '../src/decode/index';
import type { ForwardRequest, ForwardResult, Network } from '../src/decode/network';
import type { DecodeOptions, DecoderName } from '../src/protocol/trace';

/** Medians in milliseconds, encode included; `least` is processor time. */
export interface Turn {
  tokens: number;
  name: string;
  passes: number;
  milliseconds: number;
  processor: number;
  least: number;
}

/** @param budgets passes of the parallel runs; the larger ones are measured with `exact` off, too */
export async function takeTurns(
  model: Model,
  { runs, lengths, budgets }: { runs: number; lengths: readonly number[]; budgets: readonly number[] },
): Promise<{ sourceTokens: number; rows: Turn[] }> {
  const { source } = prepare(plainSentence(benchmarkSentence), 'rephrase', model.tokenizer);
  const { end, drop } = model.network.specialTokens;
  // Neither may end early: <end> and <drop> give way to the second token, so that both write as many tokens as asked.
  const network: Network = {
    graph: model.network.graph,
    specialTokens: model.network.specialTokens,
    async forward(request: ForwardRequest): Promise<ForwardResult> {
      const result = await model.network.forward(request);
      for (
        let slot = 0;
        slot < result.candidateIds.length;
        slot += result.candidateIds.length / (result.slots * result.batch)
      ) {
        while (result.candidateIds[slot] === end || result.candidateIds[slot] === drop)
          result.candidateIds.copyWithin(slot, slot + 1, slot + 8);
      }
      return result;
    },
  };
  const run = async (decoder: DecoderName, options: DecodeOptions): Promise<number> => {
    const generator = decoders[decoder](
      { network, text: (id) => model.tokenizer.tokenText(id), now: () => performance.now() },
      source,
      options,
    );
    for (;;) {
      const next = await generator.next();
      if (next.done) return next.value.passes;
    }
  };
  const rows: Turn[] = [];
  for (const tokens of lengths) {
    const setups: [string, DecoderName, DecodeOptions][] = [
      ...budgets.map((passes): [string, DecoderName, DecodeOptions] => [
        `${passes} passes`,
        'mask-predict',
        { passes, lengthBeam: 1, targetLength: tokens },
      ]),
      ...budgets
        .filter((passes) => passes > 2)
        .map((passes): [string, DecoderName, DecodeOptions] => [
          `${passes} passes, sliced`,
          'mask-predict',
          { passes, lengthBeam: 1, targetLength: tokens, exact: false },
        ]),
      ['left to right', 'autoregressive', { passes: tokens, targetLength: tokens }],
    ];
    const times = setups.map(() => ({ clock: [] as number[], processor: [] as number[], passes: 0 }));
    for (let turn = -2; turn < runs; turn++) {
      for (const [index, [, decoder, options]] of setups.entries()) {
        const processor = process.cpuUsage();
        const started = performance.now();
        times[index]!.passes = await run(decoder, options);
        if (turn < 0) continue; // warming up
        times[index]!.clock.push(performance.now() - started);
        const used = process.cpuUsage(processor);
        times[index]!.processor.push((used.user + used.system) / 1000);
      }
    }
    setups.forEach(([name], index) => {
      const { clock, processor, passes } = times[index]!;
      rows.push({
        tokens,
        name,
        passes,
        milliseconds: quantile(clock, 0.5),
        processor: quantile(processor, 0.5),
        least: Math.min(...processor),
      });
    });
  }
  return { sourceTokens: source.ids.length, rows };
}

/** How many times faster than left to right for as many tokens, on the clock and in processor time. */
export function timesFaster(row: Turn, rows: readonly Turn[]): { clock: number; processor: number } {
  const other = rows.find(({ tokens, name }) => tokens === row.tokens && name === 'left to right')!;
  return { clock: other.milliseconds / row.milliseconds, processor: other.processor / row.processor };
}
