import { sliceBars, type BarColumns, type Bars, type BarsQuery } from '@assay/domain';
import { visibleBars, type BarCloses } from './visible-bars';

/** The `Bars` port over recorded series: whatever is asked, nothing after the query's clock comes back. */
export class ReplayBars implements Bars {
  constructor(
    private readonly load: (query: BarsQuery) => Promise<BarColumns>,
    private readonly calendarOf: (symbol: string) => BarCloses,
  ) {}

  async read(query: BarsQuery): Promise<BarColumns> {
    const closed = visibleBars(await this.load(query), this.calendarOf(query.symbol), query.nowMs);
    const times = closed.openTimeMs;
    let from = 0;
    let to = times.length;
    while (from < to && times[from] < (query.fromMs ?? -Infinity)) from += 1;
    while (to > from && times[to - 1] >= (query.toMs ?? Infinity)) to -= 1;
    return sliceBars(closed, from, to);
  }
}
