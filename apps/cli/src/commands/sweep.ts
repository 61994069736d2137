/* eslint-disable @typescript-eslint/no-require-imports -- templates do without the pipeline */
import { templateCells } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, readBarsFile, requireColumns } from '../input/bars-file';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import { requireTemplateMode, templateFlags, templateOf, type TemplateChoice } from '../input/template-flags';
import { COST_FLAGS, costsOf, ENGINE_FLAG, FILL_FLAG, fillNeeds, fillOf, PERIODS_FLAG } from '../input/trading-flags';
import type { Io } from '../output/io';
import { Progress } from '../output/progress';
import { runTemplateSweep } from '../sweep/run-template-sweep';
import { limitCells, threadsOf } from '../sweep/sweep-limits';
import { FIGURES, writeSweep, type SweepTable } from '../sweep/sweep-result';
import type { Command } from './command';

const TEMPLATE_PERIODS = 252;

async function sweepTemplate(args: Args, io: Io, choice: TemplateChoice): Promise<SweepTable> {
  for (const name of ['param', 'engine']) {
    if (args.has(name)) throw new UsageError(`--${name} belongs to --strategy, not to a --template`);
  }
  requireTemplateMode(args);
  const { template, first, second } = choice;
  const fill = fillOf(args);
  const file = readBarsFile(args);
  requireColumns(file, [{ column: 'close', flag: `--template ${template}` }, ...fillNeeds(fill)]);
  const grid = { first: args.range(first), second: args.range(second) };
  limitCells(grid.first.length * grid.second.length);
  const cells = blaming(`--template ${template}`, () => templateCells(template, grid));
  const cellBars = cells.first.length * file.bars.close.length;
  const threads = threadsOf(args, { cellBars, kernel: fill === 'close' });
  const progress = new Progress(io, 'sweep');
  const { openTimeMs, open, close } = file.bars;
  const periodsPerYear = args.optionalNumber('periods-per-year') ?? TEMPLATE_PERIODS;
  const started = performance.now();
  const result = await runTemplateSweep(
    { template, grid, openTimeMs, open, close, fill, costs: costsOf(args), periodsPerYear },
    { threads, onProgress: (fraction) => progress.report(fraction) },
  );
  const ms = performance.now() - started;
  progress.done();
  const values = [cells.first, cells.second, result.totalReturn, result.sharpe, result.maxDrawdown];
  return { columns: [first, second, ...FIGURES], values, ms, threads };
}

function strategySweep(args: Args, io: Io): Promise<SweepTable> {
  return (require('../sweep/run-strategy-sweep') as typeof import('../sweep/run-strategy-sweep')).runStrategySweep(
    args,
    io,
  );
}

async function run(args: Args, io: Io): Promise<void> {
  const choice = templateOf(args);
  const sweep = choice === null ? await strategySweep(args, io) : await sweepTemplate(args, io, choice);
  writeSweep(sweep, args.on('json'), io);
}

export const sweepCommand: Command = {
  name: 'sweep',
  summary: 'backtest a whole grid of parameters; ranges a:b[:step] include b',
  flags: [
    BARS_FLAG,
    STRATEGY_FLAG,
    {
      name: 'param',
      kind: 'text',
      value: 'PATH=A:B[:STEP]',
      repeatable: true,
      help: 'number of the --strategy document to sweep',
    },
    ...templateFlags('range'),
    ENGINE_FLAG,
    {
      name: 'mode',
      kind: 'choice',
      choices: ['weight', 'all_in'],
      default: 'weight',
      help: 'accounting; templates are all_in',
    },
    FILL_FLAG,
    ...COST_FLAGS,
    PERIODS_FLAG,
    {
      name: 'threads',
      kind: 'integer',
      min: 1,
      max: 256,
      help: 'threads to use; default: the cores of the machine, one where more would take longer',
    },
    ADJUST_FLAG,
  ],
  examples: [
    'assay sweep --bars prices.csv --template sma-cross --fast 2:100 --slow 2:100 --fill close --periods-per-year 365 --json',
    'assay sweep --bars prices.csv --strategy strategy.json --param substrategies.0.window=5:100:5 --param substrategies.0.signal=0:3:0.1',
  ],
  run,
};
