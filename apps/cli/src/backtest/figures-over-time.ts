import { annualReturns, drawdowns, equityCurve, monthlyReturns, rollingMetrics, worstBars } from '@assay/quant';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { barTime, requireColumns, type BarsFile } from '../input/bars-file';
import type { Cell } from '../output/table';
import type { ScoredColumns } from './backtest-view';

const SHOWN = ['months', 'years', 'drawdowns', 'worst-bars', 'trades'] as const;
const MOST = 10;

export const SHOW_FLAGS: readonly FlagSpec[] = [
  {
    name: 'show',
    kind: 'choice',
    choices: SHOWN,
    repeatable: true,
    help: 'also returns by month or year of the dates of --market (else of UTC), the deepest drawdowns, the worst bars or the trades',
  },
  {
    name: 'rolling',
    kind: 'integer',
    min: 2,
    value: 'BARS',
    help: 'also Sharpe ratio, volatility, beta and drawdown of each window of so many bars',
  },
];

/** Rows by the names of their columns, a table each. */
export type FiguresOverTime = Record<string, Record<string, Cell>[]>;

interface Shown {
  file: BarsFile;
  scored: ScoredColumns;
  periodsPerYear: number;
  trades: Record<string, Cell>[];
}

/** The tables of `--show` and `--rolling`, of the scored bars, in the order of the flags. */
export async function figuresOverTime(args: Args, shown: Shown): Promise<FiguresOverTime> {
  const names = args.all('show') as (typeof SHOWN)[number][];
  const window = args.optionalNumber('rolling');
  if (names.length === 0 && window === undefined) return {};
  requireColumns(shown.file, [{ column: 'date', flag: names.length > 0 ? '--show' : '--rolling' }]);
  const dates = await datesOf(args, shown);
  const tables = Object.fromEntries(names.map((name) => [name.replace('-', '_'), TABLES[name](shown, dates)]));
  return window === undefined ? tables : { ...tables, rolling: rolling(window, shown) };
}

const orNull = (x: number | undefined): number | null => (x === undefined || Number.isNaN(x) ? null : x);
const timeOf = ({ file, scored }: Shown, bar: number): string => barTime(file.bars, scored.from + bar);

/** Columns of returns by the names under which they are shown. */
const columnsOf = ({ scored: { returns, hold, benchmark } }: Shown): [string, Float64Array][] => [
  ['return', returns],
  ['buy_hold', hold],
  ...(benchmark ? [['benchmark', benchmark] as [string, Float64Array]] : []),
];

const TABLES = {
  months: (shown: Shown, dates: Float64Array) => {
    const of = columnsOf(shown).map(([name, column]) => [name, monthlyReturns(dates, column)] as const);
    return of[0][1].map(({ year, month }, i) => ({
      ...{ year, month },
      ...Object.fromEntries(of.map(([name, rows]) => [name, orNull(rows[i].value)])),
    }));
  },
  years: (shown: Shown, dates: Float64Array) => {
    const of = columnsOf(shown).map(([name, column]) => [name, annualReturns(monthlyReturns(dates, column))] as const);
    return of[0][1].map(({ year }, i) => ({
      year,
      ...Object.fromEntries(of.map(([name, rows]) => [name, orNull(rows[i].value)])),
    }));
  },
  drawdowns: (shown: Shown) =>
    drawdowns(equityCurve(shown.scored.returns), MOST).map((one) => ({
      peak: timeOf(shown, Math.max(one.peakIndex, 0)),
      trough: timeOf(shown, one.troughIndex),
      recovery: one.recoveryIndex < 0 ? null : timeOf(shown, one.recoveryIndex),
      drawdown_fraction: one.depth,
      bars: one.durationBars,
    })),
  'worst-bars': (shown: Shown) =>
    worstBars(shown.scored.returns, MOST).map((bar) => ({
      ...{ date: timeOf(shown, bar), return: shown.scored.returns[bar], buy_hold: shown.scored.hold[bar] },
    })),
  // dates say where
  trades: ({ trades }: Shown) => trades.map(({ entry_index: _, exit_index: __, ...trade }) => trade),
} satisfies Record<(typeof SHOWN)[number], (shown: Shown, dates: Float64Array) => Record<string, Cell>[]>;

function rolling(window: number, shown: Shown): Record<string, Cell>[] {
  const { returns, hold, benchmark, riskFree } = shown.scored;
  const rolled = rollingMetrics({
    ...{ returns, window, periodsPerYear: shown.periodsPerYear },
    ...{ benchmarkReturns: benchmark ?? hold, riskFreeReturns: riskFree },
  });
  return Array.from({ length: Math.max(0, returns.length - window + 1) }, (_, k) => {
    const bar = window - 1 + k;
    return {
      ...{ date: timeOf(shown, bar), sharpe_ratio: orNull(rolled.sharpe[bar]) },
      ...{ volatility: orNull(rolled.volatility[bar]), beta: orNull(rolled.beta[bar]) },
      max_drawdown: orNull(rolled.maxDrawdown[bar]),
    };
  });
}

/** Dates of the scored bars: of `--market`, else in UTC. */
async function datesOf(args: Args, { file: { bars }, scored }: Shown): Promise<Float64Array> {
  const times = bars.openTimeMs.subarray(scored.from, scored.from + scored.returns.length);
  const market = args.optional('market');
  if (market === undefined) return times;
  const { calendarFor, marketDates, marketOf } = await import('@assay/market-data/calendars');
  return marketDates(times, bars.timeframe, calendarFor(marketOf(market)!));
}
