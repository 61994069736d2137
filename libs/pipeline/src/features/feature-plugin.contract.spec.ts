import type { ParameterSchema, ParameterValues } from '@assay/contracts';
import { barAt, sliceBars, type BarColumns, type FeatureRuntime } from '@assay/domain';
import { createRng, indicators, type Rng } from '@assay/quant';
import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { resolveParams } from '../parameters';
import { featurePlugins, requireFeaturePlugin, type FeaturePlugin } from '.';

const bars = syntheticBars(320, 7);
const gaps = withGaps(bars);

/** Every column has missing values, on bars of its own. */
function withGaps(whole: BarColumns): BarColumns {
  const { open, high, low, close, volume } = whole;
  const at = (column: Float64Array, ...missing: number[]): Float64Array =>
    column.map((x, i) => (missing.includes(i) ? NaN : x));
  return {
    ...whole,
    open: at(open, 50),
    high: at(high, 50, 120),
    low: at(low, 51),
    close: at(close, 100),
    volume: at(volume, 0, 200),
    extra: { factor: at(whole.extra.factor!, 40, 41, 42) },
  };
}

/** A column for a feature that has to be told one. */
const told = ({ parameterSchema: { required } }: FeaturePlugin): Record<string, string> =>
  required.includes('column') ? { column: 'factor' } : {};

function drawn(schema: ParameterSchema, rng: Rng): number | string {
  if (schema.type === 'string') return schema.enum ? schema.enum[rng.int(schema.enum.length)]! : 'factor';
  const { minimum = 0, maximum = Infinity, type } = schema;
  const reach = Math.min(maximum - minimum, type === 'integer' ? 12 : 2);
  return type === 'integer' ? minimum + rng.int(reach + 1) : minimum + reach * rng.next();
}

/** Short legal parameters; those that contradict each other are drawn again. */
function drawParams(plugin: FeaturePlugin, seed: number): ParameterValues {
  const rng = createRng(`${plugin.key} ${seed}`);
  for (;;) {
    const entries = Object.entries(plugin.parameterSchema.properties);
    const params = Object.fromEntries(entries.map(([name, schema]) => [name, drawn(schema, rng)]));
    try {
      return resolveParams(plugin, params);
    } catch {
      continue;
    }
  }
}

/** The values bar by bar, the state saved and loaded on the way. */
function streamed(runtime: FeatureRuntime, all: BarColumns): Float64Array {
  let stream = runtime.stream();
  return Float64Array.from(all.close, (_, i) => {
    if (i % 37 === 0) {
      const state = stream.save();
      stream = runtime.stream();
      stream.load(state);
    }
    return stream.update(barAt(all, i));
  });
}

describe.each([...featurePlugins])('feature %s', (_key, plugin) => {
  const choices = plugin.examples?.map((params) => resolveParams(plugin, params)) ?? [
    resolveParams(plugin, told(plugin)),
    ...[1, 2, 3, 4].map((seed) => drawParams(plugin, seed)),
  ];
  const runtimes = choices.map((params) => [JSON.stringify(params), plugin.create(params, 'f')] as const);

  it.each(runtimes)('gives the same bits bar by bar with %s, over gaps too', (_params, runtime) => {
    for (const all of [bars, gaps]) expect(sameBits(streamed(runtime, all), runtime.batch(all))).toBe(true);
  });

  it.each(runtimes)('does not see later bars with %s', (_params, runtime) => {
    for (const all of [bars, gaps]) {
      const whole = runtime.batch(all);
      for (const cut of [1, 30, 49, 52, 99, 101, 250, 319]) {
        expect(sameBits(runtime.batch(sliceBars(all, 0, cut)), whole.subarray(0, cut))).toBe(true);
      }
    }
  });

  it.each(runtimes)('has its first value right after the declared lookback with %s', (_params, runtime) => {
    const first = runtime.batch(bars).findIndex((value) => !Number.isNaN(value));
    if (plugin.mayBeEarly) expect(first >= 0 && first <= runtime.lookback).toBe(true);
    else expect(first).toBe(runtime.lookback);
  });

  it.each(choices.map((params) => [JSON.stringify(params), params] as const))(
    'reads the columns it names with %s, and no other',
    (_params, params) => {
      const runtime = plugin.create(params, 'f');
      const whole = runtime.batch(bars);
      const named = new Set(plugin.columns(params).map((name) => (name === 'v' ? 'close' : name)));
      const spoilt = (column: Float64Array): Float64Array => column.map((x) => x * 1.25 + 3);
      const only = (keep: (name: string) => boolean): BarColumns => {
        const of = (name: 'open' | 'high' | 'low' | 'close' | 'volume'): Float64Array =>
          keep(name) ? bars[name] : spoilt(bars[name]);
        const extra = { factor: keep('factor') ? bars.extra.factor! : spoilt(bars.extra.factor!) };
        return {
          ...bars,
          open: of('open'),
          high: of('high'),
          low: of('low'),
          close: of('close'),
          volume: of('volume'),
          extra,
        };
      };
      expect(sameBits(runtime.batch(only((name) => named.has(name))), whole)).toBe(true);
      // only what the times of the bars say reads none
      expect(named.size > 0).toBe(plugin.key !== 'calendar');
    },
  );

  it('has parameters it accepts again, a version and a description', () => {
    for (const params of choices) expect(resolveParams(plugin, params)).toEqual(params);
    expect([plugin.parameterSchema.additionalProperties, plugin.version]).toEqual([
      false,
      expect.stringMatching(/^\d+$/),
    ]);
    expect(plugin.description.length).toBeGreaterThan(5);
    for (const { description } of Object.values(plugin.parameterSchema.properties)) expect(description).not.toBe('');
  });
});

describe('the registry of features', () => {
  const drawnParams = (key: string, seed: number): ParameterValues => drawParams(requireFeaturePlugin(key), seed);

  it('has every output of every indicator once, by its name', () => {
    const outputs = [...indicators.values()].flatMap((indicator) =>
      indicator.outputs.map((output) => ({ indicator, output })),
    );
    expect(indicators.size).toBeGreaterThanOrEqual(45);
    for (const { indicator, output } of outputs) {
      const alone = indicator.outputs.length === 1 && indicator.key !== 'momentum';
      const plugin = requireFeaturePlugin(alone ? indicator.key : `${indicator.key}.${output}`);
      expect(Object.keys(plugin.parameterSchema.properties).filter((name) => name !== 'column')).toEqual(
        Object.keys(indicator.parameters),
      );
    }
    expect(featurePlugins.size).toBe(outputs.length + 9);
  });

  it('gives the signal line of the MACD under macd.signal, the histogram under macd.histogram', () => {
    const params = { fast: 3, slow: 7, signal: 4, column: 'close' };
    const [line, signal, histogram] = ['macd', 'signal', 'histogram'].map((output) =>
      requireFeaturePlugin(`macd.${output}`).create(params).batch(bars),
    );
    expect(histogram![60]).toBe(line![60]! - signal![60]!);
    expect(histogram![60]).not.toBe(0);
  });

  it('keeps the difference apart from the older feature of the name momentum, a rate of change', () => {
    const [rate, difference] = ['momentum', 'momentum.momentum'].map((key) =>
      requireFeaturePlugin(key).create({ window: 5, column: 'close' }).batch(bars),
    );
    expect(difference![50]).toBe(bars.close[50]! - bars.close[45]!);
    expect(rate![50]).toBeCloseTo((100 * difference![50]!) / bars.close[45]!, 9);
  });

  it('refuses parameters that contradict each other, at their place', () => {
    expect(() => resolveParams(requireFeaturePlugin('macd.signal'), { fast: 30 })).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [expect.objectContaining({ field: 'params.fast', message: 'fast must be below slow 26, was 30' })],
      }) as Error,
    );
    expect(() => resolveParams(requireFeaturePlugin('rolling_beta'), {})).toThrow('params.column must be given');
  });

  it('draws other parameters from other seeds', () => {
    expect(new Set([1, 2, 3, 4].map((seed) => JSON.stringify(drawnParams('macd.signal', seed)))).size).toBeGreaterThan(
      1,
    );
  });
});
