import { createRng } from '../random';
import { expandingHedge, kalmanHedge, rollingHedge, type HedgeStream, type PairReading } from '.';

const rng = createRng('pair');
const n = 300;
const x = new Float64Array(n);
const y = new Float64Array(n);
for (let t = 0; t < n; t++) {
  x[t] = (t > 0 ? x[t - 1] : 4) + 0.01 * rng.normal();
  y[t] = 0.5 + 1.3 * x[t] + 0.02 * rng.normal();
}

function readings(stream: HedgeStream): PairReading[] {
  return Array.from(x, (_, t) => {
    const out = { ratio: NaN, spread: NaN, z: NaN };
    stream.update(y[t], x[t], out);
    return out;
  });
}

/** Two-pass least squares over [from, to). */
function line(from: number, to: number): { ratio: number; intercept: number } {
  const mean = (v: Float64Array): number => v.slice(from, to).reduce((a, b) => a + b, 0) / (to - from);
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy] = [0, 0];
  for (let t = from; t < to; t++) {
    xx += (x[t] - mx) ** 2;
    xy += (x[t] - mx) * (y[t] - my);
  }
  return { ratio: xy / xx, intercept: my - (xy / xx) * mx };
}

function check(made: PairReading[], least: number, zWindow: number, from: (t: number) => number): void {
  const spreads = made.map((_, t) => {
    const { ratio, intercept } = t < least ? { ratio: NaN, intercept: NaN } : line(from(t), t);
    if (t < least) expect(made[t].ratio).toBeNaN();
    else expect(made[t].ratio).toBeCloseTo(ratio, 9);
    return y[t] - intercept - ratio * x[t];
  });
  for (let t = 0; t < n; t++) {
    const window = spreads.slice(Math.max(0, t - zWindow + 1), t + 1);
    const mean = window.reduce((a, b) => a + b, 0) / zWindow;
    const std = Math.sqrt(window.reduce((a, b) => a + (b - mean) ** 2, 0) / (zWindow - 1));
    if (t < least + zWindow - 1) expect(made[t].z).toBeNaN();
    else expect(made[t].z).toBeCloseTo((spreads[t] - mean) / std, 7);
  }
}

describe('hedge ratios', () => {
  it('of a rolling window are least squares over the bars before', () => {
    check(readings(rollingHedge(40, 15)), 40, 15, (t) => t - 40);
  });

  it('of an expanding window are least squares over all bars before', () => {
    check(readings(expandingHedge(30, 10)), 30, 10, () => 0);
  });

  it('of the Kalman filter are those of the filter with matrices', () => {
    const made = readings(kalmanHedge(1e-4, 1e-3, 5));
    let state = [0, 0];
    let p = [
      [1e6, 0],
      [0, 1e6],
    ];
    const w = 1e-4 / (1 - 1e-4);
    for (let t = 0; t < n; t++) {
      const h = [x[t], 1];
      const r = p.map((row, i) => row.map((v, j) => v + (i === j ? w : 0)));
      const rh = r.map((row) => row[0] * h[0] + row[1] * h[1]);
      const q = rh[0] * h[0] + rh[1] * h[1] + 1e-3;
      const e = y[t] - state[0] * h[0] - state[1] * h[1];
      if (t >= 5) {
        expect(made[t].ratio).toBeCloseTo(state[0], 6);
        expect(made[t].z).toBeCloseTo(e / Math.sqrt(q), 6);
      } else expect(made[t].z).toBeNaN();
      state = state.map((v, i) => v + (rh[i] / q) * e);
      p = r.map((row, i) => row.map((v, j) => v - (rh[i] * rh[j]) / q));
    }
    expect(made[n - 1].ratio).toBeGreaterThan(1);
    expect(made[n - 1].ratio).toBeLessThan(1.5);
  });

  it.each([
    ['rolling', () => rollingHedge(40, 15)],
    ['expanding', () => expandingHedge(30, 10)],
    ['Kalman', () => kalmanHedge(1e-4, 1e-3, 5)],
  ])('go on from a saved state with the same bits, and do not see their own bar: %s', (_, make) => {
    const whole = readings(make());
    const [before, after] = [make(), make()];
    const out = { ratio: NaN, spread: NaN, z: NaN };
    for (let t = 0; t < n; t++) {
      if (t === 123) after.load(before.save());
      (t < 123 ? before : after).update(y[t], x[t], out);
      expect(out).toEqual(whole[t]);
    }
    const other = make();
    for (let t = 0; t < 200; t++) other.update(y[t], x[t], out);
    other.update(y[200] + 10, x[200], out);
    expect(out.ratio).toBe(whole[200].ratio);
    expect(out.spread).toBeCloseTo(whole[200].spread + 10, 12);
  });

  it('have no ratio where x does not move', () => {
    const stream = rollingHedge(5, 3);
    const out = { ratio: NaN, spread: NaN, z: NaN };
    for (let t = 0; t < 20; t++) stream.update(t, 1, out);
    expect(out).toEqual({ ratio: NaN, spread: NaN, z: NaN });
  });
});
