import { TIMEFRAME_MINUTES, type HistoryAnchor, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { FileBarCache, fingerprintInTurns, MarketStore, onlySeries, priceBasis } from '@assay/market-data';
import type { PlacedAction, Series } from '@assay/market-data';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SidePool, STORED_BARS } from '../database/side-pool';
import type { Binding, Holding } from '../records/deployments/deployment.store';
import { DeploymentStore } from '../records/deployments/deployment.store';

type Adjustment = HistoryAnchor['adjustment'];

/** A stored series that has at least one bar. */
export type SeriesInfo = Series & { firstBarMs: number; lastBarMs: number; adjustment: Adjustment };

/** A look is good for so long, for so many series. */
const RECENT = { ttl: 1000, max: 1000 };

/** Stored bars as the trade service reads them. */
@Injectable()
export class SeriesStore implements OnApplicationShutdown {
  private readonly pool = new SidePool(STORED_BARS, 4);
  private readonly store: MarketStore;

  constructor(
    private readonly deployments: DeploymentStore,
    cache: FileBarCache,
  ) {
    this.store = new MarketStore((sql, params) => this.pool.query(sql, params), undefined, cache);
  }

  onApplicationShutdown(): Promise<void> {
    return this.pool.end();
  }

  private readonly recent = new LRUCache<string, SeriesInfo>(RECENT);
  private readonly finer = new LRUCache<string, Series>(RECENT);

  /** What was found within the last second is looked up again: bars have come. */
  forgetRecent(): void {
    this.recent.clear();
    this.finer.clear();
  }

  /** As `find`, but what was found within the last second is taken as still there: for the many looks of one run. */
  async findRecent(symbol: string, timeframe: Timeframe, source?: string): Promise<SeriesInfo | null> {
    const key = [symbol, timeframe, source].join('|');
    const known = this.recent.get(key);
    if (known) return known;
    const info = await this.find(symbol, timeframe, source);
    if (info) this.recent.set(key, info);
    return info;
  }

  /**
   * The series of a symbol; without a source the only one there is. Null when nothing is stored.
   * @throws DomainError `validation_failed` when several sources have it and none is named
   */
  async find(symbol: string, timeframe: Timeframe, source?: string): Promise<SeriesInfo | null> {
    const found = source
      ? [await this.store.findSeries({ source, symbol, timeframe })]
      : (await this.store.listSeries(symbol)).filter((series) => series.timeframe === timeframe);
    const series = onlySeries(found.filter((one): one is Series => one !== null && one.bars > 0));
    if (!series || series.firstOpenMs === null || series.lastOpenMs === null) return null;
    return { ...series, firstBarMs: series.firstOpenMs, lastBarMs: series.lastOpenMs, adjustment: priceBasis(series) };
  }

  /** The finest series of the symbol and source whose bars are shorter than the timeframe's, as `findRecent` takes it; null without one. */
  async finerRecent(symbol: string, timeframe: Timeframe, source: string): Promise<Series | null> {
    const key = [symbol, timeframe, source].join('|');
    const known = this.finer.get(key);
    if (known) return known;
    const minutes = (series: Pick<Series, 'timeframe'>): number => TIMEFRAME_MINUTES[series.timeframe];
    const [series] = (await this.store.listSeries(symbol))
      .filter((one) => one.source === source && one.bars > 0 && minutes(one) < TIMEFRAME_MINUTES[timeframe])
      .sort((a, b) => minutes(a) - minutes(b));
    if (series) this.finer.set(key, series);
    return series ?? null;
  }

  /** Where the prices of the deployment that sent an order come from; null for an order of nobody here. */
  senderOf(clientOrderId: string): Promise<Binding | null> {
    return this.deployments.senderOf(this.pool, clientOrderId);
  }

  /** Where the prices of a symbol come from that the account trades: as the newest of its deployments says. */
  traderOf(accountId: string, symbol: string): Promise<Binding | null> {
    return this.deployments.traderOf(this.pool, accountId, symbol);
  }

  /** What the deployments of an account hold of a symbol. */
  holdings(accountId: string, symbol: string): Promise<Holding[]> {
    return this.deployments.holdings(this.pool, accountId, symbol);
  }

  /** What the deployment that sent an order holds. */
  holdingsOfSender(clientOrderId: string): Promise<Holding[]> {
    return this.deployments.holdingsOfSender(this.pool, clientOrderId);
  }

  /** Bars that open in [fromMs, toMs). */
  read(info: Series, adjustment: Adjustment, fromMs?: number, toMs?: number): Promise<BarColumns> {
    return this.store.barsOf(info, { adjustment, fromMs, toMs });
  }

  /** Declared splits after the bar that opened at one time, up to one that opened by another. */
  splitsBetween(info: Series, afterMs: number, untilMs: number): Promise<PlacedAction[]> {
    return this.store.splitsBetween(info, afterMs, untilMs);
  }

  /** @throws DomainError history_changed when bars that the evidence rests on are no longer what they were */
  async checkAnchor(info: Series, anchor: HistoryAnchor): Promise<void> {
    if (!anchor.fingerprint || !anchor.until) return;
    const fromMs = Date.parse(anchor.first_bar);
    const bars = await this.read(info, anchor.adjustment, fromMs, Date.parse(anchor.until) + 1);
    const actual = await fingerprintInTurns(bars);
    if (actual === anchor.fingerprint) return;
    throw refuse('history_changed', 'bars before the end of the validated history have changed: validate again', {
      first_bar: anchor.first_bar,
      until: anchor.until,
      fingerprint: anchor.fingerprint,
      actual,
    });
  }
}
