import type { IntervalsDocument } from '@assay/contracts';
import { calendarFor } from '@assay/market-data';
import { currentOperation } from '@assay/persistence';
import { Injectable } from '@nestjs/common';
import { MarketData } from '../data/market-data';
import { DataThreads } from '../data/threads/data-threads';
import { calendarReturns, rollingRows, scoredTimes, worstBarRows } from './backtest-periods';
import { Compute } from '../runs/compute';
import type { IntervalsQuery } from './backtest.request';
import type { CalendarReturnsDto, RollingView, WorstBarView } from './backtest.response';
import { BacktestsService, type CompletedBacktest } from './backtests.service';
import { tradeOutcomes } from './trade-documents';

const WINDOW = 63;
const WORST = 10;

interface OnBars<T> {
  timeframe: string;
  items: T;
}

/** Figures of a completed backtest over time, made of what it stored. */
@Injectable()
export class BacktestFigures {
  constructor(
    private readonly backtests: BacktestsService,
    private readonly market: MarketData,
    private readonly threads: DataThreads,
    private readonly compute: Compute,
  ) {}

  /** By the dates of the market that the bars are of. */
  async calendarReturns(ownerId: string, id: string): Promise<CalendarReturnsDto> {
    return this.calendarOf(await this.backtests.completed(ownerId, id));
  }

  /** The same of a run that was read before. */
  async calendarOf({ row, series }: CompletedBacktest): Promise<CalendarReturnsDto> {
    const { source, symbol, timeframe, series: members } = row.data!;
    // all members of a universe are of one market
    const read = members?.[0]?.symbol ?? symbol;
    const { market, timeframe: of } = await this.market.requireSeries(source, read, timeframe);
    const openTimeMs = scoredTimes(series).slice();
    const dates = await this.threads.dates({ openTimeMs, timeframe: of, market });
    return { market, zone: calendarFor(market).zone, ...calendarReturns(series, dates) };
  }

  async rolling(
    ownerId: string,
    id: string,
    window = WINDOW,
  ): Promise<OnBars<Iterable<RollingView>> & { window: number }> {
    const { row, series } = await this.backtests.completed(ownerId, id);
    const { returns, riskFreeReturns } = series;
    const rolled = await this.threads.rolling({
      ...{ returns, window, riskFreeReturns, periodsPerYear: row.basis!.periods_per_year },
      benchmarkReturns: series.chosenReturns ?? series.benchmarkReturns,
    });
    return { timeframe: row.data!.timeframe, window, items: rollingRows(series, rolled, window) };
  }

  /** @throws DomainError `insufficient_data` for too few returns, `validation_failed` for more work than a request may make */
  async intervals(
    ownerId: string,
    id: string,
    { intervals: kind, scheme, resamples, block, alternative, prior }: Omit<IntervalsQuery, 'format'>,
  ): Promise<IntervalsDocument> {
    const { row, series } = await this.backtests.completed(ownerId, id);
    const { returns, positions, riskFreeReturns } = series;
    const input = {
      ...{ returns, positions, riskFreeReturns, trades: tradeOutcomes(row.trades!) },
      benchmarkReturns: series.chosenReturns ?? series.benchmarkReturns,
      periodsPerYear: row.basis!.periods_per_year,
      ...{ kind, scheme, resamples, block, alternative, prior, turnover: row.metrics!.turnover },
    };
    return this.compute.run('intervals', input, { signal: currentOperation()?.signal });
  }

  async worstBars(ownerId: string, id: string): Promise<OnBars<WorstBarView[]>> {
    const { row, series } = await this.backtests.completed(ownerId, id);
    return { timeframe: row.data!.timeframe, items: worstBarRows(series, WORST) };
  }
}
