import { zscore } from '../indicators/statistics/zscore';
import type { IndicatorStream } from '../indicators';
import { MXX, MXY, rollingComomentsSize, rollingComomentsStep } from '../indicators/state/rolling-comoments';
import { concatColumns } from '../series';
import type { HedgeStream, PairReading } from './hedge-stream';

const MEAN_X = 6;
const MEAN_Y = 7;

/** State of a fit, and the line it gives: ratio and intercept, NaN before there are enough bars. */
interface Fit {
  readonly state: Float64Array;
  learn(y: number, x: number): void;
  readonly ratio: number;
  readonly intercept: number;
}

/** The last `window` bars. O(1) a bar. */
class RollingFit implements Fit {
  readonly state: Float64Array;

  constructor(private readonly window: number) {
    this.state = new Float64Array(rollingComomentsSize(window) + 2).fill(NaN, 0, 2);
  }

  get ratio(): number {
    return this.state[0];
  }

  get intercept(): number {
    return this.state[1];
  }

  learn(y: number, x: number): void {
    const s = this.state;
    const isFull = rollingComomentsStep(s, 2, this.window, x, y);
    s[0] = isFull && s[2 + MXX] > 0 ? s[2 + MXY] / s[2 + MXX] : NaN;
    s[1] = s[2 + MEAN_Y] - s[0] * s[2 + MEAN_X];
  }
}

/** All bars so far, from `least` on, by Welford's updates: [ratio, intercept, count, mean x, mean y, Mxx, Mxy]. */
class ExpandingFit implements Fit {
  readonly state = new Float64Array(7).fill(NaN, 0, 2);

  constructor(private readonly least: number) {}

  get ratio(): number {
    return this.state[0];
  }

  get intercept(): number {
    return this.state[1];
  }

  learn(y: number, x: number): void {
    const s = this.state;
    s[2] += 1;
    const dx = x - s[3];
    s[3] += dx / s[2];
    const dy = y - s[4];
    s[4] += dy / s[2];
    s[5] += dx * (x - s[3]);
    s[6] += dx * (y - s[4]);
    s[0] = s[2] >= this.least && s[5] > 0 ? s[6] / s[5] : NaN;
    s[1] = s[4] - s[0] * s[3];
  }
}

/**
 * Ordinary least squares y = intercept + ratio x + spread, and the z-score (ddof 1) of the spread among the last `zWindow`
 * spreads, each of which was measured by the fit of its own day.
 */
class LeastSquaresHedge implements HedgeStream {
  private readonly z: IndicatorStream;
  private readonly in = new Float64Array(1);
  private readonly out = new Float64Array(1);

  constructor(
    private readonly fit: Fit,
    zWindow: number,
  ) {
    this.z = zscore.stream({ window: zWindow, ddof: 1 });
  }

  update(y: number, x: number, out: PairReading): void {
    const { fit } = this;
    out.ratio = fit.ratio;
    out.spread = y - fit.intercept - fit.ratio * x;
    this.in[0] = out.spread;
    this.z.update(this.in, this.out);
    out.z = this.out[0];
    fit.learn(y, x);
  }

  save(): Float64Array {
    return concatColumns([this.fit.state, this.z.save()]);
  }

  load(state: Float64Array): void {
    const own = this.fit.state.length;
    this.fit.state.set(state.subarray(0, own));
    this.z.load(state.slice(own));
  }
}

export const rollingHedge = (window: number, zWindow: number): HedgeStream =>
  new LeastSquaresHedge(new RollingFit(window), zWindow);

export const expandingHedge = (least: number, zWindow: number): HedgeStream =>
  new LeastSquaresHedge(new ExpandingFit(least), zWindow);
