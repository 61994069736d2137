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
          costs: costsOf(args),
          start: args.optional('start'),
          end: args.optional('end'),
          periodsPerYear: args.optionalNumber('periods-per-year'),
          ...(units ? { capital: args.number('capital'), sizing: { qty: args.number('qty') } } : {}),
        },
      }),
    { start: '--start', end: '--end' },
  );
  return { file, outcome: { ...outcome, warnings: [...warnings, ...outcome.warnings], from: outcome.scored[0] } };
}
