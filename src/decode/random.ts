/**
 * Mulberry32 (Tommy Ettinger): random numbers from a seed, the same in both languages, so that
 * a drawn run can be repeated.
 */

/** @param seed any whole number; its low 32 bits count @returns numbers in [0, 1) */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
