import { isDated, TIMEFRAME_MINUTES, type Timeframe } from '@assay/contracts';
import type { BarColumns, Quote } from '@assay/domain';
import type { SessionCalendar } from '@assay/market-data/calendars';
import type { Series } from '@assay/market-data';
import { DAY_MS, Decimal, MINUTE_MS } from '@assay/primitives';
import type { PlacedOrder } from './quotes';
import type { Binding } from '../records/deployments/deployment.store';
import { firstOpenMs, firstPrice, lastPrice, openedBars } from './first-price';
import type { BarPrice } from './first-price';
import type { SeriesInfo, SeriesStore } from './series-store';

/** Long enough to span every closure between two bars. */
const lookBackMs = (timeframe: Timeframe): number => 21 * DAY_MS + 2 * TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;
/** Long enough to hold the bar that runs at an instant, dates of any zone included. */
const runningMs = (timeframe: Timeframe): number => 2 * DAY_MS + TIMEFRAME_MINUTES[timeframe] * MINUTE_MS;

/**
 * The market of one deployment's symbol, seen through its stored bars. Prices are on the deployment's basis: on adjusted bars the
 * paper venue trades the total-return instrument that the backtest traded.
 */
export class SeriesMarket {
  constructor(
    private readonly series: SeriesStore,
    private readonly binding: Omit<Binding, 'market'>,
    private readonly calendar: SessionCalendar,
  ) {}

  async firstAfter({ symbol }: PlacedOrder, acceptedAtMs: number, nowMs: number): Promise<Quote | null> {
    const own = await this.around(symbol, acceptedAtMs - runningMs(this.binding.timeframe), nowMs);
    if (!own) return null;
    const found =
      (await this.finerFirst(own, acceptedAtMs, nowMs)) ?? firstPrice(own, this.calendar, acceptedAtMs, nowMs);
    return found && quote(found);
  }

  async last(symbol: string, nowMs: number): Promise<Quote | null> {
    const recent = await this.around(symbol, nowMs - lookBackMs(this.binding.timeframe), nowMs);
    const bars = recent && recent.open.length > 0 ? recent : await this.around(symbol, undefined, nowMs);
    const found = bars && lastPrice(bars, this.calendar, nowMs);
    return found && quote(found);
  }

  /** As `last`, or the newest open or close of a finer series of the same source where that is later: what a watch sees between two bars. */
  async newest(symbol: string, nowMs: number): Promise<Quote | null> {
    const last = await this.last(symbol, nowMs);
    const own = last && (await this.around(symbol, nowMs - lookBackMs(this.binding.timeframe), nowMs));
    const finer = own && (await this.finerOf(own));
    if (!finer) return last;
    const bars = await this.series.read(finer, 'none', nowMs - runningMs(finer.timeframe), nowMs + 1);
    const found = lastPrice(bars, this.calendar, nowMs);
    return found && found.atMs > last.atMs ? quote(found) : last;
  }

  /** When the next stored bar opens, at the instant or later; null where the stored bars end before. */
  async nextOpenMs(fromMs: number): Promise<number | null> {
    const info = await this.info();
    if (!info) return null;
    const { timeframe, adjustment } = this.binding;
    for (const toMs of [fromMs + lookBackMs(timeframe), undefined]) {
      const bars = await this.series.read(info, adjustment, fromMs - runningMs(timeframe), toMs);
      const openMs = firstOpenMs(bars, this.calendar, fromMs);
      if (openMs !== null) return openMs;
    }
    return null;
  }

  /**
   * The first price of a finer series of the same source, where it comes before the next bar of the deployment's own series opens: an order
   * that was sent seconds after an open need not wait for a whole bar. At the same instant the own series counts, since it is what a
   * backtest fills with; and only where the own series' basis is that of the raw prices, for another series is not scaled with it.
   */
  private async finerFirst(own: BarColumns, acceptedAtMs: number, nowMs: number): Promise<BarPrice | null> {
    const nextOwnMs = this.calendar.nextBarOpenMs(acceptedAtMs, own.timeframe);
    if (nextOwnMs === acceptedAtMs) return null;
    const finer = await this.finerOf(own);
    if (!finer) return null;
    const toMs = Math.min(nowMs + 1, nextOwnMs);
    const bars = await this.series.read(finer, 'none', acceptedAtMs - runningMs(finer.timeframe), toMs);
    const found = firstPrice(bars, this.calendar, acceptedAtMs, nowMs);
    return found && found.atMs < nextOwnMs ? found : null;
  }

  private async finerOf(own: BarColumns): Promise<Series | null> {
    const finer = await this.series.finerRecent(this.binding.dataSymbol, own.timeframe, own.source);
    return finer && (await this.isRaw(own)) ? finer : null;
  }

  private async isRaw(own: BarColumns): Promise<boolean> {
    const at = own.openTimeMs.at(-1);
    if (this.binding.adjustment === 'none') return true;
    if (at === undefined) return false;
    const info = await this.info();
    const raw = info && (await this.series.read(info, 'none', at, at + 1));
    return raw?.close[0] === own.close.at(-1);
  }

  private info(): Promise<SeriesInfo | null> {
    const { dataSymbol, dataSource, timeframe } = this.binding;
    return this.series.findRecent(dataSymbol, timeframe, dataSource ?? undefined);
  }

  /** Bars stamped from `fromMs` on that had opened by `toMs`. */
  private async around(symbol: string, fromMs: number | undefined, toMs: number): Promise<BarColumns | null> {
    if (symbol !== this.binding.ticker) return null;
    const info = await this.info();
    if (!info) return null;
    // a session that begins on its eve opens before the midnight that stamps its bar
    const endMs = isDated(info.timeframe) ? toMs + DAY_MS : toMs + 1;
    const bars = await this.series.read(info, this.binding.adjustment, fromMs, endMs);
    return openedBars(bars, this.calendar, toMs);
  }
}

const quote = ({ price, atMs }: BarPrice): Quote => ({ price: new Decimal(price).toFixed(), atMs });
