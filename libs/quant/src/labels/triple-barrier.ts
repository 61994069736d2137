import { isAbove, isAtLeast, isAtMost, isBelow, PURE_NUMBER } from '../comparison/comparison';
import { requireThat } from '../errors/invalid-input';
import { isMissing } from '../series';

export interface TripleBarrierOptions {
  readonly close: Float64Array;
  /** Bars at which a label starts, ascending; absent = every bar. */
  readonly events?: ArrayLike<number>;
  /** Fractions of simple return; absent or Infinity = no such barrier. */
  readonly upper?: number;
  readonly lower?: number;
  /** Per event what `upper` and `lower` are multiples of; absent = 1. */
  readonly widths?: ArrayLike<number>;
  /** Per event 1 or -1: the side that was taken. Of -1 the upper barrier is below the price: returns count against it. Absent = 1. */
  readonly sides?: ArrayLike<number>;
  /** Bars to the vertical barrier at min(i + horizon, n - 1). */
  readonly horizon: number;
}

export interface BarrierLabel {
  readonly start: number;
  /** Bar whose close first touched a barrier, or the vertical barrier. */
  readonly end: number;
  /** 1 upper, -1 lower, 0 vertical; upper is where the side gains. */
  readonly touched: 1 | -1 | 0;
  /** Simple return of the price from `start` to `end`, whatever the side; NaN when either price is missing. */
  readonly value: number;
}

/**
 * First barrier touched by the close after each event (Lopez de Prado 2018, ch. 3), barriers on simple returns. A missing
 * close touches nothing.
 * @throws InvalidInputError naming the option, also for an event that is no bar.
 */
export function tripleBarrierLabels(options: TripleBarrierOptions): BarrierLabel[] {
  const { close, horizon, upper = Infinity, lower = Infinity } = options;
  requireThat(Number.isInteger(horizon) && horizon >= 1, 'horizon', 'an integer of at least 1', horizon);
  requireThat(upper > 0, 'upper', 'positive', upper);
  requireThat(lower > 0, 'lower', 'positive', lower);
  const { widths, sides } = options;
  const last = close.length - 1;
  const events = options.events ?? Array.from({ length: close.length }, (_, i) => i);
  return Array.from(events, (start, i): BarrierLabel => {
    requireThat(
      Number.isInteger(start) && start >= 0 && start <= last,
      `events[${i}]`,
      `a bar from 0 to ${last}`,
      start,
    );
    const own = widths === undefined ? 1 : widths[i];
    const side = sides === undefined ? 1 : sides[i];
    requireThat(own > 0, `widths[${i}]`, 'positive', own);
    requireThat(side === 1 || side === -1, `sides[${i}]`, '1 or -1', side);
    const vertical = Math.min(start + horizon, last);
    for (let end = start + 1; end <= vertical; end++) {
      const value = close[end] / close[start] - 1;
      if (isMissing(value)) continue;
      if (isAtLeast(side * value, own * upper, PURE_NUMBER)) return { start, end, touched: 1, value };
      if (isAtMost(side * value, -own * lower, PURE_NUMBER)) return { start, end, touched: -1, value };
    }
    const value = close[vertical] / close[start] - 1;
    return { start, end: vertical, touched: 0, value: isMissing(value) ? NaN : value };
  });
}

/** 1 when acting on `side` of the primary model would have gained, else 0 (meta-labels, ch. 3.6); NaN without a side or a value. */
export function metaLabels(labels: readonly BarrierLabel[], sides: ArrayLike<number>): Float64Array {
  requireThat(sides.length === labels.length, 'sides.length', `${labels.length} like labels`, sides.length);
  return Float64Array.from(labels, (label, i) => {
    const gain = sides[i] * label.value;
    return gain !== gain ? NaN : isAbove(gain, 0, PURE_NUMBER) ? 1 : 0;
  });
}

/**
 * Bars at which the cumulated simple return since the last event leaves [-threshold, threshold]
 * (symmetric CUSUM filter, ch. 2.5.2). Missing returns are skipped. A threshold a bar is the one known at its close; where
 * it is missing nothing starts.
 */
export function cusumEvents(close: Float64Array, threshold: number | Float64Array): number[] {
  if (typeof threshold === 'number') requireThat(threshold > 0, 'threshold', 'positive', threshold);
  else
    requireThat(threshold.length === close.length, 'threshold.length', `${close.length} like close`, threshold.length);
  const events: number[] = [];
  let up = 0;
  let down = 0;
  for (let t = 1; t < close.length; t++) {
    const move = close[t] / close[t - 1] - 1;
    if (isMissing(move)) continue;
    up = Math.max(0, up + move);
    down = Math.min(0, down + move);
    const most = typeof threshold === 'number' ? threshold : threshold[t];
    if (isAbove(up, most, PURE_NUMBER) || isBelow(down, -most, PURE_NUMBER)) {
      events.push(t);
      up = 0;
      down = 0;
    }
  }
  return events;
}

/**
 * Average uniqueness of each label: mean over its inclusive span of 1 / (labels alive at that bar) (ch. 4.4).
 * @param n number of bars.
 * @throws InvalidInputError naming the span that does not lie within the bars.
 */
export function uniquenessWeights(spans: readonly { start: number; end: number }[], n: number): Float64Array {
  const alive = new Float64Array(n);
  spans.forEach(({ start, end }, i) => {
    requireThat(Number.isInteger(start) && start >= 0, `spans[${i}].start`, 'a bar index', start);
    requireThat(
      Number.isInteger(end) && end >= start && end < n,
      `spans[${i}].end`,
      `a bar from ${start} to ${n - 1}`,
      end,
    );
    for (let t = start; t <= end; t++) alive[t] += 1;
  });
  return Float64Array.from(spans, ({ start, end }) => {
    let sum = 0;
    for (let t = start; t <= end; t++) sum += 1 / alive[t];
    return sum / (end - start + 1);
  });
}
