/** A hidden Markov model of two states with normal values; state 1 is the one of the larger variance. */
export interface GaussianHmm {
  readonly start: Float64Array;
  /** Probability that a state stays. */
  readonly stay: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** No state may shrink to a point: the share of the whole variance that each has at least. */
const LEAST_VARIANCE = 1e-6;
/** No state is for ever. */
const LEAST_CHANGE = 1e-3;
const FIRST_STAY = 0.95;

/** exp of the log densities in both states, less what they have in common, which drops out of every probability. */
function densities({ mean, variance }: GaussianHmm, x: number, out: Float64Array): void {
  for (let k = 0; k < 2; k++) out[k] = -0.5 * ((x - mean[k]) ** 2 / variance[k] + Math.log(variance[k]));
  const most = Math.max(out[0], out[1]);
  for (let k = 0; k < 2; k++) out[k] = Math.exp(out[k] - most);
}

const density = new Float64Array(2);

/** Probability of state 1 after a value, from that after the value before: the forward recursion, which knows nothing later. */
export function filterStep(model: GaussianHmm, before: number, x: number): number {
  const { stay } = model;
  return weighed(model, (1 - stay[0]) * (1 - before) + stay[1] * before, x);
}

function weighed(model: GaussianHmm, expected: number, x: number): number {
  densities(model, x, density);
  const turbulent = expected * density[1];
  return turbulent / (turbulent + (1 - expected) * density[0]);
}

/** Probability of state 1 after the last of some values. */
export function filterLast(model: GaussianHmm, x: Float64Array): number {
  let probability = weighed(model, model.start[1], x[0]);
  for (let t = 1; t < x.length; t++) probability = filterStep(model, probability, x[t]);
  return probability;
}

/** Two states of one mean, calm and turbulent by the smaller and the larger half of the squared deviations. */
function firstGuess(x: Float64Array): { model: GaussianHmm; least: number } | null {
  const n = x.length;
  const mean = x.reduce((sum, v) => sum + v, 0) / n;
  const squares = x.map((v) => (v - mean) ** 2).sort();
  const half = Math.floor(n / 2);
  const average = (part: Float64Array): number => part.reduce((sum, v) => sum + v, 0) / part.length;
  const least = LEAST_VARIANCE * average(squares);
  if (!(least > 0)) return null;
  const variance = Float64Array.of(average(squares.subarray(0, half)), average(squares.subarray(half)));
  const model = {
    start: Float64Array.of(0.5, 0.5),
    stay: Float64Array.of(FIRST_STAY, FIRST_STAY),
    mean: Float64Array.of(mean, mean),
    variance: variance.map((v) => Math.max(v, least)),
  };
  return { model, least };
}

/**
 * Fits the model to values, oldest first, by expectation maximisation from a start that depends on the values alone. The same values give
 * the same bits. Null where the values do not move. O(n x iterations).
 * Source: Baum, Petrie, Soules and Weiss (1970); the scaled recursions of Rabiner (1989).
 */
export function fitGaussianHmm(x: Float64Array, iterations: number): GaussianHmm | null {
  const guess = firstGuess(x);
  if (guess === null) return null;
  const work = { forward: new Float64Array(2 * x.length), emitted: new Float64Array(2 * x.length) };
  let { model } = guess;
  for (let i = 0; i < iterations; i++) model = improved(model, x, guess.least, work);
  const [calm, turbulent] = model.variance[0] <= model.variance[1] ? [0, 1] : [1, 0];
  const ordered = (pair: Float64Array): Float64Array => Float64Array.of(pair[calm], pair[turbulent]);
  const { start, stay, mean, variance } = model;
  return { start: ordered(start), stay: ordered(stay), mean: ordered(mean), variance: ordered(variance) };
}

interface Work {
  /** Scaled forward probabilities, two a value. */
  readonly forward: Float64Array;
  readonly emitted: Float64Array;
}

/** One step of the expectation maximisation. */
function improved(model: GaussianHmm, x: Float64Array, least: number, { forward, emitted }: Work): GaussianHmm {
  const { stay } = model;
  const n = x.length;
  let [a, b] = model.start;
  for (let t = 0; t < n; t++) {
    densities(model, x[t], density);
    emitted[2 * t] = density[0];
    emitted[2 * t + 1] = density[1];
    if (t > 0) [a, b] = [stay[0] * a + (1 - stay[1]) * b, (1 - stay[0]) * a + stay[1] * b];
    a *= density[0];
    b *= density[1];
    const sum = a + b;
    a /= sum;
    b /= sum;
    forward[2 * t] = a;
    forward[2 * t + 1] = b;
  }
  // [weight, weight that is followed by another value, expected stays, weighted sum] a state
  const [weight, followed, stays, total] = [0, 1, 2, 3].map(() => new Float64Array(2));
  const start = new Float64Array(2);
  // what comes after a value, by state, up to a factor
  let [after0, after1] = [1, 1];
  const posterior = new Float64Array(n);
  for (let t = n - 1; t >= 0; t--) {
    const [f0, f1] = [forward[2 * t], forward[2 * t + 1]];
    if (t < n - 1) {
      const [e0, e1] = [emitted[2 * t + 2] * after0, emitted[2 * t + 3] * after1];
      const [s0, c0] = [f0 * stay[0] * e0, f0 * (1 - stay[0]) * e1];
      const [c1, s1] = [f1 * (1 - stay[1]) * e0, f1 * stay[1] * e1];
      const all = s0 + c0 + c1 + s1;
      stays[0] += s0 / all;
      stays[1] += s1 / all;
      followed[0] += (s0 + c0) / all;
      followed[1] += (s1 + c1) / all;
      const [next0, next1] = [stay[0] * e0 + (1 - stay[0]) * e1, (1 - stay[1]) * e0 + stay[1] * e1];
      [after0, after1] = [next0 / (next0 + next1), next1 / (next0 + next1)];
    }
    const turbulent = (f1 * after1) / (f0 * after0 + f1 * after1);
    posterior[t] = turbulent;
    weight[0] += 1 - turbulent;
    weight[1] += turbulent;
    total[0] += (1 - turbulent) * x[t];
    total[1] += turbulent * x[t];
    if (t === 0) start.set([1 - turbulent, turbulent]);
  }
  // a state that no value is of stays as it was
  const mean = total.map((sum, k) => (weight[k] > 0 ? sum / weight[k] : model.mean[k]));
  const squares = new Float64Array(2);
  for (let t = 0; t < n; t++) {
    squares[0] += (1 - posterior[t]) * (x[t] - mean[0]) ** 2;
    squares[1] += posterior[t] * (x[t] - mean[1]) ** 2;
  }
  return {
    start,
    mean,
    variance: squares.map((sum, k) => (weight[k] > 0 ? Math.max(sum / weight[k], least) : model.variance[k])),
    stay: stays.map((sum, k) =>
      followed[k] > 0 ? Math.min(Math.max(sum / followed[k], LEAST_CHANGE), 1 - LEAST_CHANGE) : stay[k],
    ),
  };
}
