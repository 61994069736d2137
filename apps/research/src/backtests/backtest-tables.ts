import {
  isDated,
  type DrawnRow,
  type MetricIntervalRow,
  type MonteCarloRow,
  type StressRow,
  type Timeframe,
} from '@assay/contracts';
import { METRIC_KEYS } from '@assay/quant';
import { columnsNamed, type ColumnType, type RowColumn } from '@assay/tables';
import type { TradeDocument } from '../records/backtests/backtest-document';
import type { SignalRow } from '../runs/evaluated-bars';
import type {
  ContributionView,
  DrawdownView,
  EquityPointDto,
  MonthView,
  RollingView,
  WorstBarView,
} from './backtest.response';

/** Dated bars are told by their dates. */
const timeOf = (timeframe: string): ColumnType => (isDated(timeframe as Timeframe) ? 'date' : 'timestamp');

/** Columns of what a backtest answers, where it is asked for as a table. */
export const equityColumns = (timeframe: string): RowColumn<EquityPointDto>[] =>
  columnsNamed<EquityPointDto>({
    date: timeOf(timeframe),
    equity: 'double',
    buy_hold: 'double',
    benchmark: 'double',
    position: 'double',
    return: 'double',
  });

export const MONTH_COLUMNS = columnsNamed<MonthView>({
  ...{ year: 'integer', month: 'integer', return: 'double', buy_hold: 'double', benchmark: 'double' },
});

export const rollingColumns = (timeframe: string): RowColumn<RollingView>[] =>
  columnsNamed<RollingView>({
    date: timeOf(timeframe),
    ...{ sharpe_ratio: 'double', volatility: 'double', beta: 'double', max_drawdown: 'double' },
  });

export const worstBarColumns = (timeframe: string): RowColumn<WorstBarView>[] =>
  columnsNamed<WorstBarView>({ date: timeOf(timeframe), return: 'double', buy_hold: 'double' });

export const INTERVAL_COLUMNS = columnsNamed<MetricIntervalRow>({
  ...{ metric: 'text', value: 'double', standard_error: 'double' },
  ...{ lower_90: 'double', upper_90: 'double', lower_95: 'double', upper_95: 'double', why: 'text' },
});

type StressTableRow = Pick<StressRow, 'scenario' | 'what' | 'draws' | 'metrics'>;

/** A row for each scenario; of missed fills a second one with what 1 draw in 20 falls short of. */
export const stressRows = (items: readonly StressRow[]): StressTableRow[] =>
  items.flatMap((row) =>
    row.worst_5 === null
      ? [row]
      : [row, { ...row, what: `${row.what}: what 1 draw in 20 falls short of`, metrics: row.worst_5 }],
  );

export const STRESS_COLUMNS: RowColumn<StressTableRow>[] = [
  ...columnsNamed<StressTableRow>({ scenario: 'text', what: 'text', draws: 'integer' }),
  ...METRIC_KEYS.map((key): RowColumn<StressTableRow> => ({
    ...{ name: key, type: 'double' },
    of: ({ metrics }) => metrics[key] ?? null,
  })),
];

type DrawnTableRow = DrawnRow & Pick<MonteCarloRow, 'method' | 'draws'>;

export const drawnRows = (methods: readonly MonteCarloRow[]): DrawnTableRow[] =>
  methods.flatMap(({ method, draws, items }) => items.map((row) => ({ method, draws, ...row })));

export const DRAWN_COLUMNS = columnsNamed<DrawnTableRow>({
  ...{ method: 'text', draws: 'integer', metric: 'text', observed: 'double', mean: 'double' },
  ...{
    lower_5: 'double',
    lower_25: 'double',
    median: 'double',
    upper_75: 'double',
    upper_95: 'double',
    worst: 'double',
    as_good: 'double',
  },
});

export const drawdownColumns = (timeframe: string): RowColumn<DrawdownView>[] =>
  columnsNamed<DrawdownView>({
    peak: timeOf(timeframe),
    trough: timeOf(timeframe),
    recovery: timeOf(timeframe),
    drawdown_fraction: 'double',
    bars: 'integer',
  });

const TRADE_COLUMNS = columnsNamed<TradeDocument>({
  side: 'text',
  entry_time: 'timestamp',
  exit_time: 'timestamp',
  entry_price: 'double',
  exit_price: 'double',
  quantity: 'double',
  gross_return: 'double',
  net_return: 'double',
  fees: 'double',
  bars_held: 'integer',
  mae: 'double',
  mfe: 'double',
  reason: 'text',
});

/** Those of an account in another currency say what came of prices and of rates. */
export const contributionColumns = (items: readonly ContributionView[]): RowColumn<ContributionView>[] =>
  columnsNamed<ContributionView>({
    ...{ symbol: 'text', group: 'text', contribution: 'double', pnl: 'double', costs: 'double' },
    ...(items.some(({ price }) => price !== undefined) ? { price: 'double', fx: 'double' } : {}),
    ...{ trades: 'integer', bars_held: 'integer', bars_missing: 'integer' },
  });

/** Trades of a universe say of which symbol they are. */
export const tradeColumns = (trades: readonly TradeDocument[]): RowColumn<TradeDocument>[] =>
  trades.some(({ symbol }) => symbol !== undefined)
    ? [...columnsNamed<TradeDocument>({ symbol: 'text' }), ...TRADE_COLUMNS]
    : TRADE_COLUMNS;

/** Doubles of Parquet and the texts of CSV are exact, so that patterns of bits are needed in neither. */
export const signalColumns = (featureNames: readonly string[]): RowColumn<SignalRow>[] => [
  ...columnsNamed<SignalRow>({ bar_time: 'timestamp' }),
  ...featureNames.map((name): RowColumn<SignalRow> => ({
    name: `features.${name}`,
    type: 'double',
    of: ({ features }) => features[name],
  })),
  ...columnsNamed<SignalRow>({ prediction: 'double', signal: 'double', weight: 'double', decision: 'text' }),
];
