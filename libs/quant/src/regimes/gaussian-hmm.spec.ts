import { createRng } from '../random';
import { filterLast, filterStep, fitGaussianHmm, type GaussianHmm } from './gaussian-hmm';

const model: GaussianHmm = {
  start: Float64Array.of(0.7, 0.3),
  stay: Float64Array.of(0.9, 0.8),
  mean: Float64Array.of(0.1, -0.2),
  variance: Float64Array.of(0.5, 3),
};
const rng = createRng('hmm');
const x = Float64Array.from({ length: 9 }, () => 1.5 * rng.normal());

/** Every sequence of states with its probability together with the values, by multiplication alone. */
function paths({ start, stay, mean, variance }: GaussianHmm, values: Float64Array): { states: number[]; p: number }[] {
  return Array.from({ length: 2 ** values.length }, (_, code) => {
    const states = Array.from(values, (_v, t) => (code >> t) & 1);
    const p = states.reduce((product, s, t) => {
      const moved = t === 0 ? start[s] : states[t - 1] === s ? stay[s] : 1 - stay[states[t - 1]];
      const normal = Math.exp(-((values[t] - mean[s]) ** 2) / (2 * variance[s])) / Math.sqrt(2 * Math.PI * variance[s]);
      return product * moved * normal;
    }, 1);
    return { states, p };
  });
}

const share = (all: { states: number[]; p: number }[], holds: (states: number[]) => number): number =>
  all.reduce((sum, { states, p }) => sum + p * holds(states), 0) / all.reduce((sum, { p }) => sum + p, 0);

it('filters as the sum over all sequences of states does, and knows nothing later', () => {
  let probability = filterLast(model, x.subarray(0, 1));
  for (let t = 0; t < x.length; t++) {
    if (t > 0) probability = filterStep(model, probability, x[t]);
    expect(probability).toBeCloseTo(
      share(paths(model, x.subarray(0, t + 1)), (s) => s[t]),
      12,
    );
    expect(filterLast(model, x.subarray(0, t + 1))).toBe(probability);
  }
});

it('takes the step of the expectation maximisation that the sum over all sequences gives', () => {
  // the start that the values alone give: one mean, the halves of the squared deviations
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length;
  const squares = Array.from(x, (v) => (v - mean) ** 2).sort((a, b) => a - b);
  const average = (part: number[]): number => part.reduce((sum, v) => sum + v, 0) / part.length;
  const guess: GaussianHmm = {
    start: Float64Array.of(0.5, 0.5),
    stay: Float64Array.of(0.95, 0.95),
    mean: Float64Array.of(mean, mean),
    variance: Float64Array.of(average(squares.slice(0, 4)), average(squares.slice(4))),
  };
  const all = paths(guess, x);
  const weight = [0, 1].map((k) => share(all, (s) => s.filter((one) => one === k).length));
  const means = [0, 1].map(
    (k) => share(all, (s) => s.reduce((sum, one, t) => sum + (one === k ? x[t] : 0), 0)) / weight[k],
  );
  const fitted = fitGaussianHmm(x, 1)!;
  [0, 1].forEach((k) => {
    const variance =
      share(all, (s) => s.reduce((sum, one, t) => sum + (one === k ? (x[t] - means[k]) ** 2 : 0), 0)) / weight[k];
    const followed = share(all, (s) => s.slice(0, -1).filter((one) => one === k).length);
    const stays = share(all, (s) => s.slice(1).filter((one, t) => one === k && s[t] === k).length);
    expect(fitted.mean[k]).toBeCloseTo(means[k], 10);
    expect(fitted.variance[k]).toBeCloseTo(variance, 10);
    expect(fitted.stay[k]).toBeCloseTo(Math.min(stays / followed, 0.999), 10);
    expect(fitted.start[k]).toBeCloseTo(
      share(all, (s) => Number(s[0] === k)),
      10,
    );
  });
});

/** Log likelihood by the plain forward sum. */
const likelihood = (m: GaussianHmm, values: Float64Array): number => {
  let [a, b] = [0, 1].map((k) => m.start[k] * normal(m, k, values[0]));
  let log = 0;
  for (let t = 1; t < values.length; t++) {
    log += Math.log(a + b);
    [a, b] = [a / (a + b), b / (a + b)];
    [a, b] = [
      (m.stay[0] * a + (1 - m.stay[1]) * b) * normal(m, 0, values[t]),
      ((1 - m.stay[0]) * a + m.stay[1] * b) * normal(m, 1, values[t]),
    ];
  }
  return log + Math.log(a + b);
};
const normal = ({ mean, variance }: GaussianHmm, k: number, v: number): number =>
  Math.exp(-((v - mean[k]) ** 2) / (2 * variance[k])) / Math.sqrt(2 * Math.PI * variance[k]);

it('never gets less likely, and finds the states that values were drawn from', () => {
  const draw = createRng('regimes');
  let state = 0;
  const states: number[] = [];
  const values = Float64Array.from({ length: 4000 }, () => {
    if (draw.next() < (state === 0 ? 0.02 : 0.05)) state = 1 - state;
    states.push(state);
    return state === 0 ? 0.0005 + 0.006 * draw.normal() : -0.001 + 0.02 * draw.normal();
  });
  const likelihoods = [1, 2, 5, 10, 40].map((iterations) => likelihood(fitGaussianHmm(values, iterations)!, values));
  likelihoods.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(likelihoods[i] - 1e-9));
  const fitted = fitGaussianHmm(values, 40)!;
  expect(Array.from(fitted.variance, Math.sqrt)[0]).toBeCloseTo(0.006, 3);
  expect(Math.abs(Math.sqrt(fitted.variance[1]) - 0.02)).toBeLessThan(0.0015);
  expect(Math.abs(fitted.stay[0] - 0.98)).toBeLessThan(0.01);
  let probability = filterLast(fitted, values.subarray(0, 1));
  const right = states.filter((one, t) => {
    if (t > 0) probability = filterStep(fitted, probability, values[t]);
    return one === Number(probability > 0.5);
  });
  expect(right.length / states.length).toBeGreaterThan(0.9);
});

it('has no states where nothing moves', () => {
  expect(fitGaussianHmm(new Float64Array(30).fill(0.25), 5)).toBeNull();
});
