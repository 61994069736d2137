import {
  ArrayField,
  DateTimeField,
  EnumField,
  IntegerField,
  JsonField,
  ObjectField,
  StringField,
} from '@assay/platform';
import type { PipelineConfig } from '../../recipes/recipe';
import type { DrawnPrices, TradeMark } from '../../reports/price-picture';
import { ReportedStrategyDto } from '../../reports/reported-strategy.response';
import type { TradeDocument } from '../../records/backtests/backtest-document';
import {
  BacktestDto,
  CalendarReturnsDto,
  type AbsenceView,
  type ContributionView,
  type DrawdownView,
} from '../backtest.response';

export const BACKTEST_REPORT_KIND = 'assay.backtest_report';
export const BACKTEST_REPORT_VERSION = 1;

/** Of the scored bars those that a picture needs: all of a few, else those with the extremes of every stretch. */
export interface ReportedCourses {
  /** Scored bars, how many there are of them. */
  scored: number;
  /** Which of them, from 0; one a value of the columns below. */
  bars: number[];
  times: string[];
  equity: number[];
  buy_hold: number[];
  /** Null without a benchmark that was asked for. */
  benchmark: (number | null)[] | null;
  /** Below the peak so far, a positive fraction. */
  drawdown: number[];
  buy_hold_drawdown: number[];
}

export interface ReportedTrades {
  total: number;
  /** All, or of many those that gained or lost most, in the order of time. */
  items: TradeDocument[];
}

export interface ReportedPrices extends DrawnPrices {
  symbol: string;
  /** How many trades are marked: all, or of many those that gained or lost most. */
  marked: number;
  marks: TradeMark[];
}

export interface ReportedUniverse {
  contributions: ContributionView[];
  absences: AbsenceView[];
}

/** Settings of the revision that are no part of the request. */
export type ReportedSettings = Pick<PipelineConfig, 'capital' | 'sizing' | 'protection' | 'entry_order'>;

/** What a run over time is told by, in the report of a backtest and of what was judged on it. */
export class BacktestPartsDto {
  @JsonField({
    description:
      '{scored, bars, times, equity, buy_hold, benchmark, drawdown, buy_hold_drawdown} at all of a few scored bars, of many at the extremes of every stretch; `equity-curve` has all',
  })
  courses: ReportedCourses;
  @ArrayField('json', { description: 'the deepest first: {peak, trough, recovery, drawdown_fraction, bars}' })
  drawdowns: DrawdownView[];
  @ObjectField(() => CalendarReturnsDto, {
    nullable: true,
    description: 'null where the market of the bars is no longer known',
  })
  calendar: CalendarReturnsDto | null;
  @JsonField({ description: '{total, items}: all trades, of many the 200 that gained or lost most; `trades` has all' })
  trades: ReportedTrades;
  @JsonField({
    nullable: true,
    description:
      '{symbol, kind, bars, times, open, high, low, close, marked, marks}: candles of up to 160 scored bars, of more some closes; null of a universe, and where the bars are no longer stored as they were',
  })
  prices: ReportedPrices | null;
  @JsonField({ nullable: true, description: '{contributions, absences} of a universe; null of one symbol' })
  universe: ReportedUniverse | null;
}

export class BacktestReportDto extends BacktestPartsDto {
  @EnumField({ values: [BACKTEST_REPORT_KIND] }) kind: typeof BACKTEST_REPORT_KIND;
  @IntegerField() format_version: number;
  @StringField({
    description: 'SHA-256 of the canonical JSON (RFC 8785) of this document without `sha256` and `made_at`',
  })
  sha256: string;
  @DateTimeField() made_at: string;
  @ObjectField(() => ReportedStrategyDto) strategy: ReportedStrategyDto;
  @StringField({ description: 'what came of it in a sentence' }) conclusion: string;
  @ArrayField('string', { description: 'what has to be known to read the figures rightly' }) notes: string[];
  @ArrayField('string', { description: 'symbols whose bars are made up' }) synthetic: string[];
  @ObjectField(() => BacktestDto, {
    description: 'as `GET /backtests/{id}` answers it: metrics, costs, request, engine, hashes',
  })
  backtest: BacktestDto;
  @JsonField({ description: 'capital, sizing, protection and entry_order of the revision' }) settings: ReportedSettings;
}
