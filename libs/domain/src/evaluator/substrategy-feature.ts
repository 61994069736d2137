import { invalid } from '@assay/primitives';
import { computeIndicator, strategyJsonIndicators } from '@assay/quant';
import { columnNames, columnOf, valueOf, type Bar, type BarColumns } from '../ports';
import type { ResolvedSubstrategy } from '../strategy';
import type { FeatureRuntime, FeatureStream } from './types';

/** The feature a substrategy compares with its threshold: its indicator, or the price's distance from it. */
export function substrategyFeature(sub: ResolvedSubstrategy): FeatureRuntime {
  const indicator = strategyJsonIndicators.get(sub.indicator);
  if (!indicator) throw new Error(`the indicator ${sub.indicator} is missing`);
  const params = { window: sub.window };
  const columns = indicator.inputs.map((input) => (input === 'value' ? sub.dataColumn : input));
  return {
    name: sub.featureName,
    lookback: indicator.lookback(params),
    scale: sub.scale,
    key: JSON.stringify([sub.indicator, sub.window, sub.dataColumn, sub.relative]),
    batch(bars) {
      const [values] = computeIndicator(
        indicator,
        columns.map((name) => requireColumn(bars, name, sub)),
        params,
      );
      if (sub.relative) {
        const base = requireColumn(bars, sub.dataColumn, sub);
        for (let i = 0; i < values.length; i++) values[i] = distance(base[i], values[i]);
      }
      return values;
    },
    stream(): FeatureStream {
      const stream = indicator.stream(params);
      const input = new Float64Array(columns.length);
      const out = new Float64Array(1);
      return {
        update(bar: Bar): number {
          for (let c = 0; c < columns.length; c++) input[c] = valueOf(bar, columns[c]);
          stream.update(input, out);
          return sub.relative ? distance(valueOf(bar, sub.dataColumn), out[0]) : out[0];
        },
        save: () => stream.save(),
        load: (state) => stream.load(state),
      };
    },
  };
}

function distance(price: number, average: number): number {
  const relative = price / average - 1;
  return relative - relative === 0 ? relative : NaN;
}

function requireColumn(bars: BarColumns, name: string, sub: ResolvedSubstrategy): Float64Array {
  const column = columnOf(bars, name);
  if (column) return column;
  const valid = columnNames(Object.keys(bars.extra)).join(', ');
  const field = `substrategies[id=${sub.id}].data_column`;
  throw invalid([
    { field, rule: 'unknown_column', value: name, message: `${field} must be one of ${valid}, was "${name}"` },
  ]);
}
