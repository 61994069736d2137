import { type Formula, formula } from './formulas';

const DEGREES = 180 / Math.PI;

export const scaled = (divisor: number): Formula =>
  formula(
    'scaled',
    ([ms], target, from, to) => {
      const { values: m, shift: sm } = ms;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = m[i + sm] / divisor;
      }
    },
    { numbers: [divisor] },
  );

export const rootOf = (divisor: number): Formula =>
  formula(
    'rootOf',
    ([ms], target, from, to) => {
      const { values: m, shift: sm } = ms;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = Math.sqrt(m[i + sm] / divisor);
      }
    },
    { numbers: [divisor] },
  );

export const rootTimes = (factor: number): Formula =>
  formula(
    'rootTimes',
    ([ms], target, from, to) => {
      const { values: m, shift: sm } = ms;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = Math.sqrt(m[i + sm] * factor);
      }
    },
    { numbers: [factor] },
  );

/** Distance from the mean in standard deviations, where the sum of squares is above 0. */
export const score = formula('score', ([xs, means, stds, ms], target, from, to) => {
  const { values: x, shift: sx } = xs;
  const { values: mean, shift: smean } = means;
  const { values: std, shift: sstd } = stds;
  const { values: m, shift: sm } = ms;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = m[i + sm] > 0 ? (x[i + sx] - mean[i + smean]) / std[i + sstd] : NaN;
  }
});

/** The same, where the standard deviation is. */
export const bandScore = formula('bandScore', ([xs, means, stds], target, from, to) => {
  const { values: x, shift: sx } = xs;
  const { values: mean, shift: smean } = means;
  const { values: std, shift: sstd } = stds;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = std[i + sstd] > 0 ? (x[i + sx] - mean[i + smean]) / std[i + sstd] : NaN;
  }
});

export const bandPosition = (deviations: number): Formula =>
  formula(
    deviations > 0 ? 'bandPosition' : undefined,
    ([zs], target, from, to) => {
      const { values: z, shift: sz } = zs;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = deviations > 0 ? 0.5 + z[i + sz] * (1 / (2 * deviations)) : NaN;
      }
    },
    { numbers: [1 / (2 * deviations)] },
  );

export const bandWidth = (deviations: number): Formula =>
  formula(
    'bandWidth',
    ([means, stds], target, from, to) => {
      const { values: mean, shift: smean } = means;
      const { values: std, shift: sstd } = stds;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = mean[i + smean] === 0 ? NaN : (2 * (deviations * std[i + sstd])) / mean[i + smean];
      }
    },
    { numbers: [deviations] },
  );

export const weightedMean = (window: number): Formula =>
  formula(
    'weightedMean',
    ([xs, weighteds, equals], target, from, to) => {
      const total = (window * (window + 1)) / 2;
      const { values: x, shift: sx } = xs;
      const { values: weighted, shift: sweighted } = weighteds;
      const { values: equal, shift: sequal } = equals;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = equal[i + sequal] >= window ? x[i + sx] : weighted[i + sweighted] / total;
      }
    },
    { numbers: [(window * (window + 1)) / 2, window] },
  );

export const slopeFormula = (window: number): Formula =>
  formula(
    'slope',
    ([sums, weighteds, equals], target, from, to) => {
      const factor = 12 / (window * (window * window - 1));
      const middle = (window + 1) / 2;
      const { values: sum, shift: ssum } = sums;
      const { values: weighted, shift: sweighted } = weighteds;
      const { values: equal, shift: sequal } = equals;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = equal[i + sequal] >= window ? 0 : factor * (weighted[i + sweighted] - middle * sum[i + ssum]);
      }
    },
    { numbers: [12 / (window * (window * window - 1)), (window + 1) / 2] },
  );

/** The line so many bars after the middle of the window. */
export const onLine = (window: number, reach: number): Formula =>
  formula(
    'onLine',
    ([xs, sums, slopes, equals], target, from, to) => {
      const { values: x, shift: sx } = xs;
      const { values: sum, shift: ssum } = sums;
      const { values: slope, shift: sslope } = slopes;
      const { values: equal, shift: sequal } = equals;
      const { values: out, shift } = target;
      for (let i = from; i < to; i++) {
        out[i + shift] = (equal[i + sequal] >= window ? x[i + sx] : sum[i + ssum] / window) + slope[i + sslope] * reach;
      }
    },
    { numbers: [window, reach] },
  );

export const angleOf = formula(undefined, ([slopes], target, from, to) => {
  const { values: slope, shift: sslope } = slopes;
  const { values: out, shift } = target;
  for (let i = from; i < to; i++) {
    out[i + shift] = Math.atan(slope[i + sslope]) * DEGREES;
  }
});
