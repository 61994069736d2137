import { PURE_NUMBER, WITH_UNIT } from '../../comparison/comparison';
import { defineIndicator } from '../define-indicator';
import { bars, degreesOfFreedom } from '../parameters';
import { M2, MEAN, REBUILD_WINDOWS, rollingMomentsSize, rollingMomentsStep, SHRINK } from '../state/rolling-moments';

/**
 * Bollinger bands over `window` values: middle = mean, upper and lower = middle +- deviations x std, percent_b = (x -
 * lower) / (upper - lower), width = (upper - lower) / middle, z = (x - middle) / std. Population standard deviation as
 * in TA-Lib BBANDS unless `ddof` is 1. Lookback window - 1. In a window of equal values the three bands coincide, the
 * width is 0, percent_b and z are NaN. O(1) per bar amortised. Source: Bollinger (2001), TA-Lib BBANDS.
 */
export const bollinger = defineIndicator({
  key: 'bollinger',
  description: 'Bollinger bands',
  inputs: ['close'],
  outputs: ['upper', 'middle', 'lower', 'percent_b', 'width', 'z'],
  scale: [WITH_UNIT, WITH_UNIT, WITH_UNIT, PURE_NUMBER, PURE_NUMBER, PURE_NUMBER],
  parameters: {
    window: bars(20, 2, 'length of the window'),
    deviations: { default: 2, min: 0, description: 'half width of the bands in standard deviations' },
    ddof: degreesOfFreedom(0),
  },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, deviations, ddof }) => ({
    size: rollingMomentsSize(window),
    step: (s, input, out) => {
      if (!rollingMomentsStep(s, 0, window, input[0])) {
        out.fill(NaN);
        return;
      }
      const mean = s[MEAN];
      const std = Math.sqrt(s[M2] / (window - ddof));
      const half = deviations * std;
      const span = 2 * half;
      const distance = input[0] - mean;
      const scale = 1 / (2 * deviations);
      out[0] = mean + half;
      out[1] = mean;
      out[2] = mean - half;
      const z = std > 0 ? distance / std : NaN;
      out[3] = deviations > 0 ? 0.5 + z * scale : NaN;
      out[4] = mean === 0 ? NaN : span / mean;
      out[5] = z;
    },
  }),
  leavesOut: true,
  kernel:
    ({ window, deviations, ddof }) =>
    ([x], from, to, [upper, middle, lower, percentB, width, z]) => {
      const bands = upper.length + middle.length + lower.length === 3 * x.length;
      const scratch = (column: Float64Array): Float64Array => (column.length > 0 ? column : new Float64Array(x.length));
      const means = scratch(middle);
      const more = percentB.length + width.length + z.length > 0;
      const stds = more ? scratch(z) : lower;
      if (bands) bandsRun(x, from, to, window, window - ddof, deviations, stds, upper, means, lower);
      else bandsRun(x, from, to, window, window - ddof, deviations, stds, scratch(upper), means, scratch(lower));
      if (more) positionsRun(x, from + window - 1, to, deviations, means, scratch(percentB), scratch(width), stds);
    },
});

/** Position, width and z-score from the means and the standard deviations, which the z-scores replace. */
function positionsRun(
  x: Float64Array,
  from: number,
  to: number,
  deviations: number,
  means: Float64Array,
  percentB: Float64Array,
  width: Float64Array,
  stds: Float64Array,
): void {
  const scale = 1 / (2 * deviations);
  for (let i = from; i < to; i++) {
    const mean = means[i];
    const std = stds[i];
    const score = std > 0 ? (x[i] - mean) / std : NaN;
    percentB[i] = deviations > 0 ? 0.5 + score * scale : NaN;
    width[i] = mean === 0 ? NaN : (2 * (deviations * std)) / mean;
    stds[i] = score;
  }
}

/** The steps of `rollingMomentsRun` with the bands written at once; `stds` may be the lower band's column. */
function bandsRun(
  x: Float64Array,
  from: number,
  to: number,
  window: number,
  divisor: number,
  deviations: number,
  stds: Float64Array,
  upper: Float64Array,
  middle: Float64Array,
  lower: Float64Array,
): void {
  const share = 1 / window;
  let i = from + window - 1;
  let run = i === from ? 0 : 1;
  for (let k = from + 1; k < i; k++) run = x[k] === x[k - 1] ? run + 1 : 1;
  while (i < to) {
    let last = x[i];
    run = run > 0 && last === x[i - 1] ? run + 1 : 1;
    let mean = 0;
    for (let k = i - window + 1; k <= i; k++) mean += x[k];
    mean /= window;
    let m2 = 0;
    for (let k = i - window + 1; k <= i; k++) m2 += (x[k] - mean) * (x[k] - mean);
    let peak = m2;
    if (run >= window) {
      mean = last;
      m2 = 0;
    }
    const end = Math.min(to, i + REBUILD_WINDOWS * window);
    for (;;) {
      const std = Math.sqrt(m2 / divisor);
      const half = deviations * std;
      stds[i] = std;
      upper[i] = mean + half;
      middle[i] = mean;
      lower[i] = mean - half;
      if (++i >= end) break;
      const value = x[i];
      const old = x[i - window];
      const before = mean;
      const delta = value - old;
      mean = before + delta * share;
      m2 += delta * (value - mean + (old - before));
      if (m2 > peak) peak = m2;
      else if (m2 * SHRINK < peak) break;
      if (value !== last) run = 1;
      else if (++run >= window) {
        mean = value;
        m2 = 0;
      }
      last = value;
    }
  }
}
