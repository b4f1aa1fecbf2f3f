/** How sure the network was of a token, on one scale of ten levels. */
import type { TraceToken } from '../../protocol/trace';

/** What the colour of a token shows; changes and age are worked out in history.ts. */
export type Measure = 'confidence' | 'entropy' | 'changes' | 'age';

/** Ten levels: 0 is below 10 %, 9 is 90 % and above. */
export const levels = 10;

export function isPredicted(token: TraceToken): boolean {
  return (
    token.state !== 'masked' && token.state !== 'deleted' && (token.alternatives.length > 0 || token.logProbability < 0)
  );
}

/**
 * 0..1, or undefined for tokens that were not predicted.
 * Confidence is the probability of the token itself. Entropy H (nats) is shown as e^(−H), the inverse of the number of
 * choices that the network hesitated between, so that both measures read the same way: 1 is certain.
 */
export function sureness(token: TraceToken, measure: 'confidence' | 'entropy'): number | undefined {
  // A re-ranking step predicts nothing, but it shows what the passes before it said of its tokens.
  const earlier = measure === 'confidence' ? token.modes?.nonAutoregressive : undefined;
  if (!isPredicted(token) && earlier === undefined) return undefined;
  const value = Math.exp(measure === 'entropy' ? -token.entropy : isPredicted(token) ? token.logProbability : earlier!);
  return Math.min(1, Math.max(0, value));
}

export function levelOf(value: number): number {
  return Math.min(levels - 1, Math.max(0, Math.floor(value * levels + 1e-9)));
}

/** The cue that is not colour: doubt makes the underline thicker and breaks it up. */
export type Underline = 'thin' | 'solid' | 'dashed' | 'dotted';
export function underlineOf(level: number): Underline {
  if (level >= 9) return 'thin';
  if (level >= 7) return 'solid';
  return level >= 5 ? 'dashed' : 'dotted';
}
