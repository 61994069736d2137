import { TIMEFRAMES, type HistoryAnchor, type Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import {
  calendarFor,
  FileBarCache,
  fingerprintInTurns,
  firstFrom,
  onlySeries,
  priceBasis,
  unacknowledged,
  type BarCache,
  type MarketStore,
  type QualityStore,
  type Series,
  type StoredQuality,
} from '@assay/market-data';
import { invalid, refuse } from '@assay/primitives';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { QualityFacts } from '../records/strategies/gate-facts';
import type { DataPin } from '../records/market/data-pin';
import { marketStoreOf, qualityStoreOf } from '../records/market/market.store';
import { PinFingerprints } from './pin-fingerprints';
import { endOfRange, startOfRange } from './time-range';

export interface LoadedBars {
  /** As it was when it had these bars. */
  series: Series;
  /** On the adjusted price basis, from the asked first bar on. */
  bars: BarColumns;
  pin: DataPin;
}

/** Bars that were read: of one symbol, or of every one of `series`. */
type ReadSeries = Pick<DataPin, 'source' | 'symbol' | 'timeframe'> & { series?: readonly { symbol: string }[] };

/** Stored bars as research reads them: always on the adjusted basis, always with what identifies them. */
@Injectable()
export class MarketData {
  readonly store: MarketStore;
  readonly quality: QualityStore;

  constructor(
    @Inject(DataSource) db: { manager: EntityManager },
    @Inject(FileBarCache) readonly cache: BarCache,
    private readonly pins: PinFingerprints,
  ) {
    this.store = marketStoreOf(db.manager, cache);
    this.quality = qualityStoreOf(db.manager);
  }

  /** The same, read through the transaction of `em`. */
  in(em: EntityManager): MarketData {
    return new MarketData({ manager: em }, this.cache, this.pins);
  }

  /** The series, or null; without a source the only one there is. @throws DomainError when several sources have it. */
  async findSeries(source: string | null, symbol: string, timeframe: string): Promise<Series | null> {
    return onlySeries(await this.candidates(source, symbol, timeframe));
  }

  /**
   * The series of each symbol that has bars, in the order of the symbols; by one question to the store. All are of one source:
   * the given one, or that of the first.
   * @throws DomainError when several sources have the first.
   */
  async findAllSeries(source: string | null, symbols: readonly string[], timeframe: Timeframe): Promise<Series[]> {
    const stored = await this.store.seriesOfSymbols(symbols, timeframe);
    let from = source;
    return symbols.flatMap((symbol) => {
      const series = onlySeries(stored.get(symbol)!.filter((s) => s.bars > 0 && (from === null || s.source === from)));
      from ??= series?.source ?? null;
      return series ?? [];
    });
  }

  /** @throws DomainError `not_found`; `validation_failed` for an unknown timeframe. */
  async requireSeries(source: string | null, symbol: string, timeframe: string): Promise<Series> {
    assertTimeframe(timeframe);
    const series = await this.findSeries(source, symbol, timeframe);
    if (series) return series;
    const from = source === null ? '' : ` from ${source}`;
    throw refuse('not_found', `no bars of ${symbol} ${timeframe}${from} are stored`, { source, symbol, timeframe });
  }

  /**
   * Columns beyond the standard ones, of the series that `findSeries` answers. While several sources have the symbol and none
   * is named, those that all of them have: whichever is read in the end, they are there.
   */
  async extraColumns(source: string | null, symbol: string, timeframe: string): Promise<string[]> {
    const [first, ...others] = await this.candidates(source, symbol, timeframe);
    return (first?.extraColumns ?? []).filter((name) => others.every((one) => one.extraColumns.includes(name)));
  }

  /** Stored series with bars that are meant, one where the source is named. */
  private async candidates(source: string | null, symbol: string, timeframe: string): Promise<Series[]> {
    return (await this.store.listSeries(symbol)).filter(
      (s) => s.timeframe === timeframe && s.bars > 0 && (source === null || s.source === source),
    );
  }

  /** @throws DomainError `validation_failed` when no stored bar lies between the inclusive bounds. */
  assertRange(series: Series, start: string | undefined, end: string | undefined): void {
    const from = start === undefined ? -Infinity : startOfRange('start', start);
    const to = end === undefined ? Infinity : endOfRange('end', end);
    const field = start === undefined ? 'end' : 'start';
    if (from <= to && from <= series.lastOpenMs! && to >= series.firstOpenMs!) return;
    const stored = `${iso(series.firstOpenMs!)} to ${iso(series.lastOpenMs!)}`;
    const value = { start: start ?? null, end: end ?? null };
    const message = `${field} must leave at least one stored bar (${stored}), start was ${start ?? 'open'}, end was ${end ?? 'open'}`;
    throw invalid([{ field, rule: 'non_empty_range', value, message }]);
  }

  /** The history of a series, from `firstBar` on where an anchor pins it. */
  async load(series: Series, firstBar: string | null = null): Promise<LoadedBars> {
    const version = await this.from(series, firstBar);
    const { bars, series: now } = version;
    const n = bars.openTimeMs.length;
    const pin: DataPin = {
      source: now.source,
      symbol: now.symbol,
      timeframe: now.timeframe,
      adjustment: priceBasis(now),
      first_bar: iso(bars.openTimeMs[0]!),
      until: iso(bars.openTimeMs[n - 1]!),
      fingerprint: await this.pins.of(now, bars, version.isVerified),
      bars: n,
      scored: null,
    };
    return { series: now, bars, pin };
  }

  /** @throws DomainError `insufficient_data` where no bar is stored from there on */
  private async from(series: Series, firstBar: string | null): ReturnType<MarketStore['versionOf']> {
    const fromMs = firstBar === null ? undefined : Date.parse(firstBar);
    const version = await this.store.versionOf(series, { fromMs, adjustment: 'adj_close' });
    if (version.bars.openTimeMs.length > 0) return version;
    throw refuse('insufficient_data', `no bars of ${series.symbol} are stored from ${firstBar} on`, {
      first_bar: firstBar,
    });
  }

  /** @throws DomainError 409 `history_changed` when the bars that an anchor pins are no longer what is stored. */
  async assertHistory(anchor: HistoryAnchor, symbol: string, timeframe: Timeframe): Promise<void> {
    const series = await this.requireSeries(anchor.source, symbol, timeframe);
    const { bars } = await this.from(series, anchor.first_bar);
    const actual = await fingerprintUntil(bars, anchor.until!);
    if (actual === anchor.fingerprint) return;
    throw refuse(
      'history_changed',
      `bars of ${symbol} from ${anchor.first_bar} to ${anchor.until} changed since they were validated: validate again`,
      {
        symbol,
        expected: anchor.fingerprint,
        actual,
      },
    );
  }

  /** Report on the present content of a series; null when none was made. */
  async qualityFacts(series: Series): Promise<QualityFacts | null> {
    const report = await this.quality.ofSeries(series.id);
    return report && qualityFactsOf(report);
  }

  /** Symbols of the bars whose series says that they are made up. */
  async syntheticOf({ source, symbol, timeframe, series: all }: ReadSeries): Promise<string[]> {
    const symbols = all?.map((one) => one.symbol) ?? [symbol];
    const series = await this.findAllSeries(source, symbols, timeframe as Timeframe);
    return series.filter(({ synthetic }) => synthetic).map((one) => one.symbol);
  }

  /** Daily bars a year of the one market that the stored bars of a symbol are of; null where none are, or several markets. */
  async sessionsPerYear(source: string | null, symbol: string): Promise<number | null> {
    const known = (await this.store.listSeries(symbol)).filter((s) => source === null || s.source === source);
    const [market, ...others] = new Set(known.map((s) => s.market));
    return market === undefined || others.length > 0 ? null : calendarFor(market).barsPerYear('1d');
  }

  /** Calendar's bars per year; null where the market is not known. */
  barsPerYear(series: Series): number {
    return calendarFor(series.market).barsPerYear(series.timeframe);
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();

export function assertTimeframe(timeframe: string): asserts timeframe is Timeframe {
  if ((TIMEFRAMES as readonly string[]).includes(timeframe)) return;
  const message = `timeframe must be one of ${TIMEFRAMES.join(', ')}, was ${timeframe}`;
  throw invalid([{ field: 'timeframe', rule: 'enum', value: timeframe, message }]);
}

/** SHA-256 of the bars up to and including the one that opened at `until`. */
export function fingerprintUntil(bars: BarColumns, until: string): Promise<string> {
  return fingerprintInTurns(bars, 0, firstFrom(bars.openTimeMs, Date.parse(until) + 1));
}

export function qualityFactsOf(report: StoredQuality): QualityFacts {
  return {
    id: report.id,
    errors: report.errors.length,
    warnings: [...new Set(report.warnings.map((w) => w.code))],
    acknowledged: report.acknowledgements,
    unacknowledged: unacknowledged(report),
  };
}
