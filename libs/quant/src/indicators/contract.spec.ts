import fc from 'fast-check';
import { WITH_UNIT } from '../comparison/comparison';
import { createRng } from '../random';
import { indicators } from './catalog';
import { computeIndicator } from './compute-indicator';
import type { BarColumn, Indicator, Parameters } from './indicator';
import { strategyJsonIndicators } from './strategy-json';

type Bars = Record<BarColumn, Float64Array>;

/** Bars of a seeded market. `tick` rounds prices so that ties and flat stretches happen; `gapShare` plants missing bars. */
function market(seed: number, n: number, { tick = 0, gapShare = 0, zeroVolume = 0 } = {}): Bars {
  const rng = createRng(seed);
  const bars = {} as Bars;
  for (const column of ['open', 'high', 'low', 'close', 'volume', 'value'] as const) bars[column] = new Float64Array(n);
  const round = (price: number): number => (tick > 0 ? Math.round(price / tick) * tick : price);
  let price = 50 + 100 * rng.next();
  for (let i = 0; i < n; i++) {
    const open = round(price * (1 + 0.004 * rng.normal()));
    const close = round(price * (1 + 0.02 * rng.normal()));
    const reach = 0.01 * price;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = round(Math.max(open, close) + reach * rng.next());
    bars.low[i] = round(Math.min(open, close) - reach * rng.next());
    bars.volume[i] = rng.next() < zeroVolume ? 0 : Math.floor(1e6 * rng.next()) + 1;
    bars.value[i] = round(100 + 10 * rng.normal());
    price = Math.max(close, 5);
    if (rng.next() < gapShare) for (const column of Object.values(bars)) if (rng.next() < 0.5) column[i] = NaN;
  }
  return bars;
}

const columns = (indicator: Indicator, bars: Bars): Float64Array[] => indicator.inputs.map((name) => bars[name]);

/** Bit patterns; any NaN counts as the same. */
const bits = (series: Float64Array): string[] =>
  Array.from(series, (x) => (x !== x ? 'NaN' : Object.is(x, -0) ? '-0' : String(x)));

/** Small legal parameters, or null when the indicator refuses the combination. */
function parametersFrom(indicator: Indicator, seed: number): Parameters {
  const rng = createRng(`${indicator.key} ${seed}`);
  for (;;) {
    const params: Parameters = {};
    for (const [name, spec] of Object.entries(indicator.parameters)) {
      const top = Math.min(spec.max ?? Infinity, spec.min + (spec.integer ? 9 : 2));
      params[name] = spec.integer ? spec.min + rng.int(top - spec.min + 1) : spec.min + (top - spec.min) * rng.next();
    }
    try {
      indicator.lookback(params);
      return params;
    } catch {
      // the parameters contradict each other: draw again
    }
  }
}

function streamed(
  indicator: Indicator,
  bars: Bars,
  params: Parameters,
  reloadBefore: ReadonlySet<number>,
): Float64Array[] {
  const input = columns(indicator, bars);
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

const every: Indicator[] = [...indicators.values(), ...(strategyJsonIndicators.values() as Iterable<Indicator>)];
const runs = { numRuns: 25 };

/** Outputs in units of the price; all others are ratios, counts or volumes and do not move with its unit. */
const marketKind = fc.record({
  seed: fc.nat(),
  n: fc.integer({ min: 0, max: 160 }),
  tick: fc.constantFrom(0, 0.5, 5),
  gapShare: fc.constantFrom(0, 0, 0.02, 0.2),
  zeroVolume: fc.constantFrom(0, 0.3),
  parameterSeed: fc.nat(),
});

describe.each(every.map((indicator) => [indicator.key, indicator] as const))('%s', (_key, indicator) => {
  it('has the same bits bar by bar as in batch, through saved and loaded states', () => {
    fc.assert(
      fc.property(marketKind, fc.array(fc.nat(159), { maxLength: 5 }), (kind, reloads) => {
        const bars = market(kind.seed, kind.n, kind);
        const params = parametersFrom(indicator, kind.parameterSeed);
        const batch = computeIndicator(indicator, columns(indicator, bars), params);
        const stream = streamed(indicator, bars, params, new Set(reloads));
        batch.forEach((column, c) => expect(bits(stream[c])).toEqual(bits(column)));
      }),
      runs,
    );
  });

  it('is causal: later bars never change earlier values', () => {
    fc.assert(
      fc.property(marketKind, fc.nat(159), (kind, cut) => {
        const bars = market(kind.seed, kind.n, kind);
        const params = parametersFrom(indicator, kind.parameterSeed);
        const input = columns(indicator, bars);
        const whole = computeIndicator(indicator, input, params);
        const at = Math.min(cut, kind.n);
        const start = computeIndicator(
          indicator,
          input.map((column) => column.slice(0, at)),
          params,
        );
        whole.forEach((column, c) => expect(bits(column.slice(0, at))).toEqual(bits(start[c])));
      }),
      runs,
    );
  });

  it('restarts after a gap as if the series began there', () => {
    fc.assert(
      fc.property(marketKind, fc.nat(80), (kind, gap) => {
        const n = kind.n + 1;
        const at = Math.min(gap, n - 1);
        const bars = market(kind.seed, n, { tick: kind.tick, zeroVolume: kind.zeroVolume });
        const params = parametersFrom(indicator, kind.parameterSeed);
        const input = columns(indicator, bars).map((column) => column.slice());
        input[kind.seed % input.length][at] = kind.seed % 3 === 0 ? Infinity : NaN;
        const whole = computeIndicator(indicator, input, params);
        const rest = computeIndicator(
          indicator,
          input.map((column) => column.slice(at + 1)),
          params,
        );
        whole.forEach((column, c) => {
          expect(column[at]).toBeNaN();
          expect(bits(column.slice(at + 1))).toEqual(bits(rest[c]));
        });
      }),
      runs,
    );
  });

  it('gives the same values in the columns that are wanted when others are not', () => {
    const params = parametersFrom(indicator, 2);
    const n = indicator.lookback(params) + 50;
    const input = columns(indicator, market(5, n));
    const whole = computeIndicator(indicator, input, params);
    for (let mask = 1; mask < 1 << whole.length; mask++) {
      const out = whole.map((_, c) => new Float64Array((mask >> c) & 1 ? n : 0));
      indicator.batch(input, params, out);
      out.forEach((column, c) => {
        if (column.length > 0) expect(bits(column)).toEqual(bits(whole[c]));
      });
    }
  });

  it('has its first value exactly at the declared lookback', () => {
    for (let seed = 0; seed < 8; seed++) {
      const params = parametersFrom(indicator, seed);
      const lookback = indicator.lookback(params);
      const bars = market(seed, lookback + 40);
      const out = computeIndicator(indicator, columns(indicator, bars), params);
      for (const column of out) expect(column.findIndex((x) => x === x)).toBe(lookback);
      const short = computeIndicator(
        indicator,
        columns(indicator, bars).map((column) => column.slice(0, lookback)),
        params,
      );
      for (const column of short) expect(column.every(Number.isNaN)).toBe(true);
    }
  });

  it('is defined on no bars, one bar, constant prices, a window longer than the data; never infinite', () => {
    const params = parametersFrom(indicator, 1);
    const flat = {} as Bars;
    for (const n of [0, 1, 2, 60]) {
      for (const level of [0, 0.1, 1e9]) {
        for (const name of ['open', 'high', 'low', 'close', 'value'] as const)
          flat[name] = new Float64Array(n).fill(level);
        flat.volume = new Float64Array(n);
        const out = computeIndicator(indicator, columns(indicator, flat), params);
        for (const column of out) {
          expect(column).toHaveLength(n);
          for (const x of column) expect(Math.abs(x)).not.toBe(Infinity);
        }
      }
    }
    const defaults = Object.fromEntries(Object.entries(indicator.parameters).map(([k, spec]) => [k, spec.default]));
    const bars = market(3, 1);
    expect(computeIndicator(indicator, columns(indicator, bars), defaults)[0]).toHaveLength(1);
  });

  it('carries the unit of the prices or of the volume exactly where its scale says that it has one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, parameterSeed) => {
        const bars = market(seed, 90);
        const params = parametersFrom(indicator, parameterSeed);
        const factor = (name: BarColumn): number => (name === 'volume' ? 4 : 2);
        const changed = indicator.inputs.map((name) => bars[name].map((x) => factor(name) * x));
        const out = computeIndicator(indicator, columns(indicator, bars), params);
        computeIndicator(indicator, changed, params).forEach((scaled, c) => {
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
});
