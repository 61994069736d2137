import type { FeatureSpec } from '@assay/contracts';
import { barAt, sliceBars } from '@assay/domain';
import { sameBits } from '../evaluator';
import { syntheticBars } from '../fixtures/bars';
import { feature } from '../fixtures/documents';
import { StageCache } from '../stages';
import { featureBarColumns, featureColumns, featureRuntimes } from '.';

const bars = syntheticBars(200, 5);
const specs: FeatureSpec[] = [
  feature('fast', 'sma', { window: 5 }),
  feature('gap', 'expression', { expression: 'close / fast - 1' }),
  feature('gap_z', 'zscore', { window: 20, column: 'gap' }),
  feature('both', 'expression', { expression: 'gap_z * rolling_std(gap, 10) + factor' }),
];
const columnsOf = (list: readonly FeatureSpec[]): Float64Array[] =>
  featureColumns(list, bars, new StageCache()).map(({ column }) => column);

describe('features that read features', () => {
  it('have the values of the formula written out', () => {
    const [fast, gap, z, both] = columnsOf(specs);
    const [alone] = columnsOf([
      feature('x', 'expression', {
        expression:
          'rolling_z(close / rolling_mean(close, 5) - 1, 20) * rolling_std(close / rolling_mean(close, 5) - 1, 10) + factor',
      }),
    ]);
    expect(gap![50]).toBe(bars.close[50]! / fast![50]! - 1);
    expect(z![50]).not.toBeNaN();
    expect(sameBits(both!, alone!)).toBe(true);
  });

  it('add up their lookbacks', () => {
    const runtimes = featureRuntimes(specs);
    expect(runtimes.map(({ lookback }) => lookback)).toEqual([4, 4, 23, 23]);
    columnsOf(specs).forEach((column, i) =>
      expect(column.findIndex((value) => !Number.isNaN(value))).toBe(runtimes[i]!.lookback),
    );
  });

  it('give the same bits as batch, as columns and bar by bar from saved states, and see no later bar', () => {
    const columns = columnsOf(specs);
    featureRuntimes(specs).forEach((runtime, i) => {
      expect(sameBits(runtime.batch(bars), columns[i]!)).toBe(true);
      expect(sameBits(runtime.batch(sliceBars(bars, 0, 90)), columns[i]!.subarray(0, 90))).toBe(true);
      let stream = runtime.stream();
      const values = Float64Array.from(bars.close, (_, k) => {
        if (k % 31 === 0) {
          const state = stream.save();
          stream = runtime.stream();
          stream.load(state);
        }
        return stream.update(barAt(bars, k));
      });
      expect(sameBits(values, columns[i]!)).toBe(true);
    });
  });

  it('have keys that tell everything they rest on', () => {
    const keyOf = (list: FeatureSpec[]): string => featureColumns(list, bars, new StageCache()).at(-1)!.key;
    const changed = [feature('fast', 'sma', { window: 6 }), ...specs.slice(1)];
    expect(keyOf(changed)).not.toBe(keyOf(specs));
    expect(keyOf([...specs])).toBe(keyOf(specs));
  });

  it('are told what they read of the bars, and that what they name is listed after them', () => {
    expect(featureBarColumns(specs)).toEqual([['close'], ['close'], [], ['factor']]);
    expect(() => columnsOf([specs[1]!, specs[0]!])).toThrow('was fast, which is listed after it');
    expect(() => columnsOf([specs[1]!])).toThrow('features[0].params.expression must be one of v, open');
  });

  it('read the bar column where a feature of its name is made of it', () => {
    const shadowed = [
      feature('factor', 'zscore', { window: 9, column: 'factor' }),
      feature('s', 'column', { column: 'factor' }),
    ];
    expect(sameBits(columnsOf(shadowed)[1]!, bars.extra.factor!)).toBe(true);
  });
});
