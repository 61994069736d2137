import { barTableBatch, barTableColumns, type Series } from '@assay/market-data';
import { refuse } from '@assay/primitives';
import type { TableBatch } from '@assay/tables';
import { Injectable, type StreamableFile } from '@nestjs/common';
import { BarPieces, type PiecesOf } from '../bar-pieces';
import { MarketData } from '../market-data';
import { endOfRange, startOfRange } from '../time-range';
import type { ExportBarsQuery } from './export.request';
import { LargeExports } from './large-exports';

/** Stored bars as files. */
@Injectable()
export class ExportService {
  constructor(
    private readonly market: MarketData,
    private readonly pieces: BarPieces,
    private readonly exports: LargeExports,
  ) {}

  /** @throws DomainError `not_found`, `validation_failed`, `overloaded` */
  bars(caller: string, query: ExportBarsQuery): Promise<StreamableFile> {
    const { adjustment = 'none', format = 'csv', start, end } = query;
    return this.exports.give(caller, format, async () => {
      const series = await this.market.requireSeries(query.source ?? null, query.symbol, query.timeframe);
      this.market.assertRange(series, start, end);
      await this.market.store.requireView(series, adjustment);
      const columns = barTableColumns(series.timeframe, series.extraColumns);
      const batches = this.batches(series, {
        adjustment,
        rows: LargeExports.rowsOf(columns.length, format),
        fromMs: start === undefined ? undefined : startOfRange('start', start),
        // bars that come meanwhile belong to no file
        toMs: Math.min(end === undefined ? Infinity : endOfRange('end', end), series.lastOpenMs!) + 1,
      });
      const name = [series.symbol, series.timeframe, series.source, ...(adjustment === 'none' ? [] : [adjustment])];
      return { name: name.join('_'), columns, batches };
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
