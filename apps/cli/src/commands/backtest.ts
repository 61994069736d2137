/* eslint-disable @typescript-eslint/no-require-imports -- templates do without the pipeline */
import { METRIC_KEYS, METRICS, type EngineName, type Trade } from '@assay/quant';
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
import { accountingDocument, accountingText } from '../output/accounting';
import { FROM_FIRST_BAR, scoredFromDocument, scoredFromText } from '../output/scored-from';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

function backtestTemplate(args: Args, file: BarsFile, choice: TemplateChoice): BacktestView {
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
  const { own, buyHold } = scoreAgainstBuyAndHold(result, bars.close, periodsPerYear);
  return {
    accounting: { mode: 'all_in', fill, costs: run.costs, periodsPerYear },
    metrics: own.metrics,
    reasons: own.reasons,
    buyHoldMetrics: buyHold.metrics,
    buyHoldReasons: buyHold.reasons,
    positions: result.positions,
    equity: result.equity,
    trades: result.trades,
    warnings: [...file.warnings, ...own.warnings.map((message) => ({ message }))],
    scoredFrom: FROM_FIRST_BAR,
    from: 0,
  };
}

function tradeDocument(trade: Trade, { bars, present }: BarsFile, from: number): Record<string, unknown> {
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

function show(outcome: BacktestView, file: BarsFile, io: Io): void {
  const rows = METRIC_KEYS.map((key) => [key, METRICS[key].unit, outcome.metrics[key], outcome.buyHoldMetrics[key]]);
  io.out(table(['metric', 'unit', 'strategy', 'buy and hold'], rows));
  io.out(accountingText(outcome.accounting));
  io.out(scoredFromText(outcome.scoredFrom, file));
  for (const [key, reason] of Object.entries(outcome.reasons)) io.out(`${key} is undefined: ${reason}\n`);
  for (const reason of new Set(Object.values(outcome.buyHoldReasons))) {
    const keys = Object.keys(outcome.buyHoldReasons).filter((key) => outcome.buyHoldReasons[key] === reason);
    io.out(`of buy and hold ${keys.join(', ')} undefined: ${reason}\n`);
  }
  for (const { message } of outcome.warnings) io.out(`warning: ${message}\n`);
}

async function run(args: Args, io: Io): Promise<void> {
  const choice = templateOf(args);
  let file: BarsFile;
  let outcome: BacktestView;
  if (choice === null) {
    ({ file, outcome } = await (
      require('../backtest/backtest-strategy') as typeof import('../backtest/backtest-strategy')
    ).backtestStrategy(args, io));
  } else {
    file = await readBarsFile(args, io);
    outcome = backtestTemplate(args, file, choice);
  }
  if (!args.on('json')) return show(outcome, file, io);
  io.out(
    toJson({
      metrics: outcome.metrics,
      reasons: outcome.reasons,
      buy_hold_metrics: outcome.buyHoldMetrics,
      buy_hold_reasons: outcome.buyHoldReasons,
      positions: outcome.positions,
      equity: outcome.equity,
      trades: outcome.trades.map((trade) => tradeDocument(trade, file, outcome.from)),
      warnings: outcome.warnings,
      accounting: accountingDocument(outcome.accounting),
      scored_from: scoredFromDocument(outcome.scoredFrom, file),
      first_index: outcome.from,
    }),
  );
}

export const backtestCommand: Command = {
  name: 'backtest',
  summary: 'backtest a Strategy JSON or a template on the bars of a CSV file',
  flags: [
    BARS_FLAG,
    STRATEGY_FLAG,
    ...templateFlags('number'),
    ENGINE_FLAG,
    {
      name: 'mode',
      kind: 'choice',
      choices: ['weight', 'all_in', 'fixed_qty'],
      default: 'weight',
      help: 'accounting; templates are all_in',
    },
    FILL_FLAG,
    ...COST_FLAGS,
    { name: 'capital', kind: 'number', min: 0, help: 'starting equity', scope: WITH_UNITS },
    { name: 'qty', kind: 'number', min: 0, help: 'units per unit of weight', scope: WITH_UNITS },
    ...[SCORE_FROM_FLAG, ...SCORE_FLAGS].map((flag) => ({ ...flag, scope: WITH_STRATEGY })),
    PERIODS_FLAG,
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: [
    'assay backtest --bars prices.csv --strategy strategy.json --engine event --fee-bps 5 --json',
    'assay backtest --bars prices.csv --template sma-cross --fast 10 --slow 30 --fill close',
    'assay backtest --bars prices.csv --template sma-cross --fast 10 --slow 30 --stop-loss 0.05 --take-profit 0.2 --size 0.5',
  ],
  run,
};
