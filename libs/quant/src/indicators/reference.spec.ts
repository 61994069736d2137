import { createRng } from '../random';
import { indicators } from './catalog';
import { computeIndicator } from './compute-indicator';
import type { BarColumn, Parameters } from './indicator';

const n = 400;
const rng = createRng('reference');
const bars: Record<BarColumn, Float64Array> = {
  open: new Float64Array(n),
  high: new Float64Array(n),
  low: new Float64Array(n),
  close: new Float64Array(n),
  volume: new Float64Array(n),
  value: new Float64Array(n),
};
let price = 100;
for (let i = 0; i < n; i++) {
  bars.open[i] = price * (1 + 0.005 * rng.normal());
  price *= 1 + 0.02 * rng.normal();
  bars.close[i] = price;
  bars.high[i] = Math.max(bars.open[i], price) * (1 + 0.01 * rng.next());
  bars.low[i] = Math.min(bars.open[i], price) * (1 - 0.01 * rng.next());
  bars.volume[i] = Math.floor(1e6 * rng.next());
  bars.value[i] = Math.floor(i / 7);
}
const { open, high, low, close, volume } = bars;

const compute = (key: string, params: Parameters): Float64Array[] => {
  const indicator = indicators.get(key)!;
  return computeIndicator(
    indicator,
    indicator.inputs.map((name) => bars[name]),
    params,
  );
};

const last = (x: Float64Array, i: number, window: number): number[] => [...x.subarray(i - window + 1, i + 1)];
const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
const variance = (x: number[], ddof: number): number => {
  const m = mean(x);
  return x.reduce((a, b) => a + (b - m) ** 2, 0) / (x.length - ddof);
};
const returns = (x: Float64Array): Float64Array => x.map((value, i) => (i === 0 ? NaN : value / x[i - 1] - 1));
const typical = close.map((c, i) => (high[i] + low[i] + c) / 3);

/** Checks every bar from `first` on against the formula written out over the raw bars. */
function expectFormula(actual: Float64Array, first: number, formula: (i: number) => number): void {
  for (let i = 0; i < n; i++) {
    if (i < first) expect(actual[i]).toBeNaN();
    else {
      const expected = formula(i);
      const error = Math.abs(actual[i] - expected) / Math.max(1, Math.abs(expected));
      if (!(error < 1e-9)) throw new Error(`bar ${i}: ${actual[i]} instead of ${expected}`);
    }
  }
}

describe('indicators against their formulas written out', () => {
  it('rolling_std, zscore, realised_volatility', () => {
    expectFormula(compute('rolling_std', { window: 20, ddof: 1 })[0], 19, (i) =>
      Math.sqrt(variance(last(close, i, 20), 1)),
    );
    expectFormula(compute('zscore', { window: 9, ddof: 0 })[0], 8, (i) => {
      const x = last(close, i, 9);
      return (close[i] - mean(x)) / Math.sqrt(variance(x, 0));
    });
    const r = returns(close);
    expectFormula(compute('realised_volatility', { window: 30, periods_per_year: 365 })[0], 30, (i) =>
      Math.sqrt(variance(last(r, i, 30), 1) * 365),
    );
  });

  it('bollinger', () => {
    const [upper, middle, lower, percentB, width, z] = compute('bollinger', { window: 15, deviations: 1.5, ddof: 0 });
    const m = (i: number): number => mean(last(close, i, 15));
    const s = (i: number): number => Math.sqrt(variance(last(close, i, 15), 0));
    expectFormula(upper, 14, (i) => m(i) + 1.5 * s(i));
    expectFormula(middle, 14, m);
    expectFormula(lower, 14, (i) => m(i) - 1.5 * s(i));
    expectFormula(percentB, 14, (i) => (close[i] - (m(i) - 1.5 * s(i))) / (3 * s(i)));
    expectFormula(width, 14, (i) => (3 * s(i)) / m(i));
    expectFormula(z, 14, (i) => (close[i] - m(i)) / s(i));
  });

  it('stochastic, stochastic_fast, donchian', () => {
    const k = (i: number): number => {
      const lowest = Math.min(...last(low, i, 5));
      return (100 * (close[i] - lowest)) / (Math.max(...last(high, i, 5)) - lowest);
    };
    const slowK = (i: number): number => mean([k(i - 2), k(i - 1), k(i)]);
    const [actualK, actualD] = compute('stochastic', { fast_k: 5, slow_k: 3, slow_d: 3 });
    expectFormula(actualK, 8, slowK);
    expectFormula(actualD, 8, (i) => mean([slowK(i - 2), slowK(i - 1), slowK(i)]));
    const [fastK, fastD] = compute('stochastic_fast', { fast_k: 5, fast_d: 3 });
    expectFormula(fastK, 6, k);
    expectFormula(fastD, 6, slowK);
    const [upper, middle, lower] = compute('donchian', { window: 12 });
    expectFormula(upper, 11, (i) => Math.max(...last(high, i, 12)));
    expectFormula(lower, 11, (i) => Math.min(...last(low, i, 12)));
    expectFormula(middle, 11, (i) => (upper[i] + lower[i]) / 2);
  });

  it('keltner is the EMA and the ATR', () => {
    const [upper, middle] = compute('keltner', { window: 20, atr_window: 10, multiplier: 2 });
    const [ema] = compute('ema', { window: 20 });
    const [atr] = compute('atr', { window: 10 });
    expectFormula(middle, 19, (i) => ema[i]);
    expectFormula(upper, 19, (i) => ema[i] + 2 * atr[i]);
  });

  it('vwap over a window and over a session', () => {
    const weighted = (from: number, to: number): number => {
      let turnover = 0;
      let traded = 0;
      for (let i = from; i <= to; i++) {
        turnover += typical[i] * volume[i];
        traded += volume[i];
      }
      return turnover / traded;
    };
    expectFormula(compute('vwap_rolling', { window: 11 })[0], 10, (i) => weighted(i - 10, i));
    expectFormula(compute('vwap_session', {})[0], 0, (i) => weighted(i - (i % 7), i));
  });

  it('rolling_quantile of type 7', () => {
    expectFormula(compute('rolling_quantile', { window: 10, quantile: 0.3 })[0], 9, (i) => {
      const x = last(close, i, 10).sort((a, b) => a - b);
      return x[2] + 0.7 * (x[3] - x[2]);
    });
    expectFormula(compute('rolling_quantile', { window: 10, quantile: 1 })[0], 9, (i) =>
      Math.max(...last(close, i, 10)),
    );
  });

  it('parkinson, garman_klass, yang_zhang volatility', () => {
    expectFormula(compute('parkinson_volatility', { window: 10, periods_per_year: 252 })[0], 9, (i) => {
      const x = last(high, i, 10).map((h, k) => Math.log(h / low[i - 9 + k]) ** 2);
      return Math.sqrt((252 * mean(x)) / (4 * Math.log(2)));
    });
    expectFormula(compute('garman_klass_volatility', { window: 10, periods_per_year: 252 })[0], 9, (i) => {
      const x = last(high, i, 10).map((h, k) => {
        const t = i - 9 + k;
        return 0.5 * Math.log(h / low[t]) ** 2 - (2 * Math.log(2) - 1) * Math.log(close[t] / open[t]) ** 2;
      });
      return Math.sqrt(252 * mean(x));
    });
    expectFormula(compute('yang_zhang_volatility', { window: 10, periods_per_year: 252 })[0], 10, (i) => {
      const days = Array.from({ length: 10 }, (_, k) => i - 9 + k);
      const overnight = days.map((t) => Math.log(open[t] / close[t - 1]));
      const body = days.map((t) => Math.log(close[t] / open[t]));
      const inside = days.map(
        (t) =>
          Math.log(high[t] / close[t]) * Math.log(high[t] / open[t]) +
          Math.log(low[t] / close[t]) * Math.log(low[t] / open[t]),
      );
      const k = 0.34 / (1.34 + 11 / 9);
      return Math.sqrt(252 * (variance(overnight, 1) + k * variance(body, 1) + (1 - k) * mean(inside)));
    });
  });

  it('volatility_regime ranks in the trailing history only', () => {
    const [percentile, regime] = compute('volatility_regime', { window: 10, history: 50, low: 0.25, high: 0.75 });
    const r = returns(close);
    const vol = (i: number): number => Math.sqrt(variance(last(r, i, 10), 1));
    expectFormula(percentile, 59, (i) => {
      const now = vol(i);
      let below = 0;
      for (let t = i - 49; t < i; t++) if (vol(t) < now) below++;
      return (below + 0.5) / 50;
    });
    expectFormula(regime, 59, (i) => (percentile[i] < 0.25 ? 0 : percentile[i] >= 0.75 ? 2 : 1));
  });

  it('fractional_difference of order 0 is the series, of order 1 its difference, of 0.5 the binomial weights', () => {
    expectFormula(compute('fractional_difference', { order: 0, window: 5 })[0], 4, (i) => close[i]);
    expectFormula(compute('fractional_difference', { order: 1, window: 5 })[0], 4, (i) => close[i] - close[i - 1]);
    expectFormula(
      compute('fractional_difference', { order: 0.5, window: 4 })[0],
      3,
      (i) => close[i] - close[i - 1] / 2 - close[i - 2] / 8 - close[i - 3] / 16,
    );
  });

  it('supertrend keeps its bands and turns when the close passes them', () => {
    const [line, direction] = compute('supertrend', { window: 10, multiplier: 1 });
    const [atr] = compute('atr', { window: 10 });
    let lower = NaN;
    let upper = NaN;
    let up = false;
    for (let i = 10; i < n; i++) {
      const middle = (high[i] + low[i]) / 2;
      const before = close[i - 1];
      lower = i === 10 || before < lower ? middle - atr[i] : Math.max(lower, middle - atr[i]);
      upper = i === 10 || before > upper ? middle + atr[i] : Math.min(upper, middle + atr[i]);
      if (i > 10) up = up ? close[i] >= lower : close[i] > upper;
      expect(direction[i]).toBe(up ? 1 : -1);
      expect(line[i]).toBeCloseTo(up ? lower : upper, 9);
    }
    expect(new Set(direction.subarray(10)).size).toBe(2);
  });

  it('hurst is about 0.5 for independent returns, above for persistent ones, below for alternating ones', () => {
    const average = (step: (previous: number, shock: number) => number): number => {
      const source = createRng(9);
      let level = 100;
      let r = 0;
      const series = Float64Array.from({ length: 3000 }, () => {
        r = step(r, 0.01 * source.normal());
        level *= 1 + r;
        return level;
      });
      const [out] = computeIndicator(indicators.get('hurst')!, [series], { window: 512 });
      return mean([...out].filter((x) => x === x));
    };
    expect(Math.abs(average((_, shock) => shock) - 0.5)).toBeLessThan(0.05);
    expect(average((previous, shock) => 0.6 * previous + shock)).toBeGreaterThan(0.57);
    expect(average((previous, shock) => -0.6 * previous + shock)).toBeLessThan(0.4);
  });

  it('keeps its accuracy after a value a billion times larger has gone', () => {
    const spiked = close.map((x, i) => (i === 50 ? x * 1e9 : x));
    for (const [key, formula] of [
      ['sma', (i: number) => mean(last(spiked, i, 10))],
      ['rolling_std', (i: number) => Math.sqrt(variance(last(spiked, i, 10), 1))],
    ] as const) {
      const indicator = indicators.get(key)!;
      expectFormula(computeIndicator(indicator, [spiked], { window: 10 })[0], 9, formula);
    }
  });

  it('is exact in a window of equal values that follows others', () => {
    const flat = close.map((x, i) => (i < 100 ? x : 0.1));
    const at = (key: string, params: Parameters): number =>
      computeIndicator(indicators.get(key)!, [flat], params)[0][130];
    expect(at('sma', { window: 20 })).toBe(0.1);
    expect(at('wma', { window: 20 })).toBe(0.1);
    expect(at('rolling_std', { window: 20 })).toBe(0);
    expect(at('zscore', { window: 20 })).toBeNaN();
    expect(at('linear_regression_slope', { window: 20 })).toBe(0);
    expect(at('rsi_cutler', { window: 20 })).toBeNaN();
  });
});
