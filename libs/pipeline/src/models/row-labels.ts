import { taskOf, type ModelPlan, type TripleBarrierLabel } from '@assay/contracts';
import {
  cusumEvents,
  forwardReturnLabels,
  forwardReturns,
  metaLabels,
  returnVolatility,
  tripleBarrierLabels,
} from '@assay/quant';

/** A label a bar. */
export interface RowLabels {
  /** NaN where the bar has none: no event, no side, a missing price, or an end that no bar has reached yet. */
  readonly values: Float64Array;
  /** Bar at whose close the label is known; of no meaning where there is none. */
  readonly ends: Int32Array;
}

/** Labels of all bars. `features` are the columns of the plan's inputs: what a label reads beside the close is one of them. */
export function rowLabels(
  { label, inputs }: Pick<ModelPlan, 'label' | 'inputs'>,
  features: readonly Float64Array[],
  close: Float64Array,
): RowLabels {
  if (label.kind === 'triple_barrier') return barrierLabels(label, columnsByName(inputs, features), close);
  const { horizon } = label;
  const ahead = taskOf(label) === 'regression' ? forwardReturns : forwardReturnLabels;
  return { values: ahead(close, horizon), ends: Int32Array.from(close, (_, i) => i + horizon) };
}

type Columns = (name: string) => Float64Array;

const columnsByName =
  (inputs: readonly string[], features: readonly Float64Array[]): Columns =>
  (name) =>
    features[inputs.indexOf(name)]!;

function barrierLabels(label: TripleBarrierLabel, columnOf: Columns, close: Float64Array): RowLabels {
  const n = close.length;
  const { horizon, profit, stop, side } = label;
  const widths = widthsOf(label.width, columnOf, close);
  const sides = side === null ? null : columnOf(side);
  const sideAt = (bar: number): number => (sides === null ? 1 : Math.sign(sides[bar]!));
  const isEvent = (bar: number): boolean => isWidth(widths[bar]!) && Math.abs(sideAt(bar)) === 1;
  const started = startsOf(label.events, widths, close).filter(isEvent);
  const found = tripleBarrierLabels({
    close,
    events: started,
    horizon,
    upper: profit ?? Infinity,
    lower: stop ?? Infinity,
    widths: started.map((bar) => widths[bar]!),
    sides: started.map(sideAt),
  });
  const gained = metaLabels(found, started.map(sideAt));
  const values = new Float64Array(n).fill(NaN);
  const ends = new Int32Array(n);
  found.forEach(({ start, end, touched }, i) => {
    // without a touch the end of the data is no vertical barrier: what follows may still touch
    if (touched === 0 && start + horizon >= n) return;
    values[start] = gained[i]!;
    ends[start] = end;
  });
  return { values, ends };
}

const isWidth = (width: number): boolean => width > 0 && width < Infinity;

function widthsOf(width: TripleBarrierLabel['width'], columnOf: Columns, close: Float64Array): Float64Array {
  if (width.kind === 'fixed') return new Float64Array(close.length).fill(width.fraction);
  if (width.kind === 'input') return columnOf(width.name);
  return returnVolatility(close, width.window);
}

function startsOf(events: TripleBarrierLabel['events'], widths: Float64Array, close: Float64Array): number[] {
  if (events.kind === 'every_bar') return Array.from(close.keys());
  const threshold = widths.map((width) => (isWidth(width) ? events.widths * width : NaN));
  return cusumEvents(close, threshold);
}
