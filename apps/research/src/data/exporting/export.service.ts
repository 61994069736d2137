import { barTableBatch, barTableColumns, type Series } from '@assay/market-data';
import { LongAnswers, streamTable } from '@assay/platform';
import { refuse } from '@assay/primitives';
import type { TableBatch } from '@assay/tables';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { BarPieces, type PiecesOf } from '../bar-pieces';
import { MarketData } from '../market-data';
import { DataThreads } from '../threads/data-threads';
import { endOfRange, startOfRange } from '../time-range';
import type { ExportBarsQuery } from './export.request';

const AT_A_TIME = 8;
/** Values of a batch: 4 MB of doubles, however many columns a series has. */
const BATCH_VALUES = 500_000;
/** Bars of a batch, which is a row group of Parquet. */
const MOST_ROWS = 65_536;

/** Stored bars as files. */
@Injectable()
export class ExportService {
  private readonly answers = new LongAnswers(AT_A_TIME);

  constructor(
    private readonly market: MarketData,
    private readonly pieces: BarPieces,
    private readonly threads: DataThreads,
  ) {}

  /** @throws DomainError `not_found`, `validation_failed`, `overloaded` */
  bars(caller: string, query: ExportBarsQuery): Promise<StreamableFile> {
    return this.answers.give(caller, async () => {
      const { adjustment = 'none', format = 'csv', start, end } = query;
      const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
      this.market.assertRange(series, start, end);
      await this.market.store.requireView(series, adjustment);
      const columns = barTableColumns(series.timeframe, series.extraColumns);
      const batches = this.batches(series, {
        adjustment,
        rows: Math.min(MOST_ROWS, Math.floor(BATCH_VALUES / columns.length)),
        fromMs: start === undefined ? undefined : startOfRange('start', start),
        // bars that come meanwhile belong to no file
        toMs: Math.min(end === undefined ? Infinity : endOfRange('end', end), series.lastOpenMs!) + 1,
      });
      const name = [series.symbol, series.timeframe, series.source, ...(adjustment === 'none' ? [] : ['adjusted'])];
      return streamTable(name.join('_'), { columns, batches }, format, (task) => this.threads.encode(task));
    });
  }

  private async *batches(series: Series, range: PiecesOf): AsyncGenerator<TableBatch> {
    for await (const bars of this.pieces.of(series, range)) yield barTableBatch(bars, series.extraColumns);
    const now = await this.market.store.seriesById(series.id);
    if (now?.correctedAtMs === series.correctedAtMs) return;
    // some of the bars are of before and some of after: no file is better than this one
    const { symbol, timeframe } = series;
    throw refuse('conflict', `bars of ${symbol} ${timeframe} were corrected while they were exported: ask again`);
  }
}
