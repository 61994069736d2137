import type { HedgeStream, PairReading } from './hedge-stream';

const COUNT = 0;
const RATIO = 1;
const INTERCEPT = 2;
const P11 = 3;
const P12 = 4;
const P22 = 5;
/** Variance of ratio and intercept before the first bar: they may be anything. */
const DIFFUSE = 1e6;

/**
 * Ratio and intercept as random walks, seen through y = intercept + ratio x + noise: before each bar their covariance grows
 * by delta / (1 - delta) on the diagonal; z is the prediction error over its standard deviation.
 * Bars before `warmUp` have no reading. Source: the regression with time-varying coefficients of Durbin and Koopman
 * (2012), section 3.6, with the step of Montana, Triantafyllopoulos and Tsagaris (2009).
 */
class KalmanHedge implements HedgeStream {
  private readonly s = new Float64Array(6);
  private readonly step: number;

  constructor(
    delta: number,
    private readonly noise: number,
    private readonly warmUp: number,
  ) {
    this.step = delta / (1 - delta);
    this.s[P11] = this.s[P22] = DIFFUSE;
  }

  update(y: number, x: number, out: PairReading): void {
    const { s, step } = this;
    const a = s[P11] + step;
    const b = s[P12];
    const d = s[P22] + step;
    const error = y - s[INTERCEPT] - s[RATIO] * x;
    const toRatio = a * x + b;
    const toIntercept = b * x + d;
    const variance = toRatio * x + toIntercept + this.noise;
    const isReady = s[COUNT] >= this.warmUp;
    out.ratio = isReady ? s[RATIO] : NaN;
    out.spread = isReady ? error : NaN;
    out.z = isReady ? error / Math.sqrt(variance) : NaN;
    s[COUNT] += 1;
    s[RATIO] += (toRatio / variance) * error;
    s[INTERCEPT] += (toIntercept / variance) * error;
    s[P11] = a - (toRatio * toRatio) / variance;
    s[P12] = b - (toRatio * toIntercept) / variance;
    s[P22] = d - (toIntercept * toIntercept) / variance;
  }

  save(): Float64Array {
    return this.s.slice();
  }

  load(state: Float64Array): void {
    this.s.set(state);
  }
}

export const kalmanHedge = (delta: number, noise: number, warmUp: number): HedgeStream =>
  new KalmanHedge(delta, noise, warmUp);
