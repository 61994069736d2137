import { runBacktest } from '@assay/pipeline';
import type { AccountingMode, EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import type { BarsFile } from '../input/bars-file';
import { openStrategy } from '../input/strategy-file';
import { costsOf, fillNeeds, fillOf, scoredRangeFlag } from '../input/trading-flags';
import type { BacktestView } from './backtest-view';

/** Runs the `--strategy` document over the `--bars`. */
export function backtestStrategy(args: Args): { file: BarsFile; outcome: BacktestView } {
  const fill = fillOf(args);
  const { file, document, warnings } = openStrategy(args, fillNeeds(fill));
  const mode = args.text('mode') as AccountingMode;
  const units = mode === 'fixed_qty';
  if (units) for (const name of ['capital', 'qty']) args.require(name, 'by --mode fixed_qty');
  const costs = costsOf(args);
  const periodsPerYear = args.optionalNumber('periods-per-year');
  const outcome = blaming(
    scoredRangeFlag(args) ?? 'assay backtest',
    () =>
      runBacktest({
        document,
        bars: file.bars,
        options: {
          engine: args.text('engine') as EngineName,
          mode,
          fill,
          costs,
          start: args.optional('start'),
          end: args.optional('end'),
          periodsPerYear,
          ...(units ? { capital: args.number('capital'), sizing: { qty: args.number('qty') } } : {}),
        },
      }),
    { start: '--start', end: '--end' },
  );
  const accounting = { mode, fill, costs, periodsPerYear: periodsPerYear ?? document.trading_period };
  return {
    file,
    outcome: { ...outcome, accounting, warnings: [...warnings, ...outcome.warnings], from: outcome.scored[0] },
  };
}
