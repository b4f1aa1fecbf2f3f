import { describe, expect, it } from 'vitest';
import { sureness } from '../../../src/webview/logic/confidence';
import { decimal } from '../../../src/webview/logic/format';
import { slot, token } from './tokens';

const alternatives = [{ id: 40, text: 'a', probability: 0.5 }];

describe('how sure the network was', () => {
  it('is the probability of the token, or what its entropy leaves', () => {
    const predicted = token('a', { alternatives, logProbability: Math.log(0.5), entropy: Math.log(4) });
    expect(sureness(predicted, 'confidence')).toBeCloseTo(0.5);
    expect(sureness(predicted, 'entropy')).toBeCloseTo(0.25);
  });

  it('is unknown of what was not predicted', () => {
    expect(sureness(token('a'), 'confidence')).toBeUndefined();
    expect(sureness(slot(), 'confidence')).toBeUndefined();
  });

  it('is that of the passes before in a step that only scores again', () => {
    const scored = token('a', { modes: { nonAutoregressive: Math.log(0.8), autoregressive: Math.log(0.9) } });
    expect(sureness(scored, 'confidence')).toBeCloseTo(0.8);
    expect(sureness(scored, 'entropy')).toBeUndefined();
    expect(sureness({ ...scored, alternatives, logProbability: Math.log(0.3) }, 'confidence')).toBeCloseTo(0.3);
  });
});

describe('numbers in the panel', () => {
  it.each([
    [-0.001, '0.00'],
    [0.001, '0.00'],
    [-0.005001, '−0.01'],
    [-8.61, '−8.61'],
    [-10, '−10.00'],
    [0, '0.00'],
  ])('%s is %s', (value, shown) => {
    expect(decimal(value)).toBe(shown);
  });
});
