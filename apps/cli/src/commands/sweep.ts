/* eslint-disable @typescript-eslint/no-require-imports -- each form of sweep loads only what it needs */
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
import { rankedBy, SEARCH_FLAGS, searchOf, type SampledSearch } from '../sweep/search-flags';
import { limitCells, threadsOf } from '../sweep/sweep-limits';
import { FIGURES, type SweepTable } from '../sweep/sweep-result';
import { writeSweep } from '../sweep/write-sweep';
import type { Command } from './command';

const TEMPLATE_PERIODS = 252;

async function sweepTemplate(
  args: Args,
  io: Io,
  choice: TemplateChoice,
  search: SampledSearch | null,
): Promise<SweepTable> {
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
  const threads = search === null ? threadsOf(args, { cellBars, kernel: fill === 'close' }) : 1;
  const progress = new Progress(io, 'sweep');
  const onProgress = (fraction: number): void => progress.report(fraction);
  const { openTimeMs, open, close } = file.bars;
  const periodsPerYear = args.optionalNumber('periods-per-year') ?? TEMPLATE_PERIODS;
  const sweep = { template, grid, openTimeMs, open, close, fill, costs: costsOf(args), periodsPerYear };
  const allCells = async (): Promise<Float64Array[]> => {
    const { totalReturn, sharpe, maxDrawdown } = await runTemplateSweep(sweep, { threads, onProgress });
    return [cells.first, cells.second, totalReturn, sharpe, maxDrawdown];
  };
  const started = performance.now();
  const values =
    search === null
      ? await allCells()
      : await (require('../sweep/sample-template') as typeof import('../sweep/sample-template')).sampleTemplate(
          sweep,
          search,
          onProgress,
        );
  const ms = performance.now() - started;
  progress.done();
  const axes = [grid.first, grid.second];
  return { columns: [first, second, ...FIGURES], values, axes, gridCells: cells.first.length, search, ms, threads };
}

function strategySweep(args: Args, io: Io, search: SampledSearch | null): Promise<SweepTable> {
  return (require('../sweep/run-strategy-sweep') as typeof import('../sweep/run-strategy-sweep')).runStrategySweep(
    args,
    io,
    search,
  );
}

async function run(args: Args, io: Io): Promise<void> {
  const choice = templateOf(args);
  const search = searchOf(args);
  const sweep = await (choice === null ? strategySweep(args, io, search) : sweepTemplate(args, io, choice, search));
  writeSweep(sweep, { by: rankedBy(args), top: args.number('top'), json: args.on('json') }, io);
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
    ...SEARCH_FLAGS,
    {
      name: 'threads',
      kind: 'integer',
      min: 1,
      max: 256,
      help: 'threads to use; default: the cores of the machine, one where more would take longer; a sampled template runs on one',
    },
    ADJUST_FLAG,
  ],
  examples: [
    'assay sweep --bars prices.csv --template sma-cross --fast 2:100 --slow 2:100 --fill close --periods-per-year 365 --json',
    'assay sweep --bars prices.csv --strategy strategy.json --param substrategies.0.window=5:100:5 --param substrategies.0.signal=0:3:0.1',
    'assay sweep --bars prices.csv --template sma-cross --fast 2:100 --slow 2:100 --by plateau --top 5',
    'assay sweep --bars prices.csv --strategy strategy.json --param substrategies.0.window=5:500 --param substrategies.0.signal=0:3:0.01 --search tpe --samples 200 --seed 1',
  ],
  run,
};
