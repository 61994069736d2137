import { costsFromDocument, firstBarAt, runBacktest, type BacktestInput, type BacktestOutcome } from '@assay/pipeline';
import { sliceResult, type AccountingMode, type EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { artifactOf } from '../input/artifact-flag';
import type { BarsFile } from '../input/bars-file';
import { comparisonOf } from '../input/comparison-flags';
import { fxOf } from '../input/fx-flags';
import { openStrategy } from '../input/strategy-file';
import { robustnessOf } from '../input/robustness-flags';
import { capitalOf, COST_FIELDS, strategyCosts } from '../input/strategy-costs';
import { fillNeeds, fillOf, scoredRangeFlag } from '../input/trading-flags';
import type { Io } from '../output/io';
import type { BacktestView } from './backtest-view';

/** Runs the `--strategy` document over the `--bars`. */
export async function backtestStrategy(args: Args, io: Io): Promise<{ file: BarsFile; outcome: BacktestView }> {
  const fill = fillOf(args);
  const { file, document, warnings } = await openStrategy(args, io, fillNeeds(fill));
  const artifact = artifactOf(args, document);
  const mode = args.text('mode') as AccountingMode;
  const units = mode === 'fixed_qty';
  if (units) for (const name of ['capital', 'qty']) args.require(name, 'by --mode fixed_qty');
  const comparison = { ...(await comparisonOf(args, io, file)), ...(await fxOf(args, io, file)) };
  const stated = strategyCosts(args, document);
  const input: BacktestInput = {
    ...{ document, bars: file.bars, artifact },
    options: {
      engine: args.text('engine') as EngineName,
      ...{ mode, fill, costs: costsFromDocument(stated), capital: capitalOf(args, stated) },
      scoreFrom: args.optionalNumber('score-from'),
      start: args.optional('start'),
      end: args.optional('end'),
      periodsPerYear: args.optionalNumber('periods-per-year'),
      ...comparison,
      ...(units ? { sizing: { qty: args.number('qty') } } : {}),
    },
  };
  const outcome = blaming(
    scoredRangeFlag(args) ?? `--bars ${file.path}`,
    () => runBacktest(input),
    // margin is the strategy's own
    {
      ...COST_FIELDS,
      margin: '--mode: sizing.leverage.margin of --strategy',
      start: '--start',
      end: '--end',
      'sizing.qty': '--qty',
    },
  );
  const { costs, capital, periodsPerYear } = outcome.options;
  const accounting = { mode, fill, costs, stated, capital, periodsPerYear };
  return {
    file,
    outcome: {
      ...shown(outcome, args, file),
      accounting,
      robustness: await robustnessOf(args, input),
      scored: {
        ...{ from: outcome.scored[0], returns: outcome.returns, hold: outcome.benchmarkReturns },
        ...{ benchmark: outcome.benchmark?.returns, riskFree: outcome.riskFreeReturns },
      },
      warnings: [...file.warnings, ...warnings, ...outcome.warnings],
    },
  };
}

/** What stands before the lookback is flat, so it is shown with the scored bars; the figures rest on those alone. */
function shown(outcome: BacktestOutcome, args: Args, { bars }: BarsFile) {
  const { full, scored, scoredFrom, lookback } = outcome;
  if (scored[0] !== lookback) return { ...outcome, from: scored[0] };
  const start = args.optional('start');
  const from = start === undefined ? 0 : firstBarAt(bars.openTimeMs, Date.parse(start));
  const { positions, equity, trades } = sliceResult(full, from, scored[1]);
  return { ...outcome, positions, equity, trades, scoredFrom, from };
}
