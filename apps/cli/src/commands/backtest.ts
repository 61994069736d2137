/* eslint-disable @typescript-eslint/no-require-imports -- templates do without the pipeline */
import { costTotals, METRIC_KEYS, METRICS, type EngineName, type Trade } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import type { BacktestView } from '../backtest/backtest-view';
import { WITH_STRATEGY, WITH_UNITS } from '../input/flag-scopes';
import { ADJUST_FLAG, BARS_FLAG, readBarsFile, requireColumns, requireRanges, type BarsFile } from '../input/bars-file';
import { READING_FLAGS } from '../input/reading-flags';
import {
  AXIS_FLAGS,
  requireTemplateMode,
  templateFill,
  templateFlags,
  templateNeeds,
  templateOf,
  templatePeriods,
  templateProtection,
  templateReadsRanges,
  type TemplateChoice,
} from '../input/template-flags';
import { figuresOverTime, SHOW_FLAGS, type FiguresOverTime } from '../backtest/figures-over-time';
import { FX_FLAGS, UNIVERSE_FX_FLAGS } from '../input/fx-flags';
import { INTERVAL_FLAGS, intervalsOf } from '../input/intervals-flags';
import { ROBUSTNESS_FLAGS } from '../input/robustness-flags';
import { COMPARISON_FLAGS, comparisonOf } from '../input/comparison-flags';
import { runTemplate, scoreAgainstBuyAndHold } from '../backtest/template-run';
import {
  COST_FLAGS,
  costsOf,
  ENGINE_FLAG,
  FILL_FLAG,
  PERIODS_FLAG,
  SCORE_FLAGS,
  SCORE_FROM_FLAG,
} from '../input/trading-flags';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import { CAPITAL_FLAG, STRATEGY_COST_FLAGS } from '../input/cost-flags';
import { accountingDocument, accountingText, costsText, fxText } from '../output/accounting';
import { FROM_FIRST_BAR, scoredFromDocument, scoredFromText } from '../output/scored-from';
import { intervalsText } from '../output/intervals';
import { monteCarloText, stressText } from '../output/robustness';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table, type Cell } from '../output/table';
import type { Command } from './command';

async function backtestTemplate(args: Args, io: Io, file: BarsFile, choice: TemplateChoice): Promise<BacktestView> {
  requireTemplateMode(args);
  const fill = templateFill(args, choice);
  requireColumns(file, templateNeeds(choice, fill));
  if (templateReadsRanges(choice)) requireRanges(file);
  const [first, second] = [args.number(choice.first), args.number(choice.second)];
  const protection = templateProtection(args, choice);
  const engine = args.text('engine') as EngineName;
  const { bars } = file;
  const run = { template: choice.template, first, second, engine, fill, costs: costsOf(args), protection };
  const result = blaming(`--template ${choice.template}`, () => runTemplate(bars, run), AXIS_FLAGS);
  const periodsPerYear = templatePeriods(args, file.bars.timeframe);
  const compared = await comparedTemplate(args, io, file, periodsPerYear);
  const { own, buyHold, hold } = scoreAgainstBuyAndHold(result, bars.close, periodsPerYear, compared);
  return {
    accounting: { mode: 'all_in', fill, costs: run.costs, periodsPerYear },
    metrics: own.metrics,
    reasons: own.reasons,
    buyHoldMetrics: buyHold.metrics,
    buyHoldReasons: buyHold.reasons,
    benchmark: compared?.benchmark,
    scored: {
      ...{ from: 0, returns: result.returns, hold },
      ...{ benchmark: compared?.benchmark?.returns, riskFree: compared?.riskFreeReturns },
    },
    costs: costTotals(result),
    positions: result.positions,
    equity: result.equity,
    trades: result.trades,
    warnings: [...file.warnings, ...(compared?.warnings ?? []), ...own.warnings.map((message) => ({ message }))],
    scoredFrom: FROM_FIRST_BAR,
    from: 0,
  };
}

/** Every bar is scored. */
async function comparedTemplate(args: Args, io: Io, file: BarsFile, periodsPerYear: number) {
  const comparison = await comparisonOf(args, io, file);
  if (Object.keys(comparison).length === 0) return undefined;
  const { comparedWith } = await import('@assay/pipeline');
  const { openTimeMs } = file.bars;
  return comparedWith({ ...comparison, periodsPerYear }, openTimeMs, [0, openTimeMs.length]);
}

function tradeDocument(trade: Trade, { bars, present }: BarsFile, from: number): Record<string, Cell> {
  const time = (index: number): string | null =>
    index >= 0 && present.has('date') ? new Date(bars.openTimeMs[from + index]).toISOString() : null;
  return {
    side: trade.side,
    entry_index: trade.entryIndex,
    exit_index: trade.exitIndex < 0 ? null : trade.exitIndex,
    entry_time: time(trade.entryIndex),
    exit_time: time(trade.exitIndex),
    entry_price: trade.entryPrice,
    exit_price: trade.exitPrice,
    quantity: trade.quantity,
    gross_return: trade.grossReturn,
    net_return: trade.netReturn,
    fees: trade.fees,
    bars_held: trade.barsHeld,
    mae: trade.mae,
    mfe: trade.mfe,
    reason: trade.reason,
  };
}

function show(outcome: BacktestView, tables: FiguresOverTime, file: BarsFile, io: Io): void {
  const { benchmark } = outcome;
  const rows = METRIC_KEYS.map((key) => [
    ...[key, METRICS[key].unit, outcome.metrics[key], outcome.buyHoldMetrics[key]],
    ...(benchmark ? [benchmark.metrics[key]] : []),
  ]);
  io.out(table(['metric', 'unit', 'strategy', 'buy and hold', ...(benchmark ? ['benchmark'] : [])], rows));
  io.out(accountingText(outcome.accounting));
  io.out(costsText(outcome.costs));
  if (outcome.fx) io.out(fxText(outcome.fx));
  io.out(scoredFromText(outcome.scoredFrom, file));
  if (outcome.metrics.exposure === 0) io.out('nothing was held on any scored bar: the target was never other than 0\n');
  for (const [key, reason] of Object.entries(outcome.reasons)) io.out(`${key} is undefined: ${reason}\n`);
  for (const reason of new Set(Object.values(outcome.buyHoldReasons))) {
    const keys = Object.keys(outcome.buyHoldReasons).filter((key) => outcome.buyHoldReasons[key] === reason);
    io.out(`of buy and hold ${keys.join(', ')} undefined: ${reason}\n`);
  }
  for (const { message } of outcome.warnings) io.out(`warning: ${message}\n`);
  for (const [name, rows] of Object.entries(tables)) {
    const header = Object.keys(rows[0] ?? {});
    io.out(`\n${name.replace('_', ' ')}${rows.length === 0 ? ': none' : ''}\n`);
    if (rows.length > 0)
      io.out(
        `\n${table(
          header,
          rows.map((row) => header.map((column) => row[column])),
        )}`,
      );
  }
}

async function run(args: Args, io: Io): Promise<void> {
  const choice = templateOf(args);
  let file: BarsFile;
  let outcome: BacktestView;
  if (choice === null) {
    const universe = await (
      require('../universe/backtest-universe') as typeof import('../universe/backtest-universe')
    ).backtestUniverse(args, io);
    if (universe) return;
    ({ file, outcome } = await (
      require('../backtest/backtest-strategy') as typeof import('../backtest/backtest-strategy')
    ).backtestStrategy(args, io));
  } else {
    file = await readBarsFile(args, io);
    outcome = await backtestTemplate(args, io, file, choice);
  }
  const trades = outcome.trades.map((trade) => tradeDocument(trade, file, outcome.from));
  const { periodsPerYear } = outcome.accounting;
  const tables = await figuresOverTime(args, { file, scored: outcome.scored, periodsPerYear, trades });
  const intervals = await intervalsOf(args, {
    ...{ returns: outcome.scored.returns, periodsPerYear, trades: outcome.trades },
    // bars before the scored ones are shown with them
    positions: outcome.positions.subarray(outcome.scored.from - outcome.from),
    benchmarkReturns: outcome.scored.benchmark ?? outcome.scored.hold,
    riskFreeReturns: outcome.scored.riskFree,
  });
  const { stress, monteCarlo } = outcome.robustness ?? {};
  if (!args.on('json')) {
    show(outcome, tables, file, io);
    if (intervals) io.out(intervalsText(intervals));
    if (stress) io.out(stressText(stress, outcome.costs));
    if (monteCarlo) io.out(monteCarloText(monteCarlo));
    return;
  }
  io.out(
    toJson({
      metrics: outcome.metrics,
      reasons: outcome.reasons,
      buy_hold_metrics: outcome.buyHoldMetrics,
      buy_hold_reasons: outcome.buyHoldReasons,
      ...(outcome.benchmark
        ? { benchmark_metrics: outcome.benchmark.metrics, benchmark_reasons: outcome.benchmark.reasons }
        : {}),
      positions: outcome.positions,
      equity: outcome.equity,
      costs: outcome.costs,
      ...(outcome.fx ? { fx: outcome.fx } : {}),
      trades,
      warnings: outcome.warnings,
      accounting: accountingDocument(outcome.accounting),
      scored_from: scoredFromDocument(outcome.scoredFrom, file),
      first_index: outcome.from,
      ...tables,
      ...(intervals ? { intervals } : {}),
      ...(stress ? { stress } : {}),
      ...(monteCarlo ? { monte_carlo: monteCarlo } : {}),
    }),
  );
}

export const backtestCommand: Command = {
  name: 'backtest',
  summary: 'backtest a Strategy JSON or a template on the bars of a file, or one of a universe on a folder of them',
  flags: [
    BARS_FLAG,
    STRATEGY_FLAG,
    {
      name: 'artifact',
      kind: 'text',
      value: 'FILE',
      help: 'the fitted or imported model, which predicts bars after its training; without it the model is fitted again as the bars go on',
      scope: WITH_STRATEGY,
    },
    ...templateFlags('number'),
    ENGINE_FLAG,
    {
      name: 'mode',
      kind: 'choice',
      choices: ['weight', 'all_in', 'fixed_qty'],
      default: 'weight',
      help: 'accounting; templates are all_in, a universe as it says',
    },
    FILL_FLAG,
    ...COST_FLAGS,
    ...STRATEGY_COST_FLAGS,
    { ...CAPITAL_FLAG, help: 'starting equity, for --mode fixed_qty and for costs that know the size of an order' },
    { name: 'qty', kind: 'number', min: 0, help: 'units per unit of weight', scope: WITH_UNITS },
    ...[SCORE_FROM_FLAG, ...SCORE_FLAGS].map((flag) => ({ ...flag, scope: WITH_STRATEGY })),
    PERIODS_FLAG,
    ...COMPARISON_FLAGS,
    ...FX_FLAGS,
    ...UNIVERSE_FX_FLAGS,
    ...SHOW_FLAGS,
    ...INTERVAL_FLAGS,
    ...ROBUSTNESS_FLAGS,
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: [
    'assay backtest --bars prices.csv --strategy strategy.json --engine event --fee-bps 5 --json',
    'assay backtest --bars prices.csv --strategy strategy.json --per-share 0.005 --minimum-fee 1 --impact square_root:100 --borrow-bps-per-year 300 --capital 100000',
    'assay backtest --bars prices.csv --template sma-cross --fast 10 --slow 30 --fill close',
    'assay backtest --bars folder/ --strategy universe.json',
    'assay backtest --bars prices.csv --strategy strategy.json --intervals percentile',
    'assay backtest --bars prices.csv --strategy strategy.json --stress --monte-carlo',
    'assay backtest --bars prices.csv --strategy strategy.json --benchmark index.csv --risk-free 0.03 --show years --show drawdowns',
    'assay backtest --bars prices.csv --strategy strategy.json --fx eurusd.csv --fx-invert',
    'assay backtest --bars folder/ --strategy universe.json --fx-rates USD=eurusd.csv --fx-rates HKD=eurhkd.csv --fx-invert --account-currency EUR',
    'assay backtest --bars prices.csv --template sma-cross --fast 10 --slow 30 --stop-loss 0.05 --take-profit 0.2 --size 0.5',
  ],
  run,
};
