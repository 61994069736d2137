import { valueOf } from '@assay/domain';
import { PURE_NUMBER, WITH_UNIT } from '@assay/quant';
import { requireColumn } from '../columns';
import { elementwiseNode, STATELESS, type ColumnFacts, type ExpressionNode } from './node';
import { ELEMENTWISE } from './operations';

export const BAR_COLUMN: ColumnFacts = { lookback: 0, scale: WITH_UNIT };

/** A column as it is. */
export function columnNode(name: string, { lookback, scale }: ColumnFacts): ExpressionNode {
  return {
    type: 'number',
    lookback,
    scale,
    columns: [name],
    size: 0,
    batch: (bars) => requireColumn(bars, name, 'params.expression'),
    stream: () => ({ update: (bar) => valueOf(bar, name), stateful: STATELESS }),
  };
}

/** The natural logarithm of a column. */
export const logNode = (name: string, facts: ColumnFacts): ExpressionNode =>
  elementwiseNode('number', PURE_NUMBER, [columnNode(name, facts)], ELEMENTWISE.log!.of);
