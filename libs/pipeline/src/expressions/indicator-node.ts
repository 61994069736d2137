import { computeIndicator, PURE_NUMBER, type Indicator, type Parameters } from '@assay/quant';
import type { ExpressionNode } from './node';

/** One output of an indicator over the values of other parts, one for each of its inputs. */
export function indicatorNode(
  indicator: Indicator,
  output: number,
  params: Parameters,
  inputs: readonly ExpressionNode[],
): ExpressionNode {
  const own = indicator.lookback(params);
  const size = indicator.stream(params).save().length;
  const isPure = inputs.length === 1 && inputs[0]!.scale === PURE_NUMBER;
  return {
    type: 'number',
    lookback: own + Math.max(...inputs.map(({ lookback }) => lookback)),
    // what is made of one column is measured as that is, if it has a unit at all
    scale: isPure ? PURE_NUMBER : indicator.scales[output]!,
    columns: inputs.flatMap(({ columns }) => columns),
    size: inputs.reduce((sum, input) => sum + input.size, size),
    batch(bars) {
      const columns = inputs.map((input) => input.batch(bars));
      return computeIndicator(indicator, columns, params)[output]!;
    },
    stream() {
      const streams = inputs.map((input) => input.stream());
      const stream = indicator.stream(params);
      const row = new Float64Array(inputs.length);
      const values = new Float64Array(indicator.outputs.length);
      return {
        update(bar) {
          for (let k = 0; k < streams.length; k++) row[k] = streams[k]!.update(bar);
          stream.update(row, values);
          return values[output]!;
        },
        stateful: [...streams.flatMap(({ stateful }) => stateful), stream],
      };
    },
  };
}
