import { pointInTimeJoin, type ObservationSeries, type Series } from '@assay/market-data';
import {
  alignBenchmark,
  alignFx,
  FX_MAX_AGE_DAYS,
  type BacktestOptions,
  type UniverseFx,
  type UniverseOptions,
} from '@assay/pipeline';
import { invalidField } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MarketData, type LoadedBars } from '../data/market-data';
import { onlyObservations } from '../data/observations/only-observations';
import { DataThreads } from '../data/threads/data-threads';
import type {
  BacktestRequest,
  BenchmarkRequest,
  FxRatesRequest,
  FxRequest,
  RateSeriesRequest,
  RiskFreeRequest,
} from '../records/backtests/backtest-document';
import type { Basis, PinnedRates } from '../records/backtests/basis';
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

export interface AskedFxRate extends AskedFx {
  currency: string;
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
  fx?: PinnedRates;
}

/** The same beside a universe, whose rates are put on each symbol's own bars where these are. */
export interface UniverseComparison extends Omit<Comparison, 'options'> {
  options: Omit<Comparison['options'], 'fx'> & Pick<UniverseOptions, 'fx'>;
}

type AskedComparison = Pick<BacktestRequest, 'benchmark' | 'risk_free'>;

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

  /** @throws DomainError as `fxOf`, and `validation_failed` for a currency that is given twice, or that of the account */
  async fxRatesOf(
    asked: readonly AskedFxRate[],
    account: string | undefined,
    timeframe: string,
  ): Promise<{ fx: FxRatesRequest }> {
    const rates: FxRatesRequest['rates'] = [];
    for (const [i, { currency, ...one }] of asked.entries()) {
      const field = `fx_rates[${i}].currency`;
      if (rates.some((other) => other.currency === currency))
        throw invalidField(field, 'unique', currency, `${field} must be given once, was ${currency} twice`);
      if (currency === account)
        throw invalidField(field, 'other', currency, `${field} must be another than the account's, was ${currency}`);
      const { account_currency: _, ...rate } = (await this.fxOf(one, account, timeframe, 'fx_rates')).fx;
      rates.push({ currency, ...rate });
    }
    return { fx: { account_currency: account!, rates } };
  }

  /** The stored series that is meant. @throws DomainError `not_found` where no bars of it are stored, `validation_failed` where several sources have them */
  async benchmarkOf(asked: AskedBenchmark, timeframe: string): Promise<BenchmarkRequest> {
    const series = await this.market.requireSeries(asked.source ?? null, asked.symbol, asked.timeframe ?? timeframe);
    return { source: series.source, symbol: series.symbol, timeframe: series.timeframe };
  }

  /** @throws DomainError as `benchmarkOf`, and `validation_failed` unless both are given */
  async fxOf(
    asked: AskedFx | undefined,
    account: string | undefined,
    timeframe: string,
    field = 'fx',
  ): Promise<{ fx: FxRequest }> {
    if (account === undefined) {
      const message = `account_currency must be given with ${field}, was missing`;
      throw invalidField('account_currency', 'required', null, message);
    }
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

  /** @throws DomainError `not_found` for what is no longer stored, `validation_failed` for rates that are missing or too old */
  async load(
    em: EntityManager,
    { fx, ...asked }: Pick<BacktestRequest, 'benchmark' | 'risk_free' | 'fx'>,
    beside: ComparedBars,
  ): Promise<Comparison> {
    const found = await this.compared(em, asked, beside);
    if (fx === undefined) return found;
    if ('rates' in fx) throw invalidField('fx_rates', 'of_universe', null, OF_UNIVERSE);
    const { rates, fingerprint } = await this.datedRates(fx);
    const { invert, max_age_days: maxAgeDays } = fx;
    const options = { ...found.options, fx: alignFx(await this.clockOf(beside), rates, { invert, maxAgeDays }) };
    return { ...found, options, fx: { ...fx, fingerprint } };
  }

  /** @param beside the bars of the panel */
  async loadOfUniverse(
    em: EntityManager,
    { fx, ...asked }: Pick<BacktestRequest, 'benchmark' | 'risk_free' | 'fx'>,
    beside: ComparedBars,
  ): Promise<UniverseComparison> {
    const found = await this.compared(em, asked, beside);
    if (fx === undefined) return found;
    const fingerprints: string[] = [];
    const rates: UniverseFx['rates'][number][] = [];
    for (const one of ratesAsked(fx)) {
      const { rates: dated, fingerprint } = await this.datedRates(one);
      const { invert, max_age_days: maxAgeDays, currency } = one;
      rates.push({ ...dated, invert, maxAgeDays, currency });
      fingerprints.push(fingerprint);
    }
    const { account_currency: account } = fx;
    const options = { ...found.options, fx: { account, rates, ...(await this.clockOf(beside)) } };
    return { ...found, options, fx: pinnedRates(fx, fingerprints) };
  }

  /** When each bar opens and closes. */
  private async clockOf({ series, bars: { openTimeMs } }: ComparedBars) {
    return { openMs: openTimeMs, closeMs: await this.closes(series, openTimeMs) };
  }

  private closes({ timeframe, market }: Clocked, openTimeMs: Float64Array): Promise<Float64Array> {
    return this.threads.closes({ openTimeMs, timeframe, market });
  }

  /** What is stored of a series of rates, each by the time from which it was known. */
  private async datedRates({ source, symbol, timeframe }: BenchmarkRequest) {
    const { series, bars, pin } = await this.market.load(await this.market.requireSeries(source, symbol, timeframe));
    const closeMs = await this.closes(series, bars.openTimeMs);
    return { rates: { closeMs, close: bars.close }, fingerprint: pin.fingerprint };
  }

  private async compared(
    em: EntityManager,
    { benchmark, risk_free: riskFree }: AskedComparison,
    { series, bars: { openTimeMs } }: ComparedBars,
  ): Promise<Pick<Comparison, 'benchmark' | 'riskFree'> & { options: Omit<Comparison['options'], 'fx'> }> {
    const found: Awaited<ReturnType<ComparisonLoader['compared']>> = { options: {} };
    // bars of one clock close in the order in which they open: no calendar is asked
    const closesMs = (): Promise<Float64Array> => this.closes(series, openTimeMs);
    if (benchmark !== undefined) {
      const { source, symbol, timeframe } = benchmark;
      const other = await this.market.load(await this.market.requireSeries(source, symbol, timeframe));
      const same = other.series.market === series.market && other.series.timeframe === series.timeframe;
      const closeMs = same ? other.bars.openTimeMs : await this.closes(other.series, other.bars.openTimeMs);
      const at = same ? openTimeMs : await closesMs();
      found.options.benchmark = alignBenchmark(at, { closeMs, close: other.bars.close });
      found.benchmark = { ...benchmark, fingerprint: other.pin.fingerprint };
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

const OF_UNIVERSE =
  'fx_rates must be given for a strategy over a universe alone: the prices of one symbol are in one currency, so give fx';

/** One for all that is converted has no currency. */
const ratesAsked = (
  fx: FxRequest | FxRatesRequest,
): (Pick<FxRequest, 'source' | 'symbol' | 'timeframe' | 'invert' | 'max_age_days'> & { currency?: string })[] =>
  'rates' in fx ? fx.rates : [fx];

const pinnedRates = (fx: FxRequest | FxRatesRequest, fingerprints: readonly string[]): PinnedRates =>
  'rates' in fx
    ? { ...fx, rates: fx.rates.map((one, i) => ({ ...one, fingerprint: fingerprints[i]! })) }
    : { ...fx, fingerprint: fingerprints[0]! };
