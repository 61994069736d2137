import { createRng } from '../../random';
import { indicators } from '../catalog';
import type { Indicator, Parameters } from '../indicator';
import { matrixForms } from './forms';
import { indicatorMatrix, type MatrixColumn } from './indicator-matrix';
import { plainMemory, tileMemory } from './kernels/matrix-kernels';
import { TILE_BARS } from './series';

type Bars = Readonly<Record<string, Float64Array>>;

/** Prices with resting stretches, ties and bars without range or volume when `ties`, else of many digits. */
function barsOf(n: number, seed: string, ties: boolean): Bars {
  const rng = createRng(seed);
  const columns = ['open', 'high', 'low', 'close', 'volume', 'value'].map(
    (name) => [name, new Float64Array(n)] as const,
  );
  const bars = Object.fromEntries(columns);
  let price = 100;
  for (let i = 0; i < n; i++) {
    const rests = ties && i % 150 < 60;
    const reach = (): number => (rests ? 0 : ties ? rng.int(3) : rng.next());
    bars.open[i] = price;
    if (!rests) price = ties ? Math.max(1, price + rng.int(5) - 2) : price * (0.99 + 0.02 * rng.next());
    bars.close[i] = price;
    bars.high[i] = Math.max(price, bars.open[i]) + reach();
    bars.low[i] = Math.min(price, bars.open[i]) - reach();
    bars.volume[i] = ties && i % 7 === 0 ? 0 : rng.int(1000);
    bars.value[i] = rng.next();
  }
  return bars;
}

function isAllowed(indicator: Indicator, params: Parameters): boolean {
  try {
    indicator.lookback(params);
    return true;
  } catch {
    return false;
  }
}

/** Every output of every indicator that has a form, with its defaults, with other windows and with the shortest. */
function columnsOf(bars: Bars): MatrixColumn[] {
  return [...matrixForms.keys()].flatMap((key) => {
    const indicator = indicators.get(key)!;
    const defaults = Object.fromEntries(
      Object.entries(indicator.parameters).map(([name, spec]) => [name, spec.default]),
    );
    const shorter = Object.entries(defaults).map(
      ([name, value]) => [name, value > 4 && name !== 'periods_per_year' ? Math.ceil(value / 2) : value] as const,
    );
    const inputs = indicator.inputs.map((name) => bars[name]);
    const longer = Object.entries(defaults).map(
      ([name, value]) => [name, value > 4 && name !== 'periods_per_year' ? 3 * value + 1 : value] as const,
    );
    const least = Object.entries(indicator.parameters).map(
      ([name, { min, integer }]) => [name, integer ? min : defaults[name]] as const,
    );
    const sets = [
      defaults,
      Object.fromEntries(shorter),
      Object.fromEntries(longer),
      ...(isAllowed(indicator, Object.fromEntries(least)) ? [Object.fromEntries(least)] : []),
      ...('average' in defaults ? [{ ...defaults, average: 1 }] : []),
    ];
    return sets.flatMap((params) => indicator.outputs.map((_, output) => ({ indicator, params, inputs, output })));
  });
}

function alone({ indicator, params, inputs, output }: MatrixColumn): Float64Array {
  const n = inputs[0].length;
  const out = indicator.outputs.map(() => new Float64Array(n));
  indicator.batch(inputs, params, out);
  return out[output];
}

function streamed({ indicator, params, inputs, output }: MatrixColumn): Float64Array {
  const stream = indicator.stream(params);
  const out = new Float64Array(indicator.outputs.length);
  const bar = new Float64Array(inputs.length);
  return inputs[0].map((_, i) => {
    for (let k = 0; k < inputs.length; k++) bar[k] = inputs[k][i];
    stream.update(bar, out);
    return out[output];
  });
}

/** Columns, compiled or in TypeScript, that differ in a bit, a zero of the other sign included, with the first bar. */
function differing(columns: readonly MatrixColumn[], ...singles: ((column: MatrixColumn) => Float64Array)[]): string[] {
  const forms = [tileMemory, plainMemory].map((memoryOf) => indicatorMatrix(columns, undefined, memoryOf));
  return columns.flatMap((column, k) =>
    singles.flatMap((single) => {
      const values = single(column);
      return forms.flatMap((together, form) => {
        let i = 0;
        while (i < values.length && Object.is(values[i], together[k][i])) i++;
        const name = `${column.indicator.key}.${column.indicator.outputs[column.output]}`;
        return i === values.length
          ? []
          : [`${name} of ${JSON.stringify(column.params)} at bar ${i}, ${single.name}, ${['compiled', 'plain'][form]}`];
      });
    }),
  );
}

it('has forms of indicators that there are', () => {
  expect([...matrixForms.keys()].filter((key) => !indicators.has(key))).toEqual([]);
  expect(matrixForms.size).toBeGreaterThanOrEqual(45);
});

it('computes with compiled loops here', () => {
  expect(tileMemory(8, 1).kernels).not.toBeNull();
});

it.each([
  [3333, false],
  [1500, false],
  [2100, true],
  [TILE_BARS + 1, true],
  [2 * TILE_BARS, false],
  [30, true],
  [1, false],
  [0, false],
])('gives the bits of the single indicators, batch and stream, over %i bars (ties: %s)', (n, ties) => {
  const columns = columnsOf(barsOf(n, `matrix ${n}`, ties));
  expect(differing(columns, alone, streamed)).toEqual([]);
});

it('gives them in the memory of a larger matrix before', () => {
  const bars = barsOf(4000, 'after', true);
  expect(differing(columnsOf(bars).slice(0, 40), alone)).toEqual([]);
});

it('gives them over a stretch without range in a long series, and over prices that hardly move', () => {
  const bars = barsOf(6000, 'resting', false);
  for (const column of [bars.open, bars.high, bars.low, bars.close]) column.fill(101.3, 2500, 4000);
  for (let i = 4500; i < 6000; i++) bars.close[i] = 1e6 + (i % 3 === 0 ? 2 ** -20 : 0);
  expect(differing(columnsOf(bars), alone)).toEqual([]);
});

it('gives them where inputs have gaps, or numbers whose squares are infinite', () => {
  const bars = barsOf(1500, 'gaps', true);
  bars.close[700] = NaN;
  bars.volume.fill(NaN, 1100, 1200);
  bars.high[1400] = Infinity;
  bars.open[40] = 1e200;
  const columns = columnsOf(bars);
  expect(differing(columns, alone, streamed)).toEqual([]);
});

it('gives them for zeros of both signs and prices that cross zero', () => {
  const bars = barsOf(1200, 'zeros', true);
  for (const column of Object.values(bars)) for (let i = 0; i < 1200; i++) column[i] -= 100;
  for (let i = 0; i < 1200; i += 3) bars.close[i] *= bars.close[i] === 0 ? -1 : 1;
  const columns = columnsOf(bars);
  expect(differing(columns, alone)).toEqual([]);
});

it('writes to the columns that it is given, one column asked for twice to both', () => {
  const bars = barsOf(100, 'given', false);
  const column = { indicator: indicators.get('sma')!, params: { window: 5 }, inputs: [bars.close], output: 0 };
  const out = [new Float64Array(100), new Float64Array(100)];
  const result = indicatorMatrix([column, column], out);
  expect(result[0]).toBe(out[0]);
  expect(result[1]).toBe(out[1]);
  expect(out[1]).toEqual(alone(column));
});

it('names what is wrong with parameters, and with columns of two lengths', () => {
  const { close } = barsOf(100, 'wrong', false);
  const indicator = indicators.get('sma')!;
  expect(() => indicatorMatrix([{ indicator, params: { window: 0 }, inputs: [close], output: 0 }])).toThrow(
    'window must be at least 1, was 0',
  );
  const columns = [close, close.slice(1)].map((x) => ({ indicator, params: { window: 5 }, inputs: [x], output: 0 }));
  expect(() => indicatorMatrix(columns)).toThrow('columns of a matrix must have 100 bars, one had 99');
});
