import { PURE_NUMBER, WITH_UNIT } from '@assay/quant';
import { columnReader, type FeatureContext } from '../columns';
import { elementwiseNode, STATELESS, type ExpressionNode } from './node';
import { ELEMENTWISE } from './operations';

/** A column as it is: of a feature listed before, else of the bars. */
export function columnNode(name: string, { features, timeframe }: FeatureContext): ExpressionNode {
  const { lookback, scale } = features.get(name) ?? { lookback: 0, scale: WITH_UNIT };
  const reader = columnReader(name, timeframe, 'params.expression');
  return {
    type: 'number',
    lookback,
    scale,
    columns: [name],
    size: 0,
    batch: (bars) => reader.batch(bars),
    stream: () => ({ update: (bar) => reader.value(bar), stateful: STATELESS }),
  };
}

/** The natural logarithm of a column. */
export const logNode = (name: string, context: FeatureContext): ExpressionNode =>
  elementwiseNode('number', PURE_NUMBER, [columnNode(name, context)], ELEMENTWISE.log!.of);
