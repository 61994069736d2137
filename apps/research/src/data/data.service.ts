import type { Timeframe } from '@assay/contracts';
import { type BarColumns } from '@assay/domain';
import {
  calendarFor,
  dateOfUtc,
  marketOf,
  unacknowledged,
  type FileInspection,
  type Series,
  type StoredQuality,
} from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import { streamJson } from '@assay/platform';
import { invalid, notFound, isoOrNull } from '@assay/primitives';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { pageOf, type Page } from '../listing/page';
import { qualityStoreOf } from '../records/market/market.store';
import { BarPieces, type PiecesOf } from './bar-pieces';
import { MarketData } from './market-data';
import type { AcknowledgeDto, BarsQuery, InspectFileDto, SeriesQuery, SymbolsQuery } from './data.request';
import { readingOf, type FileRequest } from './imports/import-request';
import { required } from './imports/import-checks';
import type { BarDto, QualityDto, SymbolDto } from './data.response';
import { DataThreads } from './threads/data-threads';
import { endOfRange, startOfRange } from './time-range';

const DEFAULT_LIMIT = 1000;
const BARS_PER_READ = 1000;

@Injectable()
export class DataService {
  constructor(
    private readonly tx: Transactions,
    private readonly market: MarketData,
    private readonly pieces: BarPieces,
    private readonly threads: DataThreads,
  ) {}

  /** What an import would make of a file, without storing anything. */
  async inspect({ body, file }: FileRequest<InspectFileDto>): Promise<FileInspection> {
    const problems = required('content', file ?? body.content);
    if (problems.length > 0) throw invalid(problems);
    const reading = readingOf(body);
    const market = marketOf(body.market ?? '');
    return this.threads.inspect(file ?? body.content!, {
      ...reading,
      symbol: body.symbol,
      timeframe: (body.timeframe as Timeframe | undefined) ?? 'recognise',
      dateZone: reading.zone ?? (market ? calendarFor(market).zone : undefined),
    });
  }

  symbols(query: SymbolsQuery): Promise<Page<SymbolDto>> {
    return pageOf(
      query,
      (limit, cursor) => this.market.store.pageOfSeries(limit, cursor, query.q),
      (rows) => rows.map(symbolView),
    );
  }

  /** The last bars of a range, read and written a piece at a time. */
  async bars(query: BarsQuery): Promise<StreamableFile> {
    const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
    this.market.assertRange(series, query.start, query.end);
    const { adjustment = 'none' } = query;
    await this.market.store.requireView(series, adjustment);
    const cursor = query.cursor === undefined ? Infinity : Date.parse(query.cursor);
    const toMs = Math.min(query.end === undefined ? Infinity : endOfRange('end', query.end) + 1, cursor);
    const range = {
      ...(query.start === undefined ? {} : { fromMs: startOfRange('start', query.start) }),
      ...(toMs === Infinity ? {} : { toMs }),
    };
    const limit = query.limit ?? DEFAULT_LIMIT;
    const begin = await this.market.store.beginOfLast(series, range, limit);
    const isFirst = begin === null || begin <= Math.max(series.firstOpenMs!, range.fromMs ?? -Infinity);
    const { symbol, source, timeframe, synthetic } = series;
    const head = { symbol, source, timeframe, synthetic, next_cursor: isFirst ? null : new Date(begin).toISOString() };
    const rows = begin === null ? [] : this.views(series, { fromMs: begin, toMs: range.toMs, most: limit, adjustment });
    return streamJson(head, 'items', rows);
  }

  private async *views(series: Series, range: Omit<PiecesOf, 'rows'>): AsyncGenerator<BarDto[]> {
    for await (const bars of this.pieces.of(series, { ...range, rows: BARS_PER_READ }))
      yield Array.from(bars.openTimeMs, (_, i) => barView(bars, i));
  }

  async qualityOf(query: SeriesQuery): Promise<QualityDto> {
    const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
    const report = await this.market.quality.ofSeries(series.id);
    if (!report) throw notFound('quality report of', series.symbol);
    return qualityView(report);
  }

  /** @throws DomainError `validation_failed` where the calendar of the market does not know the dates */
  async coverage(query: SeriesQuery): Promise<string> {
    const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
    const calendar = calendarFor(series.market);
    const [from, to] = calendar.coverage;
    for (const time of [series.firstOpenMs!, series.lastOpenMs!]) {
      const date = dateOfUtc(time);
      if (calendar.covers(date)) continue;
      const message = `bars of ${series.symbol} must lie between ${from} and ${to}, which the calendar of ${series.market} knows, one is of ${date}`;
      throw invalid([{ field: 'symbol', rule: 'calendar_coverage', value: date, message }]);
    }
    const { symbol, timeframe, source } = series;
    return this.threads.coverage(
      await this.market.store.barsOf(series),
      series.market,
      `${symbol} ${timeframe} from ${source}`,
    );
  }

  acknowledge(id: string, { by, reason, codes }: AcknowledgeDto): Promise<QualityDto> {
    return this.tx.run(async (em) => {
      const store = qualityStoreOf(em);
      const report = await store.find(id);
      if (!report) throw notFound('quality report', id);
      const known = [...new Set(report.warnings.map((w) => w.code as string))];
      const unknown = (codes ?? []).filter((code) => !known.includes(code));
      if (unknown.length > 0) {
        const message = `codes must be warnings of the report (${known.join(', ') || 'none'}), was ${unknown.join(', ')}`;
        throw invalid([{ field: 'codes', rule: 'known_code', value: unknown, message }]);
      }
      return qualityView(await store.acknowledge(id, { by, reason, codes, atMs: Date.now() }));
    });
  }
}

const numberOrNull = (x: number | undefined): number | null => (x === undefined || Number.isNaN(x) ? null : x);

function barView(bars: BarColumns, i: number): BarDto {
  return {
    open_time: new Date(bars.openTimeMs[i]!).toISOString(),
    open: numberOrNull(bars.open[i]),
    high: numberOrNull(bars.high[i]),
    low: numberOrNull(bars.low[i]),
    close: numberOrNull(bars.close[i]),
    volume: numberOrNull(bars.volume[i]),
    extra: Object.fromEntries(Object.entries(bars.extra).map(([name, column]) => [name, numberOrNull(column[i])])),
  };
}

const symbolView = (s: Series): SymbolDto => ({
  symbol: s.symbol,
  source: s.source,
  timeframe: s.timeframe,
  market: s.market,
  synthetic: s.synthetic,
  adjusted: s.adjusted,
  extra_columns: s.extraColumns,
  bars: s.bars,
  first: isoOrNull(s.firstOpenMs),
  last: isoOrNull(s.lastOpenMs),
  fingerprint: s.fingerprint,
});

const qualityView = (q: StoredQuality): QualityDto => ({
  id: q.id,
  series_id: q.seriesId,
  fingerprint: q.fingerprint,
  errors: q.errors,
  warnings: q.warnings,
  acknowledgements: q.acknowledgements,
  unacknowledged: unacknowledged(q),
  created_at: new Date(q.createdAtMs).toISOString(),
});
