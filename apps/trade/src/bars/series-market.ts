import type { BarColumns, Calendar } from '@assay/domain';
import { Decimal } from '@assay/domain';
import type { PaperMarket, Quote } from '../adapters/paper/paper-market';
import type { DeploymentEntity } from '../deployments/deployment.entity';
import type { SeriesStore } from './series-store';

const DAY_MS = 86_400_000;
/** An order that comes this soon after an open still takes part in it. */
const OPEN_GRACE_MS = 5 * 60_000;
/** Long enough to span every closure between two bars. */
const LOOK_BACK_MS = 21 * DAY_MS;

type Binding = Pick<DeploymentEntity, 'ticker' | 'dataSymbol' | 'dataSource' | 'timeframe' | 'adjustment'>;

/**
 * The market of one deployment's symbol, seen through its stored bars. Prices are on the deployment's basis: on adjusted bars the
 * paper venue trades the total-return instrument that the backtest traded.
 */
export class SeriesMarket implements PaperMarket {
  constructor(
    private readonly series: SeriesStore,
    private readonly binding: Binding,
    private readonly calendar: Calendar,
  ) {}

  async openAfter(symbol: string, acceptedAtMs: number, nowMs: number): Promise<Quote | null> {
    const bars = await this.around(symbol, acceptedAtMs - 2 * DAY_MS, nowMs);
    for (let i = 0; bars && i < bars.open.length; i += 1) {
      const atMs = this.openMs(bars, i);
      if (atMs > nowMs) return null;
      if (atMs >= acceptedAtMs - OPEN_GRACE_MS) return quote(bars.open[i]!, atMs);
    }
    return null;
  }

  async last(symbol: string, nowMs: number): Promise<Quote | null> {
    const recent = await this.around(symbol, nowMs - LOOK_BACK_MS, nowMs);
    const bars = recent && recent.open.length > 0 ? recent : await this.around(symbol, undefined, nowMs);
    for (let i = (bars?.open.length ?? 0) - 1; bars && i >= 0; i -= 1) {
      const closeMs = this.calendar.barCloseMs(bars.openTimeMs[i]!, bars.timeframe);
      if (closeMs <= nowMs) return quote(bars.close[i]!, closeMs);
      const openMs = this.openMs(bars, i);
      if (openMs <= nowMs) return quote(bars.open[i]!, openMs);
    }
    return null;
  }

  /** Opening of bar `i`: a daily bar is stamped at midnight and opens with its session. */
  private openMs(bars: BarColumns, i: number): number {
    const stamp = bars.openTimeMs[i]!;
    return bars.timeframe === '1d' ? this.calendar.sessionOpenMs(new Date(stamp).toISOString().slice(0, 10)) : stamp;
  }

  private async around(symbol: string, fromMs: number | undefined, toMs: number): Promise<BarColumns | null> {
    if (symbol !== this.binding.ticker) return null;
    const { dataSymbol, dataSource, timeframe, adjustment } = this.binding;
    const info = await this.series.findRecent(dataSymbol, timeframe, dataSource ?? undefined);
    return info && this.series.read(info, adjustment, fromMs, toMs + 1);
  }
}

const quote = (price: number, atMs: number): Quote => ({ price: new Decimal(price).toFixed(), atMs });
