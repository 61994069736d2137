import { BLOCK_SCHEMES, INTERVAL_KINDS, statedCostsDocument, TIMEFRAMES, type Timeframe } from '@assay/contracts';
import {
  ArrayField,
  BooleanField,
  DocumentField,
  EnumField,
  IntegerField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '@assay/platform';
import { FormatQuery } from '../listing/format.request';
import { FindFilter } from '../listing/page.request';
import { TaggedPageQuery } from '../listing/tag.request';
import { SERIES_NAME } from '../data/series-name';

const ENGINES = ['vectorized', 'event', 'vectorbt', 'backtrader'] as const;

const MODES = ['weight', 'all_in'] as const;

const FILLS = ['next_open', 'close'] as const;

export class BenchmarkDto {
  @StringField({ ...SERIES_NAME, optional: true, description: 'of the stored bars; asked for where several have them' })
  source?: string;
  @StringField({ ...SERIES_NAME, example: 'SP500' }) symbol: string;
  @EnumField({ values: TIMEFRAMES, optional: true, description: 'default: that of the strategy' })
  timeframe?: Timeframe;
}

export class FxDto extends BenchmarkDto {
  @BooleanField({ optional: true, description: "the rates are units of the quote's currency for one of the account's" })
  invert?: boolean;
  @IntegerField({
    optional: true,
    min: 1,
    max: 30,
    default: 5,
    description: 'days since its close that a rate may be old',
  })
  max_age_days?: number;
}

export class FxRateDto extends FxDto {
  @StringField({ min: 1, max: 12, description: 'that the members are quoted in', example: 'USD' }) currency: string;
}

export class RiskFreeDto {
  @NumberField({ optional: true, min: -0.99, max: 10, description: 'one rate a year for all time, a fraction' })
  rate?: number;
  @StringField({
    ...SERIES_NAME,
    optional: true,
    description: 'or an external series of rates a year',
    example: 'dtb3',
  })
  name?: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'of the series; asked for where several have it' })
  source?: string;
  @StringField({ ...SERIES_NAME, optional: true, description: 'which the series is about' }) symbol?: string;
  @EnumField({ values: ['percent', 'fraction'], optional: true, description: 'of the values of the series' })
  unit?: 'percent' | 'fraction';
}

export class CreateBacktestDto {
  @UuidField() strategy_id: string;
  @IntegerField({ optional: true, min: 1, description: 'default: the newest revision' }) revision?: number;
  @EnumField({ values: ENGINES, optional: true, default: 'vectorized' }) engine?: string;
  @StringField({ ...SERIES_NAME, optional: true }) source?: string;
  @StringField({ optional: true, description: 'first scored bar, date or ISO-8601 time' }) start?: string;
  @StringField({ optional: true, description: 'last scored bar, date or ISO-8601 time' }) end?: string;
  @EnumField({ values: MODES, optional: true }) mode?: 'weight' | 'all_in';
  @EnumField({ values: FILLS, optional: true }) fill?: 'next_open' | 'close';
  @DocumentField(statedCostsDocument, { optional: true }) costs?: object;
  @IntegerField({
    optional: true,
    min: 0,
    description:
      'leading bars not scored; default: the lookback of the document. Validations score from the first bar of the gates on',
  })
  score_from?: number;
  @ObjectField(() => BenchmarkDto, {
    optional: true,
    description:
      'stored bars that beta, alpha, captures, tracking error and information ratio are told against, as they were known at the close of each bar; default: buy and hold, of a universe all members with the same weight',
  })
  benchmark?: BenchmarkDto;
  @ObjectField(() => RiskFreeDto, {
    optional: true,
    description:
      'what cash earns: Sharpe, Sortino, downside deviation, alpha and beta are of what is above it. A bar earns the rate that was known at the close before; default: 0',
  })
  risk_free?: RiskFreeDto;
  @ObjectField(() => FxDto, {
    optional: true,
    description:
      "stored bars whose closes turn the prices into the account's currency: units of it for one of the quote's, as known at each open and close; with account_currency",
  })
  fx?: FxDto;
  @ArrayField(() => FxRateDto, {
    optional: true,
    min: 1,
    max: 20,
    description:
      'in place of fx, of a universe whose members are quoted in several currencies: rates of each but that of the account; with account_currency',
  })
  fx_rates?: FxRateDto[];
  @StringField({
    optional: true,
    max: 12,
    description: 'of the account, where prices are in another; with fx or fx_rates',
    example: 'EUR',
  })
  account_currency?: string;
}

export class RollingQuery extends FormatQuery {
  @IntegerField({ min: 2, max: 5000, optional: true, default: 63, description: 'bars of a window' }) window?: number;
}

export class IntervalsQuery extends FormatQuery {
  @EnumField({
    values: INTERVAL_KINDS,
    optional: true,
    default: 'percentile',
    description: 'quantiles of the resampled values, or bca: corrected for bias and acceleration',
  })
  intervals?: (typeof INTERVAL_KINDS)[number];
  @EnumField({
    values: BLOCK_SCHEMES,
    optional: true,
    default: 'stationary',
    description: 'blocks of random lengths, or of one length',
  })
  scheme?: (typeof BLOCK_SCHEMES)[number];
  @IntegerField({
    min: 100,
    max: 100_000,
    optional: true,
    description: 'default: 1,000, or as many as 20,000,000 bars and closed trades make',
  })
  resamples?: number;
  @IntegerField({
    min: 1,
    max: 1_000_000,
    optional: true,
    description: 'bars of a block; default: by Politis and White, of the returns or their squares, the longer',
  })
  block?: number;
  @NumberField({
    exclusiveMin: 0,
    max: 100,
    optional: true,
    description: 'a true Sharpe ratio a year, of which power and false discoveries are told; default: 1',
  })
  alternative?: number;
  @NumberField({
    exclusiveMin: 0,
    exclusiveMax: 1,
    optional: true,
    description: 'share of strategies that have it, the others are worth nothing; default: 0.1',
  })
  prior?: number;
}

export class MonteCarloQuery extends FormatQuery {
  @IntegerField({
    min: 100,
    max: 100_000,
    optional: true,
    description:
      'default: 1,000, or as many as 20,000,000 bars make; histories of prices are at most a tenth of that, or 100',
  })
  draws?: number;
  @IntegerField({
    min: 1,
    max: 1_000_000,
    optional: true,
    description: 'mean bars of a block of prices; default: by Politis and White, at least 21',
  })
  block?: number;
}

export class SignalsQuery extends FormatQuery {
  @StringField({ optional: true, description: 'first bar, date or ISO-8601 time' }) from?: string;
  @StringField({ optional: true, description: 'last bar, inclusive' }) to?: string;
}

export class CompareBacktestsDto {
  @ArrayField('uuid', { min: 2, max: 20 }) backtest_ids: string[];
}

export class BacktestListQuery extends TaggedPageQuery {
  @FindFilter('the name of their strategy') q?: string;
  @UuidField({ optional: true }) strategy_id?: string;
}
