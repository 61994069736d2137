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
import { BacktestsService } from '../backtests.service';
import {
  BACKTEST_REPORT_KIND,
  BACKTEST_REPORT_VERSION,
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
    const { row, series } = await this.backtests.completed(ownerId, id);
    const [backtest, { items: drawdowns }] = [
      await this.backtests.get(ownerId, id),
      await this.backtests.drawdowns(ownerId, id),
    ];
    const at = await this.strategies.at(this.db.manager, ownerId, row.strategyId, row.revision);
    const { capital, sizing, protection, entry_order } = at.revision.recipe.config;
    const synthetic = await this.syntheticOf(row);
    const prices = await this.pricesOf(row, series);
    const courses = reportedCourses(series);
    const { universe } = series;
    const content = {
      kind: BACKTEST_REPORT_KIND,
      format_version: BACKTEST_REPORT_VERSION,
      strategy: reportedStrategy(at),
      conclusion: conclusionOf(backtest, courses),
      notes: notesOf({ synthetic, backtest, prices, ofUniverse: universe !== undefined }),
      ...{ synthetic, backtest },
      settings: { capital, sizing, ...(protection && { protection }), ...(entry_order && { entry_order }) },
      ...{ courses, drawdowns },
      calendar: await orNull(() => this.figures.calendarReturns(ownerId, id)),
      trades: reportedTrades(row.trades!),
      prices,
      universe: universe ? { contributions: universe.contributions, absences: universe.absences } : null,
    } satisfies Omit<BacktestReportDto, 'sha256' | 'made_at'>;
    return { ...content, sha256: hashOf(content), made_at: new Date().toISOString() };
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
