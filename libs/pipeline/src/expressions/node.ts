import type { Bar, BarColumns } from '@assay/domain';
import type { TieScale } from '@assay/quant';

/** A part of an expression with its type, ready to be run in both forms, which do the same operations. */
export interface ExpressionNode {
  /** A condition is 1, 0 or, where it is not known, NaN. */
  readonly type: 'number' | 'condition';
  /** Leading bars without a value. */
  readonly lookback: number;
  /** What its values are measured in; null of a constant. */
  readonly scale: TieScale | null;
  /** Its value on every bar, where that does not depend on the bars. */
  readonly constant?: number;
  /** Columns that it reads. */
  readonly columns: readonly string[];
  /** Numbers of state that a stream of it has. */
  readonly size: number;
  /** Values of all bars; nobody writes to them. */
  batch(bars: BarColumns): Float64Array;
  stream(): NodeStream;
}

export interface NodeStream {
  /** Takes the next bar. Every part takes every bar, whatever its value is used for. */
  update(bar: Bar): number;
  /** Streams with a state, in the order of the text. */
  readonly stateful: readonly { save(): Float64Array; load(state: Float64Array): void }[];
}

export const STATELESS: NodeStream['stateful'] = [];

export function constantNode(value: number): ExpressionNode {
  return {
    type: 'number',
    lookback: 0,
    scale: null,
    constant: value,
    columns: [],
    size: 0,
    batch: (bars) => new Float64Array(bars.close.length).fill(value),
    stream: () => ({ update: () => value, stateful: STATELESS }),
  };
}

/** A value made of the values of the same bar. Where all of them are constants it is one. */
export function elementwiseNode(
  type: ExpressionNode['type'],
  scale: TieScale | null,
  inputs: readonly ExpressionNode[],
  of: (values: Float64Array) => number,
): ExpressionNode {
  const row = new Float64Array(inputs.length);
  if (type === 'number' && inputs.every(({ constant }) => constant !== undefined)) {
    inputs.forEach(({ constant }, k) => (row[k] = constant!));
    return constantNode(of(row));
  }
  return {
    type,
    scale,
    lookback: Math.max(...inputs.map(({ lookback }) => lookback)),
    columns: inputs.flatMap(({ columns }) => columns),
    size: inputs.reduce((sum, { size }) => sum + size, 0),
    batch(bars) {
      const columns = inputs.map((input) => input.batch(bars));
      const values = new Float64Array(bars.close.length);
      for (let i = 0; i < values.length; i++) {
        for (let k = 0; k < columns.length; k++) row[k] = columns[k]![i]!;
        values[i] = of(row);
      }
      return values;
    },
    stream() {
      const streams = inputs.map((input) => input.stream());
      return {
        update(bar) {
          for (let k = 0; k < streams.length; k++) row[k] = streams[k]!.update(bar);
          return of(row);
        },
        stateful: streams.flatMap(({ stateful }) => stateful),
      };
    },
  };
}
