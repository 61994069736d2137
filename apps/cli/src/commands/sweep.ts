/* eslint-disable @typescript-eslint/no-require-imports -- each form of sweep loads only what it needs */
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { ADJUST_FLAG, BARS_FLAG, readBarsFile, requireColumns, requireRanges } from '../input/bars-file';
import { FX_FLAGS } from '../input/fx-flags';
import { READING_FLAGS } from '../input/reading-flags';
import { WITH_STRATEGY, WITH_WORKERS } from '../input/flag-scopes';
import { CAPITAL_FLAG, STRATEGY_COST_FLAGS } from '../input/cost-flags';
import { STRATEGY_FLAG } from '../input/strategy-flag';
import {
  AXIS_FLAGS,
  requireTemplateMode,
  templateColumns,
  templateFill,
  templateFlags,
  templateGrid,
  templateNeeds,
  templateOf,
  templatePeriods,
  templateReadsRanges,
  type TemplateChoice,
} from '../input/template-flags';
import { COST_FLAGS, costsOf, ENGINE_FLAG, FILL_FLAG, PERIODS_FLAG } from '../input/trading-flags';
import type { Io } from '../output/io';
import { Progress } from '../output/progress';
import { runTemplateMetric, runTemplateSweep } from '../sweep/run-template-sweep';
import {
  FIGURES,
  metricOf,
  rankedBy,
  SEARCH_FLAGS,
  TUNING_FLAGS,
  searchOf,
  type SampledSearch,
} from '../sweep/search-flags';
import { limitCells, threadsOf } from '../sweep/sweep-limits';
import type { SweepTable } from '../sweep/sweep-result';
import { cellBarsOf, gridAxes, parameterColumns } from '../sweep/template-cells';
import { writeSweep } from '../sweep/write-sweep';
import type { Command } from './command';

async function sweepTemplate(
  args: Args,
  io: Io,
  choice: TemplateChoice,
  search: SampledSearch | null,
): Promise<SweepTable> {
  requireTemplateMode(args);
  const { template } = choice;
  const fill = templateFill(args, choice);
  const file = await readBarsFile(args, io);
  requireColumns(file, templateNeeds(choice, fill));
  if (templateReadsRanges(choice)) requireRanges(file);
  const grid = templateGrid(args, choice);
  const axes = gridAxes(grid);
  limitCells(axes.reduce((cells, { length }) => cells * length, 1));
  const parameters = blaming(`--template ${template}`, () => parameterColumns(template, grid), AXIS_FLAGS);
  const gridCells = parameters[0].length;
  if (gridCells === 0) throw new UsageError(`--fast must be below --slow in at least one cell, was in none`);
  const { openTimeMs, open, high, low, close } = file.bars;
  const periodsPerYear = templatePeriods(args, file.bars.timeframe);
  const metric = metricOf(args);
  const market = { openTimeMs, open, high, low, close };
  const sweep = { template, grid, ...market, fill, costs: costsOf(args), periodsPerYear, metric };
  const kernel = fill === 'close';
  const threads = search === null ? threadsOf(args, { cellBars: cellBarsOf(sweep, gridCells), kernel }) : 1;
  const progress = new Progress(io, 'sweep');
  const onProgress = (fraction: number): void => progress.report(fraction);
  const allCells = async (): Promise<Float64Array[]> => {
    const { totalReturn, sharpe, maxDrawdown } = await runTemplateSweep(sweep, { threads, onProgress });
    const figures = [...parameters, totalReturn, sharpe, maxDrawdown];
    return metric === undefined ? figures : [...figures, await runTemplateMetric({ ...sweep, metric }, { threads })];
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
  const columns = [...templateColumns(choice), ...FIGURES, ...(metric ? [metric] : [])];
  const accounting = { mode: 'all_in', fill, costs: sweep.costs, periodsPerYear } as const;
  return { columns, values, axes, gridCells, search, accounting, scoredFrom: 'first_bar', ms, threads };
}

function documentSweep(args: Args, io: Io, search: SampledSearch | null): Promise<SweepTable> {
  const { isOfUniverse } = require('../universe/open-universe') as typeof import('../universe/open-universe');
  if (isOfUniverse(args))
    return (require('../sweep/run-universe-sweep') as typeof import('../sweep/run-universe-sweep')).runUniverseSweep(
      args,
      io,
      search,
    );
  return (require('../sweep/run-strategy-sweep') as typeof import('../sweep/run-strategy-sweep')).runStrategySweep(
    args,
    io,
    search,
  );
}

async function run(args: Args, io: Io): Promise<void> {
  const choice = templateOf(args);
  const by = rankedBy(args);
  const search = searchOf(args);
  const sweep = await (choice === null ? documentSweep(args, io, search) : sweepTemplate(args, io, choice, search));
  writeSweep(sweep, { by, top: args.number('top'), json: args.on('json'), emit: args.optional('emit') }, io);
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
      help: 'number of the document to sweep',
      scope: WITH_STRATEGY,
    },
    ...templateFlags('range'),
    { ...ENGINE_FLAG, scope: WITH_STRATEGY },
    {
      name: 'mode',
      kind: 'choice',
      choices: ['weight', 'all_in'],
      default: 'weight',
      help: 'accounting; templates are all_in, a universe as it says',
    },
    FILL_FLAG,
    ...COST_FLAGS,
    ...STRATEGY_COST_FLAGS,
    CAPITAL_FLAG,
    PERIODS_FLAG,
    ...FX_FLAGS,
    ...SEARCH_FLAGS,
    ...TUNING_FLAGS,
    {
      name: 'threads',
      kind: 'integer',
      min: 1,
      max: 256,
      help: 'threads to use; default: the cores of the machine, one where more would take longer',
      scope: WITH_WORKERS,
    },
    ADJUST_FLAG,
    ...READING_FLAGS,
  ],
  examples: [
    'assay sweep --bars prices.csv --template sma-cross --fast 2:100 --slow 2:100 --fill close --periods-per-year 365 --json',
    'assay sweep --bars prices.csv --template sma-cross --fast 5:20 --slow 30:60:5 --stop-loss 0.02:0.1:0.02 --size 0.5',
    'assay sweep --bars prices.csv --strategy strategy.json --param substrategies.0.window=5:100:5 --param substrategies.0.signal=0:3:0.1',
    'assay sweep --bars folder/ --strategy universe.json --param features.0.params.window=20:250:10 --param portfolio.select.k=1:5',
    'assay sweep --bars prices.csv --template sma-cross --fast 2:100 --slow 2:100 --by plateau --top 5',
    'assay sweep --bars prices.csv --template sma-cross --fast 2:100 --slow 2:100 --by calmar_ratio --top 5',
    'assay sweep --bars prices.csv --strategy strategy.json --param substrategies.0.window=5:500 --param substrategies.0.signal=0:3:0.01 --search tpe --samples 200 --seed 1',
    'assay sweep --bars prices.csv --strategy strategy.json --param substrategies.0.window=5:200 --search tpe --samples 60 --objective cpcv --prune median --emit best.json',
  ],
  run,
};
