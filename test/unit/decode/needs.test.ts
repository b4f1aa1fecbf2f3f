/** Which decoders a model is offered for. */
import { decoderNames } from '../../../src/protocol/decoders';
import { describe, expect, it } from 'vitest';
import { runnableDecoders } from '../../../src/decode/needs';
import { tables } from './fake-network';

describe('runnableDecoders', () => {
  it('leaves out what the model has no weights or tables for', () => {
    const left = decoderNames.filter((name) => !runnableDecoders({}).includes(name));
    expect(left).toEqual(['ctc', 'imputer', 'crf', 'da-transformer', 'ngram-fusion']);
    expect(runnableDecoders({ capabilities: ['ctc'] })).toEqual(
      decoderNames.filter((name) => name !== 'crf' && name !== 'da-transformer' && name !== 'ngram-fusion'),
    );
    expect(runnableDecoders({ capabilities: ['ctc'] }, tables)).toEqual([...decoderNames]);
  });
});
