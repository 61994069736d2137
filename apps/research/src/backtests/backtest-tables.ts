import { isDated, type Timeframe } from '@assay/contracts';
import type { RowColumn } from '@assay/tables';
import type { TradeDocument } from '../records/backtests/backtest-document';
import type { SignalRow } from '../runs/evaluated-bars';
import type { DrawdownView, EquityPointDto } from './backtest.response';

const double = <K extends string>(name: K): RowColumn<Record<K, number | null>> => ({
  name,
  type: 'double',
  of: (row) => row[name],
});
const text = <K extends string>(name: K): RowColumn<Record<K, string | null>> => ({
  name,
  type: 'text',
  of: (row) => row[name],
});
/** A time that rows hold as text: of dated bars a date. */
const time = <K extends string>(name: K, timeframe?: string): RowColumn<Record<K, string | null>> => ({
  name,
  type: timeframe !== undefined && isDated(timeframe as Timeframe) ? 'date' : 'timestamp',
  of: ({ [name]: value }) => (value === null ? null : Date.parse(value)),
});

/** Columns of what a backtest answers, where it is asked for as a table. */
export const equityColumns = (timeframe: string): RowColumn<EquityPointDto>[] => [
  time('date', timeframe),
  double('equity'),
  double('buy_hold'),
  double('position'),
  double('return'),
];

export const drawdownColumns = (timeframe: string): RowColumn<DrawdownView>[] => [
  time('peak', timeframe),
  time('trough', timeframe),
  time('recovery', timeframe),
  double('drawdown_fraction'),
  { name: 'bars', type: 'integer', of: ({ bars }) => bars },
];

export const TRADE_COLUMNS: RowColumn<TradeDocument>[] = [
  text('side'),
  time('entry_time'),
  time('exit_time'),
  double('entry_price'),
  double('exit_price'),
  double('quantity'),
  double('gross_return'),
  double('net_return'),
  double('fees'),
  { name: 'bars_held', type: 'integer', of: (trade) => trade.bars_held },
  double('mae'),
  double('mfe'),
  text('reason'),
];

/** Doubles of Parquet and the texts of CSV are exact, so that patterns of bits are needed in neither. */
export const signalColumns = (featureNames: readonly string[]): RowColumn<SignalRow>[] => [
  time('bar_time'),
  ...featureNames.map((name): RowColumn<SignalRow> => ({
    name: `features.${name}`,
    type: 'double',
    of: ({ features }) => features[name],
  })),
  double('prediction'),
  double('signal'),
  double('weight'),
  text('decision'),
];
