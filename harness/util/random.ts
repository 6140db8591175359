/**
 * Returns a generator of pseudo-random numbers from 0 up to 1. The same seed gives the same numbers.
 * @param seed a whole number
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    // A Weyl sequence never stays at zero; the multiplications mix its bits.
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
