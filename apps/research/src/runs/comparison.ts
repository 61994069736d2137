import { pointInTimeJoin, type ObservationSeries, type Series } from '@assay/market-data';
import { alignBenchmark, alignFx, FX_MAX_AGE_DAYS, type BacktestOptions } from '@assay/pipeline';
import { invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MarketData, type LoadedBars } from '../data/market-data';
import { onlyObservations } from '../data/observations/only-observations';
import { DataThreads } from '../data/threads/data-threads';
import type {
  BacktestRequest,
  BenchmarkRequest,
  FxRequest,
  RateSeriesRequest,
  RiskFreeRequest,
} from '../records/backtests/backtest-document';
import type { Basis } from '../records/backtests/basis';
import { observationStoreOf } from '../records/market/market.store';

/** What was asked for, before it is known which stored series is meant. */
export interface AskedBenchmark {
  source?: string;
  symbol: string;
  timeframe?: string;
}

export interface AskedFx extends AskedBenchmark {
  invert?: boolean;
  max_age_days?: number;
}

export interface AskedRiskFree {
  rate?: number;
  name?: string;
  source?: string;
  symbol?: string;
  unit?: 'percent' | 'fraction';
}

/** What a strategy is told against, beside its bars. */
export interface Comparison {
  options: Pick<BacktestOptions, 'benchmark' | 'riskFree' | 'fx'>;
  benchmark?: BenchmarkRequest & { fingerprint: string };
  riskFree?: Basis['risk_free'];
  fx?: FxRequest & { fingerprint: string };
}

type Clocked = Pick<Series, 'timeframe' | 'market'>;

/** The bars beside which something is put. */
export interface ComparedBars {
  series: Clocked;
  bars: Pick<LoadedBars['bars'], 'openTimeMs'>;
}

const PERCENT = 100;

/** Benchmarks and rates of cash, as they were known at the close of each bar of a strategy. */
@Injectable()
export class ComparisonLoader {
  constructor(
    private readonly market: MarketData,
    private readonly threads: DataThreads,
  ) {}

  /** The stored series that is meant. @throws DomainError `not_found` where no bars of it are stored, `validation_failed` where several sources have them */
  async benchmarkOf(asked: AskedBenchmark, timeframe: string): Promise<BenchmarkRequest> {
    const series = await this.market.requireSeries(asked.source ?? null, asked.symbol, asked.timeframe ?? timeframe);
    return { source: series.source, symbol: series.symbol, timeframe: series.timeframe };
  }

  /** @throws DomainError as `benchmarkOf`, and `validation_failed` unless both are given */
  async fxOf(asked: AskedFx | undefined, account: string | undefined, timeframe: string): Promise<{ fx: FxRequest }> {
    if (account === undefined)
      throw invalidField('account_currency', 'required', null, 'account_currency must be given with fx, was missing');
    if (asked === undefined)
      throw invalidField('fx', 'required', null, `fx must be given with account_currency ${account}, was missing`);
    const { invert = false, max_age_days = FX_MAX_AGE_DAYS, ...series } = asked;
    return { fx: { account_currency: account, ...(await this.benchmarkOf(series, timeframe)), invert, max_age_days } };
  }

  /** @throws DomainError `validation_failed` for neither or both of rate and name, or a series without unit; `not_found` */
  async riskFreeOf(em: EntityManager, { rate, unit, ...wanted }: AskedRiskFree): Promise<RiskFreeRequest> {
    if ((rate === undefined) === (wanted.name === undefined)) {
      const was = rate === undefined ? 'neither' : 'both';
      const message = `risk_free must have rate, or name of an external series, had ${was}`;
      throw invalidField('risk_free', 'one_of', null, message);
    }
    if (rate !== undefined) {
      const idle = Object.entries({ ...wanted, unit }).find(([, value]) => value !== undefined);
      if (idle === undefined) return { rate };
      const message = `risk_free.${idle[0]} must not be given with rate, which is a fraction, was ${idle[1]}`;
      throw invalidField(`risk_free.${idle[0]}`, 'not_applicable', idle[1], message);
    }
    if (unit === undefined) {
      const message = 'risk_free.unit must say whether the rates of the series are percent or fraction, was missing';
      throw invalidField('risk_free.unit', 'required', null, message);
    }
    const { source, symbol, name } = await this.rates(em, { ...wanted, name: wanted.name! });
    return { source, symbol, name, unit };
  }

  async load(
    em: EntityManager,
    { benchmark, risk_free: riskFree, fx }: Pick<BacktestRequest, 'benchmark' | 'risk_free' | 'fx'>,
    { series, bars }: ComparedBars,
  ): Promise<Comparison> {
    if (benchmark === undefined && riskFree === undefined && fx === undefined) return { options: {} };
    const { openTimeMs } = bars;
    const of = async ({ timeframe, market }: Clocked, times: Float64Array): Promise<Float64Array> =>
      this.threads.closes({ openTimeMs: times, timeframe, market });
    const found: Comparison = { options: {} };
    // bars of one clock close in the order in which they open: no calendar is asked
    const closesMs = (): Promise<Float64Array> => of(series, openTimeMs);
    if (benchmark !== undefined) {
      const { source, symbol, timeframe } = benchmark;
      const other = await this.market.load(await this.market.requireSeries(source, symbol, timeframe));
      const same = other.series.market === series.market && other.series.timeframe === series.timeframe;
      const closeMs = same ? other.bars.openTimeMs : await of(other.series, other.bars.openTimeMs);
      const at = same ? openTimeMs : await closesMs();
      found.options.benchmark = alignBenchmark(at, { closeMs, close: other.bars.close });
      found.benchmark = { ...benchmark, fingerprint: other.pin.fingerprint };
    }
    if (fx !== undefined) {
      const { source, symbol, timeframe, invert, max_age_days: maxAgeDays } = fx;
      const other = await this.market.load(await this.market.requireSeries(source, symbol, timeframe));
      const rates = { closeMs: await of(other.series, other.bars.openTimeMs), close: other.bars.close };
      const known = { openMs: openTimeMs, closeMs: await closesMs() };
      found.options.fx = alignFx(known, rates, { invert, maxAgeDays });
      found.fx = { ...fx, fingerprint: other.pin.fingerprint };
    }
    if (riskFree === undefined) return found;
    if ('rate' in riskFree) {
      found.options.riskFree = riskFree.rate;
      return { ...found, riskFree };
    }
    const stored = await this.rates(em, riskFree);
    const observations = await observationStoreOf(em).observationsOf(stored.id);
    const known = pointInTimeJoin(await closesMs(), observations);
    found.options.riskFree = riskFree.unit === 'percent' ? known.map((rate) => rate / PERCENT) : known;
    return { ...found, riskFree: { ...riskFree, fingerprint: stored.fingerprint! } };
  }

  private async rates(
    em: EntityManager,
    { name, source, symbol }: Pick<RateSeriesRequest, 'name'> & { source?: string; symbol?: string | null },
  ): Promise<ObservationSeries> {
    const candidates = await observationStoreOf(em).ofName(name, symbol ?? '');
    return onlyObservations(candidates, { name, source, symbol: symbol ?? undefined }, 'risk_free.source');
  }
}
