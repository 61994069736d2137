import { PURE_NUMBER } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

const SHORTEST = 8;
/** A bar costs many passes over the window: so long a one takes minutes for a million bars. */
const LONGEST = 2048;

/**
 * Expected rescaled range of n independent normal values (Anis and Lloyd 1976):
 * Gamma((n - 1) / 2) / (sqrt(pi) Gamma(n / 2)) x sum of sqrt((n - i) / i).
 */
function expectedRange(n: number): number {
  // g(n) = Gamma((n - 1) / 2) / Gamma(n / 2): g(2) = sqrt(pi), g(m + 1) = 2 / ((m - 1) g(m))
  let ratio = Math.sqrt(Math.PI);
  for (let m = 2; m < n; m++) ratio = 2 / ((m - 1) * ratio);
  let sum = 0;
  for (let i = 1; i < n; i++) sum += Math.sqrt((n - i) / i);
  return (ratio / Math.sqrt(Math.PI)) * sum;
}

/** Range of the cumulated deviations / standard deviation of x[from .. from + n); NaN without variation. */
function rescaledRange(x: Float64Array, from: number, n: number): number {
  let mean = 0;
  for (let k = 0; k < n; k++) mean += x[from + k];
  mean /= n;
  let sum = 0;
  let low = 0;
  let high = 0;
  let square = 0;
  for (let k = 0; k < n; k++) {
    const deviation = x[from + k] - mean;
    square += deviation * deviation;
    sum += deviation;
    if (sum < low) low = sum;
    if (sum > high) high = sum;
  }
  return (high - low) / Math.sqrt(square / n);
}

/** Lengths window, window / 2, window / 4 ... down to 8. */
function lengthsOf(window: number): number[] {
  const lengths: number[] = [];
  for (let n = window; n >= SHORTEST; n = Math.floor(n / 2)) lengths.push(n);
  return lengths;
}

/**
 * Hurst exponent by rescaled range of the last `window` simple returns (never of prices, whose exponent is always near
 * 1): 0.5 + the least-squares slope of ln(R/S) - ln(expected R/S) on ln(length), each R/S the mean over the
 * non-overlapping stretches of its length, the newest first. 0.5 for independent returns. NaN when a stretch does not
 * vary. O(window log window) per bar. Lookback `window`.
 * Source: Hurst (1951), Mandelbrot and Wallis (1969); correction of Anis and Lloyd (1976).
 */
export const hurst = defineIndicator({
  key: 'hurst',
  description: 'Hurst exponent of the returns',
  inputs: ['close'],
  outputs: ['hurst'],
  scale: PURE_NUMBER,
  parameters: { window: bars(128, 2 * SHORTEST, 'number of returns', LONGEST) },
  lookback: ({ window }) => window,
  // [count, previous close, returns]
  recurrence: ({ window }) => {
    const lengths = lengthsOf(window);
    const logs = lengths.map(Math.log);
    const expected = lengths.map((n) => Math.log(expectedRange(n)));
    const meanLog = logs.reduce((a, b) => a + b, 0) / logs.length;
    const spread = logs.reduce((a, b) => a + (b - meanLog) * (b - meanLog), 0);
    const ordered = new Float64Array(window);
    return {
      size: 2 + lagSize(window),
      step: (s, input, out) => {
        const change = input[0] / s[1] - 1;
        s[1] = input[0];
        const begun = s[0] > 0;
        s[0] = 1;
        out[0] = NaN;
        if (!begun) return;
        if (change - change !== 0) {
          s.fill(0, 2);
          return;
        }
        lagStep(s, 2, window, change);
        if (s[2] < window) return;
        const oldest = s[3];
        ordered.set(s.subarray(4 + oldest, 4 + window));
        ordered.set(s.subarray(4, 4 + oldest), window - oldest);
        let slope = 0;
        for (let k = 0; k < lengths.length; k++) {
          const n = lengths[k];
          const stretches = Math.floor(window / n);
          let ranges = 0;
          for (let c = 1; c <= stretches; c++) ranges += rescaledRange(ordered, window - c * n, n);
          slope += (logs[k] - meanLog) * (Math.log(ranges / stretches) - expected[k]);
        }
        const exponent = 0.5 + slope / spread;
        out[0] = exponent - exponent === 0 ? exponent : NaN;
      },
    };
  },
});
