import { PipelinePool, type StrategySweep } from '@assay/pipeline';
import type { AccountingMode, EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { parseRange } from '../args/range';
import { blamed, UsageError } from '../args/usage-error';
import { openStrategy } from '../input/strategy-file';
import { costsOf, fillNeeds, fillOf } from '../input/trading-flags';
import type { Io } from '../output/io';
import { Progress } from '../output/progress';
import { sampleCells } from './sample-cells';
import type { SampledSearch } from './search-flags';
import { limitCells, threadsOf } from './sweep-limits';
import { FIGURES, type SweepTable } from './sweep-result';

function paramsOf(args: Args): { path: string; values: Float64Array }[] {
  args.require('param', 'by --strategy');
  const params = args.all('param').map((text) => {
    const equals = text.indexOf('=');
    const path = text.slice(0, Math.max(equals, 0));
    if (path === '') throw new UsageError(`--param must be PATH=A:B[:STEP], was ${text}`);
    return { path, values: parseRange(`--param ${path}`, text.slice(equals + 1)) };
  });
  const twice = params.find(({ path }, i) => params.some((other, j) => j < i && other.path === path));
  if (twice) throw new UsageError(`--param ${twice.path} must be given once, was given again`);
  return params;
}

const columnsOf = ({ values, totalReturn, sharpe, maxDrawdown }: StrategySweep): Float64Array[] => [
  ...values,
  totalReturn,
  sharpe,
  maxDrawdown,
];

/** Sweeps numbers of the `--strategy` document over worker threads: all cells, or those a search asks for. */
export async function runStrategySweep(args: Args, io: Io, search: SampledSearch | null): Promise<SweepTable> {
  const fill = fillOf(args);
  const { file, document } = openStrategy(args, fillNeeds(fill));
  const params = paramsOf(args);
  const axes = params.map(({ values }) => values);
  const gridCells = axes.reduce((cells, { length }) => cells * length, 1);
  limitCells(gridCells);
  const pool = new PipelinePool({ threads: threadsOf(args) });
  const progress = new Progress(io, 'sweep');
  const options = {
    engine: args.text('engine') as EngineName,
    mode: args.text('mode') as AccountingMode,
    fill,
    costs: costsOf(args),
    periodsPerYear: args.optionalNumber('periods-per-year'),
  };
  const sweep = { document, params, bars: file.bars, options };
  const onProgress = (fraction: number): void => progress.report(fraction);
  const started = performance.now();
  try {
    const values =
      search === null
        ? columnsOf(await pool.sweepStrategy(sweep, { onProgress }))
        : await sampleCells(
            { axes: axes.map(({ length }) => ({ size: length })) },
            search,
            async (cells) => columnsOf(await pool.sweepStrategy({ ...sweep, cells })),
            onProgress,
          );
    const ms = performance.now() - started;
    const columns = [...params.map(({ path }) => path), ...FIGURES];
    const { mode, costs, periodsPerYear = document.trading_period } = options;
    const accounting = { mode, fill, costs, periodsPerYear };
    return { columns, values, axes, gridCells, search, accounting, ms, threads: pool.threads };
  } catch (error) {
    throw blamed('--param', error);
  } finally {
    progress.done();
    await pool.close();
  }
}
