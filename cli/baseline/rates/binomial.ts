/** Number of attempts at something, and how many of them had one result. */
export interface Tally {
  readonly attempts: number;
  readonly occurrences: number;
}

/**
 * Returns the probability of at least `occurrences` in `attempts` independent attempts: the upper tail of the binomial
 * distribution.
 * @param rate probability of one occurrence, 0 to 1
 */
export function tailProbability({ attempts, occurrences }: Tally, rate: number): number {
  if (occurrences <= 0 || rate >= 1) return 1;
  if (rate <= 0) return 0;
  // Logarithms, because a single term can be smaller than the smallest number.
  let logTerm = occurrences * Math.log(rate) + (attempts - occurrences) * Math.log1p(-rate);
  for (let n = 1; n <= occurrences; n += 1) logTerm += Math.log((attempts - occurrences + n) / n);
  let sum = 0;
  for (let n = occurrences; n <= attempts; n += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((attempts - n) / (n + 1)) + Math.log(rate) - Math.log1p(-rate);
  }
  return Math.min(1, sum);
}

/**
 * Returns the exact one-sided upper confidence bound of a rate (Clopper and Pearson, "The use of confidence or fiducial
 * limits illustrated in the case of the binomial", Biometrika 26, 1934): the highest rate at which so few occurrences still have
 * a probability of `1 - confidence`. It holds for any number of attempts, also for one.
 * @param confidence between 0 and 1
 * @returns 1 if every attempt had the result
 */
export function upperBound({ attempts, occurrences }: Tally, confidence: number): number {
  if (occurrences >= attempts) return 1;
  let [low, high] = [occurrences / attempts, 1];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    const atMost = 1 - tailProbability({ attempts, occurrences: occurrences + 1 }, middle);
    if (atMost > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Returns the probability that chance puts all passes after all failures, if the rate never changed: Fisher's exact test for
 * `failed` attempts without a pass, then `passed` attempts without a failure.
 */
export function probabilityOfChange(failed: number, passed: number): number {
  let probability = 1;
  for (let n = 1; n <= passed; n += 1) probability *= n / (failed + n);
  return probability;
}
