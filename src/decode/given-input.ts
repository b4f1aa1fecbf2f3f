/**
 * What a caller may give besides the source, checked once for all decoders: tokens of the source that stay
 * (`lockedTokens`), and a draft to go on from. What a decoder could only ignore, or would have to cut, is refused.
 */
import { decoderFor, decodersThat, draftUse, keepsLocks } from '../protocol/decoder-facts';
import type { DecodeOptions, DecoderName } from '../protocol/trace';
import { checkLength } from './budget';
import type { Decoder, DecoderContext, DecoderSource } from './decoder';
import { draftText } from './placed-tokens';
import { lockedIndices } from './locked-draft';
import { givenPrefix } from './ordered/prefix';

/** The decoder behind these checks. They come with its first step, like all its errors. */
export function checked(name: DecoderName, decoder: Decoder): Decoder {
  return async function* (context, source, options) {
    checkLocks(name, source, options);
    checkDraft(name, context, source, options);
    return yield* decoder(context, source, options);
  };
}

/** @throws RangeError for locks that the decoder cannot keep; locks outside the sentence forbid nothing */
function checkLocks(name: DecoderName, source: DecoderSource, options: DecodeOptions): void {
  if (keepsLocks(name) || lockedIndices(source, options).length === 0) return;
  throw new RangeError(
    `This decoder writes a new text and cannot keep tokens of the source: unlock them, or choose a decoder that can, such as ${decodersThat(
      ({ keepsLocks }) => keepsLocks === true,
    )
      .slice(0, 2)
      .join(' or ')}.`,
  );
}

/** @throws RangeError for a draft that the decoder cannot go on from, or that has no room in the network's positions */
function checkDraft(
  name: DecoderName,
  { network }: DecoderContext,
  source: DecoderSource,
  options: DecodeOptions,
): void {
  const { draft } = options;
  if (!draft) return;
  const use = draftUse(name, source.task);
  if (!use)
    throw new RangeError(
      `This decoder cannot go on from a draft: leave the draft out, or choose a decoder that can, such as ${decoderFor('writeInRounds')} or ${decoderFor('fixInRounds')}.`,
    );
  // Edits make the draft a source: `<begin> <task> … <end>`, without open slots. All others read `<begin> … <end>`.
  const text = draftText(network.specialTokens, draft);
  const length = {
    edits: text.filter(({ id }) => id !== network.specialTokens.mask).length + 3,
    whole: text.length + 2,
    prefix: givenPrefix(network, options).length + 2,
    slots: draft.length + 2,
  };
  checkLength(length[use], network.graph.maximumPositions, 'draft');
}
