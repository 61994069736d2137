import { PURE_NUMBER } from '../../comparison/comparison';
import { requireThat } from '../../errors/invalid-input';
import { defineIndicator } from '../define-indicator';
import { bars } from '../parameters';
import { lagSize, lagStep } from '../state/lag';

/** A bar costs passes over the whole window for each pair of regressors. */
const LONGEST = 1000;
/** What is left of a column may be this share of its square before it is rounding only. */
const ROUNDING = 1e-24;

/** Columns of `rows` numbers, one after the other: what is left of column j when those before are projected out. */
function orthogonalise(columns: Float64Array, rows: number, j: number, squares: Float64Array): void {
  const at = j * rows;
  for (let k = 0; k < j; k++) {
    let product = 0;
    for (let t = 0; t < rows; t++) product += columns[k * rows + t] * columns[at + t];
    const share = product / squares[k];
    for (let t = 0; t < rows; t++) columns[at + t] -= share * columns[k * rows + t];
  }
}

function squareOf(columns: Float64Array, rows: number, j: number): number {
  let square = 0;
  for (let t = j * rows; t < (j + 1) * rows; t++) square += columns[t] * columns[t];
  return square;
}

/**
 * Augmented Dickey-Fuller statistic of the last `window` values: the t-statistic of a in
 * d x_t = a x_(t-1) + sum over k = 1 to `lags` of b_k d x_(t-k) [+ c [+ d t]] by least squares over the window's
 * window - 1 - lags observations; `regression` 0 has neither constant nor trend, 1 the constant, 2 both. The lags are
 * stated, never chosen from the data. Far below 0 speaks against a unit root (for 1, MacKinnon's 5 % point is -2.86 in
 * long windows), but overlapping windows are no independent tests. NaN where the regressors are collinear or the fit is exact.
 * Lookback window - 1. O(window (lags + 3)^2) per bar.
 * Source: Dickey and Fuller (1979), Said and Dickey (1984); statsmodels `adfuller` with `autolag=None`.
 */
export const adf = defineIndicator({
  key: 'adf',
  description: 'augmented Dickey-Fuller statistic of the window',
  inputs: ['close'],
  outputs: ['adf'],
  scale: PURE_NUMBER,
  parameters: {
    window: bars(100, 6, 'length of the window', LONGEST),
    lags: { default: 1, min: 0, max: 20, integer: true, description: 'number of lagged differences' },
    regression: {
      default: 1,
      min: 0,
      max: 2,
      integer: true,
      description: '0 no constant, 1 constant, 2 constant and trend',
    },
  },
  check: ({ window, lags, regression }) => {
    const least = 2 * lags + regression + 3;
    requireThat(window >= least, 'window', `at least 2 lags + regression + 3 = ${least}`, window);
  },
  lookback: ({ window }) => window - 1,
  recurrence: ({ window, lags, regression }) => {
    const rows = window - 1 - lags;
    const level = regression + lags;
    const columns = new Float64Array((level + 2) * rows);
    const squares = new Float64Array(level + 2);
    const x = new Float64Array(window);
    return {
      size: lagSize(window),
      step: (s, input, out) => {
        lagStep(s, 0, window, input[0]);
        out[0] = NaN;
        if (s[0] < window) return;
        const oldest = s[1];
        // a constant takes any level out: without it first there is less to round
        const base = regression > 0 ? s[2 + oldest] : 0;
        for (let t = 0, slot = oldest; t < window; t++, slot = slot + 1 === window ? 0 : slot + 1)
          x[t] = s[2 + slot] - base;
        for (let t = 0; t < rows; t++) {
          const now = t + lags + 1;
          if (regression > 0) columns[t] = 1;
          if (regression > 1) columns[rows + t] = t;
          for (let k = 1; k <= lags; k++) columns[(regression + k - 1) * rows + t] = x[now - k] - x[now - k - 1];
          columns[level * rows + t] = x[now - 1];
          columns[(level + 1) * rows + t] = x[now] - x[now - 1];
        }
        for (let j = 0; j <= level; j++) {
          const whole = squareOf(columns, rows, j);
          orthogonalise(columns, rows, j, squares);
          squares[j] = squareOf(columns, rows, j);
          if (!(squares[j] > ROUNDING * whole)) return;
        }
        const whole = squareOf(columns, rows, level + 1);
        orthogonalise(columns, rows, level + 1, squares);
        const residual = squareOf(columns, rows, level + 1);
        if (!(residual > ROUNDING * whole)) return;
        // the level's share of the change: its projection, which the orthogonal change has lost, from the raw one
        let product = 0;
        for (let t = 0; t < rows; t++) {
          const now = t + lags + 1;
          product += columns[level * rows + t] * (x[now] - x[now - 1]);
        }
        out[0] = product / Math.sqrt((squares[level] * residual) / (rows - level - 1));
      },
    };
  },
});
