import { hashOf, isDomainError } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MarketData } from '../../data/market-data';
import { reportedStrategy } from '../../reports/reported-strategy.response';
import type { BacktestEntity } from '../../records/backtests/backtest.entity';
import { StrategyStore } from '../../records/strategies/strategy.store';
import { cutBars } from '../../runs/cut-bars';
import { BacktestFigures } from '../backtest-figures.service';
import type { BacktestSeries } from '../backtest-series';
import { BacktestsService, type CompletedBacktest } from '../backtests.service';
import {
  BACKTEST_REPORT_KIND,
  BACKTEST_REPORT_VERSION,
  type BacktestPartsDto,
  type BacktestReportDto,
  type ReportedPrices,
} from './backtest-report.response';
import { conclusionOf, notesOf } from './backtest-report-words';
import { reportedCourses, reportedPrices, reportedTrades } from './reported-series';

/** A completed backtest with all that it rests on, as one document that stands by itself. */
@Injectable()
export class BacktestReports {
  constructor(
    private readonly db: DataSource,
    private readonly backtests: BacktestsService,
    private readonly figures: BacktestFigures,
    private readonly strategies: StrategyStore,
    private readonly market: MarketData,
  ) {}

  /** @throws DomainError `not_found`, 409 `not_ready` before it has completed */
  async of(ownerId: string, id: string): Promise<BacktestReportDto> {
    const completed = await this.backtests.completed(ownerId, id);
    const { row } = completed;
    const backtest = await this.backtests.get(ownerId, id);
    const at = await this.strategies.at(this.db.manager, ownerId, row.strategyId, row.revision);
    const { capital, sizing, protection, entry_order } = at.revision.recipe.config;
    const synthetic = await this.syntheticOf(row);
    const parts = await this.partsOf(completed);
    const content = {
      kind: BACKTEST_REPORT_KIND,
      format_version: BACKTEST_REPORT_VERSION,
      strategy: reportedStrategy(at),
      conclusion: conclusionOf(backtest, parts.courses),
      notes: notesOf({ synthetic, backtest, prices: parts.prices, ofUniverse: parts.universe !== null }),
      ...{ synthetic, backtest },
      settings: { capital, sizing, ...(protection && { protection }), ...(entry_order && { entry_order }) },
      ...parts,
    } satisfies Omit<BacktestReportDto, 'sha256' | 'made_at'>;
    return { ...content, sha256: hashOf(content), made_at: new Date().toISOString() };
  }

  /** What a completed run is told by. */
  async partsOf(completed: CompletedBacktest): Promise<BacktestPartsDto> {
    const { row, series } = completed;
    const { universe } = series;
    return {
      courses: reportedCourses(series),
      drawdowns: this.backtests.drawdownsOf(series),
      calendar: await orNull(() => this.figures.calendarOf(completed)),
      trades: reportedTrades(row.trades!),
      prices: await this.pricesOf(row, series),
      universe: universe ? { contributions: universe.contributions, absences: universe.absences } : null,
    };
  }

  /** Of the bars that were traded, and of what they were compared with or turned into another currency by. */
  private async syntheticOf({ data, request: { benchmark, fx } }: BacktestEntity): Promise<string[]> {
    const found: string[] = [];
    const rates = fx && 'rates' in fx ? fx.rates : [fx];
    for (const read of [data!, benchmark, ...rates]) if (read) found.push(...(await this.market.syntheticOf(read)));
    return [...new Set(found)];
  }

  /** Null of a universe, and where the bars that were read are no longer stored. */
  private async pricesOf({ data, trades }: BacktestEntity, series: BacktestSeries): Promise<ReportedPrices | null> {
    if (series.universe) return null;
    const { source, symbol, timeframe, first_bar: first } = data!;
    return orNull(async () => {
      const loaded = await this.market.load(await this.market.requireSeries(source, symbol, timeframe), first);
      const { bars } = await cutBars(loaded, data!, { since: 'since the backtest', next: 'run it again' });
      return reportedPrices(symbol, bars, series.scored, trades!);
    });
  }
}

const GONE = ['not_found', 'history_changed', 'insufficient_data'];

/** Null for what rests on bars that are gone. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isDomainError(error) && GONE.includes(error.code)) return null;
    throw error;
  }
}
