import { parametersSchema, type ParameterValues } from '@assay/contracts';
import type { BarColumns, FeatureRuntime } from '@assay/domain';
import { concatColumns, PURE_NUMBER } from '@assay/quant';
import { ALONE } from '../columns';
import { compileExpression, MOST_CHARACTERS, type ExpressionNode } from '../expressions';
import type { FeaturePlugin } from './feature-plugin';

/** The feature whose values an expression gives. A condition is 1 or 0. */
export function expressionRuntime(node: ExpressionNode, name: string): FeatureRuntime {
  return {
    name,
    lookback: node.lookback,
    scale: node.scale ?? PURE_NUMBER,
    // the values of a lone column are the bars' own
    batch: (bars: BarColumns) => node.batch(bars).slice(),
    stream() {
      const { update, stateful } = node.stream();
      return {
        update,
        save: () => concatColumns(stateful.map((part) => part.save())),
        load(state) {
          if (state.length !== node.size) {
            throw new RangeError(`state of ${name} must have ${node.size} values, had ${state.length}`);
          }
          let at = 0;
          for (const part of stateful) {
            const { length } = part.save();
            part.load(state.slice(at, at + length));
            at += length;
          }
        },
      };
    },
  };
}

const textOf = ({ expression }: ParameterValues): string => String(expression);

/** A feature that its author writes as a formula over columns and the features listed before it. */
export const expressionFeature: FeaturePlugin = {
  key: 'expression',
  version: '1',
  description: 'a formula over bar columns and features listed before it',
  parameterSchema: parametersSchema({
    expression: {
      type: 'string',
      minLength: 1,
      description: `the formula, at most ${MOST_CHARACTERS} characters, such as log(close / lag(close, 5))`,
    },
  }),
  sources: ['bars'],
  check: (params) => void compileExpression(textOf(params)),
  columns: (params) => [...new Set(compileExpression(textOf(params)).columns)],
  // a condition may be settled before all of its sides are known
  mayBeEarly: true,
  examples: [
    { expression: 'log(close / lag(close, 5))' },
    { expression: 'if(close > rolling_mean(close, 20) and not (rsi(close, 14) >= 70), rolling_z(volume, 30), -1)' },
    { expression: 'winsorise(pct(close, 1), 40, low = 0.1, high = 0.9) * sign(diff(factor, 2))' },
    { expression: 'clip(atr(14) / close, 0.001, 0.02) - rolling_std(high - low, 10) / ewm(close, 8)' },
    { expression: 'rolling_rank(max(open, close) / min(open, close), 25)' },
    {
      expression:
        'sqrt(rolling_sum(abs(macd.histogram(close, 3, 7, signal = 4)), 6)) + exp(-rolling_max(ratio(close, 2), 9))',
    },
  ],
  create: (params, name = 'expression', context = ALONE) =>
    expressionRuntime(compileExpression(textOf(params), context), name),
};
