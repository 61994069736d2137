import type { Bar, BarColumns, FeatureStream } from '@assay/domain';
import { concatColumns } from '@assay/quant';
import type { BarPlace } from './bar-places';

/** The longer bar under way and what is known of those before it: places in the state. */
const [BEGUN, STAMP, IS_WHOLE, LAST, VALUE, OPEN, HIGH, LOW, CLOSE, VOLUME] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const EXTRA = 10;

const NO_RUN = 0;
const IN_RUN = 1;
const BETWEEN = 2;

/**
 * The values of a stream over longer bars that are put together bar by bar. A longer bar reaches the stream when it is complete: with the
 * bar that closes it or, where that is missing, with the first bar of another. So no value knows of a longer bar that is under way. The
 * first is passed over unless the bars begin it; a bar outside of sessions has part in none.
 */
export class HigherStream implements FeatureStream {
  private readonly state: Float64Array;
  private readonly higher: Bar;

  /** @param extra further columns that the stream reads; of a longer bar their last value that is there */
  constructor(
    private readonly placeOf: (openTimeMs: number) => BarPlace | null,
    private readonly inner: FeatureStream,
    private readonly extra: readonly string[],
  ) {
    this.state = new Float64Array(EXTRA + extra.length);
    this.state[LAST] = NaN;
    this.state[VALUE] = NaN;
    this.higher = { openTimeMs: 0, open: 0, high: 0, low: 0, close: 0, volume: 0, extra: {} };
  }

  update(bar: Bar): number {
    const { state } = this;
    const place = this.placeOf(bar.openTimeMs);
    // what comes after the close of a longer bar has no part in it
    if (place === null || place.stampMs === state[LAST]) return state[VALUE]!;
    if (state[BEGUN] === IN_RUN && state[STAMP] !== place.stampMs) this.finish();
    if (state[BEGUN] === IN_RUN) this.join(bar);
    else this.begin(bar, place);
    if (place.closes) this.finish();
    return state[VALUE]!;
  }

  save(): Float64Array {
    return concatColumns([this.state, this.inner.save()]);
  }

  load(state: Float64Array): void {
    const own = this.state.length;
    if (state.length < own) throw new RangeError(`state must have at least ${own} values, had ${state.length}`);
    this.state.set(state.subarray(0, own));
    this.inner.load(state.slice(own));
  }

  private begin(bar: Bar, { stampMs, opens }: BarPlace): void {
    const { state } = this;
    state[IS_WHOLE] = state[BEGUN] === BETWEEN || opens ? 1 : 0;
    state[BEGUN] = IN_RUN;
    state[STAMP] = stampMs;
    state.fill(NaN, OPEN);
    state[VOLUME] = 0;
    this.join(bar);
  }

  private join(bar: Bar): void {
    const { state } = this;
    if (Number.isNaN(state[OPEN])) state[OPEN] = bar.open;
    if (!(bar.high <= state[HIGH]!) && !Number.isNaN(bar.high)) state[HIGH] = bar.high;
    if (!(bar.low >= state[LOW]!) && !Number.isNaN(bar.low)) state[LOW] = bar.low;
    if (!Number.isNaN(bar.close)) state[CLOSE] = bar.close;
    state[VOLUME] = state[VOLUME]! + bar.volume;
    this.extra.forEach((name, k) => {
      const value = Object.hasOwn(bar.extra, name) ? bar.extra[name]! : NaN;
      if (!Number.isNaN(value)) state[EXTRA + k] = value;
    });
  }

  private finish(): void {
    const { state, higher } = this;
    state[LAST] = state[STAMP]!;
    state[BEGUN] = BETWEEN;
    if (state[IS_WHOLE] === NO_RUN) return;
    higher.openTimeMs = state[STAMP]!;
    higher.open = state[OPEN]!;
    higher.high = state[HIGH]!;
    higher.low = state[LOW]!;
    higher.close = state[CLOSE]!;
    higher.volume = state[VOLUME]!;
    higher.extra = Object.fromEntries(this.extra.map((name, k) => [name, state[EXTRA + k]!]));
    state[VALUE] = this.inner.update(higher);
  }
}

/** Runs a stream over all bars; `extra` are the further columns that it reads. */
export function streamOver(
  stream: FeatureStream,
  bars: BarColumns,
  extra: ReadonlyMap<string, Float64Array>,
): Float64Array {
  const bar: Bar = { openTimeMs: 0, open: 0, high: 0, low: 0, close: 0, volume: 0, extra: {} };
  return bars.openTimeMs.map((openTimeMs, i) => {
    bar.openTimeMs = openTimeMs;
    bar.open = bars.open[i]!;
    bar.high = bars.high[i]!;
    bar.low = bars.low[i]!;
    bar.close = bars.close[i]!;
    bar.volume = bars.volume[i]!;
    if (extra.size > 0) bar.extra = Object.fromEntries([...extra].map(([name, column]) => [name, column[i]!]));
    return stream.update(bar);
  });
}
