import type { BarColumn, Indicator, Parameters } from '@assay/quant';
import { computeIndicator, createRng, WITH_UNIT } from '@assay/quant';
import fc from 'fast-check';
import type { Bars } from './indicator-bars';
import { asColumns, columnsOf, defaultsOf, market, parametersFrom, restingMarket, valuesOf } from './indicator-bars';
import { naiveAverages } from './naive-averages';
import { naiveBarIndicators } from './naive-bar-indicators';
import { naiveCandlesticks } from './naive-candlesticks';
import { naiveFlows } from './naive-flows';
import { naivePriceIndicators } from './naive-price-indicators';
import { naiveRegimes } from './naive-regimes';
import { naiveRegression } from './naive-regression';
import { expectTalib, talibCases } from './talib-values';

/**
 * Values that this code did not compute: parameters, bars, and values by output, from bar 0 on with NaN where there is
 * none. An output that is left out is not looked at.
 */
export type KnownValues = readonly [
  params: Parameters,
  bars: Readonly<Partial<Record<BarColumn, readonly number[]>>>,
  values: Readonly<Record<string, readonly number[]>>,
];

export const naiveIndicators = {
  ...naivePriceIndicators,
  ...naiveBarIndicators,
  ...naiveAverages,
  ...naiveFlows,
  ...naiveRegression,
  ...naiveCandlesticks,
  ...naiveRegimes,
};

const REACH = 9;
const runs = { numRuns: 25 };

/** Bit patterns; any NaN counts as the same. */
const bits = (series: Float64Array): string[] =>
  Array.from(series, (x) => (x !== x ? 'NaN' : Object.is(x, -0) ? '-0' : String(x)));

const marketKind = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 0, max: 160 }),
  tick: fc.constantFrom(0, 0.5, 5),
  gapShare: fc.constantFrom(0, 0, 0.02, 0.2),
  zeroVolume: fc.constantFrom(0, 0.3),
  parameterSeed: fc.nat(),
});

/** Sums and regressions that are singular but for rounding have no reference: these get prices without ties. */
const withoutTies = new Set(['hurst', 'adf', 'hmm_regime']);

/** Outputs that another unit of the price bends: an angle of a slope in price per bar. */
const bentByUnit = new Set(['linear_regression.angle']);

/**
 * What every indicator keeps to: known values, its plain definition over whole columns, TA-Lib where that has it, the
 * stream's bits, causality, gaps, lookback, units and refusals. `known`: by what they show.
 */
export function indicatorContract(indicator: Indicator, known: Readonly<Record<string, KnownValues>>): void {
  describe(indicator.key, () => {
    it.each(Object.entries(known))('%s', (_what, [params, bars, values]) => {
      const found = valuesOf(indicator, params, bars);
      expect(Object.keys(values).length).toBeGreaterThan(0);
      for (const [output, expected] of Object.entries(values)) expectValues(output, found[output], expected);
    });

    it('is held against values that this code did not compute', () => {
      const stated = Object.values(known).flatMap(([, , values]) => Object.values(values).flat());
      expect(stated.filter(Number.isFinite)).not.toEqual([]);
    });

    for (const one of talibCases.filter((each) => each.indicator === indicator.key))
      it(`has the values of TA-Lib in ${one.output}`, () => expectTalib(indicator, one));

    definedContract(indicator);
    causalContract(indicator);
    outputContract(indicator);
    stateContract(indicator);
  });
}

function expectValues(name: string, found: readonly number[], expected: readonly number[]): void {
  expect([name, found.length]).toEqual([name, expected.length]);
  expected.forEach((value, i) => {
    const same = value !== value ? Number.isNaN(found[i]) : Math.abs(found[i] - value) <= tolerance(value);
    if (!same) throw new Error(`${name}[${i}]: ${found[i]} against ${value}`);
  });
}

const tolerance = (value: number): number => 1e-8 * Math.max(1, Math.abs(value));

function definedContract(indicator: Indicator): void {
  const holds = (bars: Bars, params: Parameters): void => {
    const found = valuesOf(indicator, params, bars);
    const expected = naiveIndicators[indicator.key](asColumns(bars), params);
    try {
      indicator.outputs.forEach((output, c) => expectValues(output, found[output], expected[c]));
    } catch (error) {
      throw new Error(`with ${JSON.stringify(params)}: ${(error as Error).message}`, { cause: error });
    }
  };

  it('is its definition, for any parameters and bars, at every bar', () => {
    const size = fc.integer({ min: 0, max: 90 });
    fc.assert(
      fc.property(fc.nat(), size, fc.constantFrom(0, 0.5, 4, 0.1, 3.3), fc.nat(), (seed, n, tick, p) =>
        holds(restingMarket(seed, n, withoutTies.has(indicator.key) ? 0 : tick), parametersFrom(indicator, p, 12)),
      ),
      { numRuns: 40 },
    );
  });

  it('is its definition on a long series, with the parameters that are used when none are given', () => {
    holds(restingMarket(7, 400, 0), defaultsOf(indicator));
    if (!withoutTies.has(indicator.key)) holds(restingMarket(8, 400, 0.5), defaultsOf(indicator));
  });
}

function causalContract(indicator: Indicator): void {
  it('is causal: later bars never change earlier values', () => {
    fc.assert(
      fc.property(marketKind, fc.nat(159), (kind, cut) => {
        const params = parametersFrom(indicator, kind.parameterSeed, REACH);
        const input = columnsOf(indicator, market(kind.seed, kind.n, kind));
        const whole = computeIndicator(indicator, input, params);
        const at = Math.min(cut, kind.n);
        const earlier = input.map((column) => column.slice(0, at));
        const start = computeIndicator(indicator, earlier, params);
        whole.forEach((column, c) => expect(bits(column.slice(0, at))).toEqual(bits(start[c])));
      }),
      runs,
    );
  });

  const { cumulative = false } = indicator;
  it(`${cumulative ? 'goes on' : 'restarts'} after a gap as if ${cumulative ? 'the bar were not there' : 'the series began there'}`, () => {
    fc.assert(
      fc.property(marketKind, fc.nat(80), (kind, gap) => {
        const n = kind.n + 1;
        const at = Math.min(gap, n - 1);
        const bars = market(kind.seed, n, { tick: kind.tick, zeroVolume: kind.zeroVolume });
        const params = parametersFrom(indicator, kind.parameterSeed, REACH);
        const input = columnsOf(indicator, bars).map((column) => column.slice());
        input[kind.seed % input.length][at] = kind.seed % 3 === 0 ? Infinity : NaN;
        const whole = computeIndicator(indicator, input, params);
        const other = input.map((column) => column.filter((_, i) => i > at || (cumulative && i < at)));
        const rest = computeIndicator(indicator, other, params);
        whole.forEach((column, c) => {
          expect(column[at]).toBeNaN();
          expect(bits(column.slice(at + 1))).toEqual(bits(rest[c].slice(cumulative ? at : 0)));
        });
      }),
      runs,
    );
  });

  it('has its first value exactly at the declared lookback', () => {
    for (let seed = 0; seed < 8; seed++) {
      const params = parametersFrom(indicator, seed, REACH);
      const lookback = indicator.lookback(params);
      const input = columnsOf(indicator, market(seed, lookback + 40));
      for (const column of computeIndicator(indicator, input, params))
        expect(column.findIndex((x) => x === x)).toBe(lookback);
      const short = input.map((column) => column.slice(0, lookback));
      for (const column of computeIndicator(indicator, short, params)) expect(column.every(Number.isNaN)).toBe(true);
    }
  });
}

function outputContract(indicator: Indicator): void {
  it('gives the same values in the columns that are wanted when others are not', () => {
    const params = parametersFrom(indicator, 2, REACH);
    const n = indicator.lookback(params) + 50;
    const input = columnsOf(indicator, market(5, n));
    const whole = computeIndicator(indicator, input, params);
    for (let mask = 1; mask < 1 << whole.length; mask++) {
      const out = whole.map((_, c) => new Float64Array((mask >> c) & 1 ? n : 0));
      indicator.batch(input, params, out);
      out.forEach((column, c) => {
        if (column.length > 0) expect(bits(column)).toEqual(bits(whole[c]));
      });
    }
  });

  it('is defined on no bars, one bar, constant prices, a window longer than the data; never infinite', () => {
    const params = parametersFrom(indicator, 1, REACH);
    const flat = {} as Bars;
    for (const n of [0, 1, 2, 60]) {
      for (const level of [0, 0.1, 1e9]) {
        for (const name of ['open', 'high', 'low', 'close', 'value'] as const)
          flat[name] = new Float64Array(n).fill(level);
        flat.volume = new Float64Array(n);
        for (const column of computeIndicator(indicator, columnsOf(indicator, flat), params)) {
          expect(column).toHaveLength(n);
          for (const x of column) expect(Math.abs(x)).not.toBe(Infinity);
        }
      }
    }
    expect(computeIndicator(indicator, columnsOf(indicator, market(3, 1)), defaultsOf(indicator))[0]).toHaveLength(1);
  });

  it('carries the unit of the prices or of the volume exactly where its scale says that it has one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, parameterSeed) => {
        const bars = market(seed, 90);
        const params = parametersFrom(indicator, parameterSeed, REACH);
        const factor = (name: BarColumn): number => (name === 'volume' ? 4 : 2);
        const changed = indicator.inputs.map((name) => bars[name].map((x) => factor(name) * x));
        const out = computeIndicator(indicator, columnsOf(indicator, bars), params);
        computeIndicator(indicator, changed, params).forEach((scaled, c) => {
          if (bentByUnit.has(`${indicator.key}.${indicator.outputs[c]}`)) return;
          const factors = indicator.scales[c] === WITH_UNIT ? [2, 4] : [1];
          expect(factors.map((by) => bits(out[c].map((x) => by * x)))).toContainEqual(bits(scaled));
        });
      }),
      { numRuns: 10 },
    );
  });

  it('refuses bad parameters, columns and states by name', () => {
    for (const [name, spec] of Object.entries(indicator.parameters)) {
      expect(() => indicator.lookback({ [name]: spec.min - 1 })).toThrow(
        `${name} must be at least ${spec.min}, was ${spec.min - 1}`,
      );
      expect(() => indicator.lookback({ [name]: NaN })).toThrow(`${name} must be a number, was NaN`);
      if (spec.integer)
        expect(() => indicator.lookback({ [name]: spec.min + 0.5 })).toThrow(`${name} must be an integer`);
    }
    expect(() => indicator.lookback({ colour: 1 })).toThrow('was colour');
    expect(() => indicator.batch([], {}, [])).toThrow('input columns');
    expect(() => indicator.stream({}).load(new Float64Array(0))).toThrow('must have');
  });
}

function stateContract(indicator: Indicator): void {
  it('has the same bits bar by bar as in batch, through saved and loaded states', () => {
    fc.assert(
      fc.property(marketKind, fc.array(fc.nat(159), { maxLength: 5 }), (kind, reloads) => {
        const input = columnsOf(indicator, market(kind.seed, kind.n, kind));
        const params = parametersFrom(indicator, kind.parameterSeed, REACH);
        const batch = computeIndicator(indicator, input, params);
        const stream = streamed(indicator, input, params, new Set(reloads));
        batch.forEach((column, c) => expect(bits(stream[c])).toEqual(bits(column)));
      }),
      runs,
    );
  });

  it('goes on with the same bits from a state that was written as JSON', () => {
    const n = 90;
    const smallest = Object.fromEntries(Object.entries(indicator.parameters).map(([k, spec]) => [k, spec.min]));
    const params = indicator.key === 'macd' ? { fast: 2, slow: 5, signal: 3 } : smallest;
    fc.assert(
      fc.property(fc.nat(), fc.nat(n - 1), (seed, cut) => {
        const rows = roughBars(indicator, seed, n);
        const whole = indicator.stream(params);
        const [a, b] = [0, 1].map(() => new Float64Array(indicator.outputs.length));
        for (let t = 0; t < cut; t++) whole.update(rows[t], a);
        const text = JSON.stringify([...whole.save()]);
        expect(text).not.toContain('null');
        const rest = indicator.stream(params);
        rest.load(Float64Array.from(JSON.parse(text) as number[]));
        for (let t = cut; t < n; t++) {
          whole.update(rows[t], a);
          rest.update(rows[t], b);
          // JSON knows no sign of zero
          if (!b.every((x, c) => Object.is(x + 0, a[c] + 0)))
            throw new Error(`bar ${t}: ${b.join()} against ${a.join()}`);
        }
      }),
      { numRuns: 10 },
    );
  });
}

function streamed(
  indicator: Indicator,
  input: readonly Float64Array[],
  params: Parameters,
  reloadBefore: ReadonlySet<number>,
): Float64Array[] {
  const n = input[0].length;
  const out = indicator.outputs.map(() => new Float64Array(n));
  const bar = new Float64Array(input.length);
  const values = new Float64Array(out.length);
  let stream = indicator.stream(params);
  for (let i = 0; i < n; i++) {
    if (reloadBefore.has(i)) {
      const fresh = indicator.stream(params);
      fresh.load(stream.save());
      stream = fresh;
    }
    for (let c = 0; c < bar.length; c++) bar[c] = input[c][i];
    stream.update(bar, values);
    for (let c = 0; c < out.length; c++) out[c][i] = values[c];
  }
  return out;
}

/** Rows with stretches of one price, no volume, negative zeros and one missing value. */
function roughBars(indicator: Indicator, seed: number, n: number): Float64Array[] {
  const rng = createRng(seed);
  return Array.from({ length: n }, (_, t) => {
    const [open, close] = [100 + 3 * rng.normal(), Math.round(100 + 3 * rng.normal())];
    const columns: Record<BarColumn, number> = {
      open,
      close: t % 20 > 14 ? 100 : close,
      high: Math.max(open, close, 100) + rng.next(),
      low: Math.min(open, close, 100) - rng.next(),
      volume: rng.int(3),
      value: t % 9 === 8 ? -0 : Math.floor(t / 6),
    };
    if (t === 40) columns[indicator.inputs[rng.int(indicator.inputs.length)]] = NaN;
    return Float64Array.from(indicator.inputs, (name) => columns[name]);
  });
}
