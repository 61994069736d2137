import type { CostsDocument, StrategyDocument } from '@assay/contracts';
import { periodsPerYear as periodsPerYearOf } from '@assay/domain';
import {
  applyParam,
  costsFromDocument,
  PipelinePool,
  planSweep,
  policyScoreFrom,
  strategyLookback,
  type StrategySweep,
} from '@assay/pipeline';
import type { AccountingMode, Costs, EngineName } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { parseRange } from '../args/range';
import { blamed, blaming, UsageError } from '../args/usage-error';
import { openStrategy } from '../input/strategy-file';
import { capitalOf, COST_FIELDS, strategyCosts } from '../input/strategy-costs';
import { fillNeeds, fillOf } from '../input/trading-flags';
import type { Accounting } from '../output/accounting';
import type { Io } from '../output/io';
import { Progress } from '../output/progress';
import { sampleCells } from './sample-cells';
import { CrossValidatedCells } from './cross-validated-cells';
import { FIGURES, metricOf, splitFigureOf, type SampledSearch } from './search-flags';
import { limitCells, threadsOf } from './sweep-limits';
import type { SweepTable } from './sweep-result';

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

const columnsOf = ({ values, totalReturn, sharpe, maxDrawdown, metric }: StrategySweep): Float64Array[] => [
  ...[...values, totalReturn, sharpe, maxDrawdown],
  ...(metric.length > 0 ? [metric] : []),
];

/** The document with the costs asked for, where it carries costs, and those that all cells have. A flag for costs that are swept would be lost. */
function withCosts(
  args: Args,
  document: StrategyDocument,
  params: readonly { path: string }[],
): { document: StrategyDocument; costs: Costs; stated: CostsDocument; shown: Accounting['costs'] } {
  const stated = strategyCosts(args, document);
  const costs = costsFromDocument(stated);
  if (document.kind !== 'pipeline') return { document, costs, stated, shown: costs };
  const isSwept = (name: string): boolean => params.some(({ path }) => path === `costs.${name}`);
  for (const name of Object.keys(stated)) {
    const flag = name.replaceAll('_', '-');
    if (args.has(flag) && isSwept(name))
      throw new UsageError(`--${flag} has no effect here: --param costs.${name} sweeps it`);
  }
  const shown = {
    feeBps: isSwept('fee_bps') ? null : costs.feeBps,
    slippageBps: isSwept('slippage_bps') ? null : costs.slippageBps,
    spreadBps: isSwept('spread_bps') ? null : costs.spreadBps,
  };
  return { document: { ...document, costs: stated }, costs, stated, shown };
}

/** Sweeps numbers of the `--strategy` document over worker threads: all cells, or those a search asks for. */
export async function runStrategySweep(args: Args, io: Io, search: SampledSearch | null): Promise<SweepTable> {
  const fill = fillOf(args);
  const opened = await openStrategy(args, io, fillNeeds(fill));
  const { file } = opened;
  const params = paramsOf(args);
  const { document, costs, stated, shown } = withCosts(args, opened.document, params);
  const axes = params.map(({ values }) => values);
  const gridCells = axes.reduce((cells, { length }) => cells * length, 1);
  limitCells(gridCells);
  const plan = blaming('--param', () => planSweep(document, params));
  const isCrossValidated = args.text('objective') === 'cpcv';
  const figure = isCrossValidated ? splitFigureOf(args) : 'sharpe';
  const metric = metricOf(args);
  const columns = [...params.map(({ path }) => path), ...FIGURES, ...(metric ? [metric] : [])];
  const pool = new PipelinePool({ threads: threadsOf(args) });
  const progress = new Progress(io, 'sweep');
  const options = {
    engine: args.text('engine') as EngineName,
    mode: args.text('mode') as AccountingMode,
    fill,
    // a pipeline document carries its costs, so that they may be swept too
    costs: document.kind === 'pipeline' ? undefined : costs,
    capital: capitalOf(args, stated),
    periodsPerYear: args.optionalNumber('periods-per-year'),
  };
  const sweep = { document, plan, bars: file.bars, options, metric };
  const onProgress = (fraction: number): void => progress.report(fraction);
  const seriesFrom = policyScoreFrom(strategyLookback(document));
  const judged = new CrossValidatedCells(figure, args.text('prune') === 'median', (cells, crossValidation) =>
    pool.sweepStrategy({ ...sweep, cells, seriesFrom, crossValidation }),
  );
  const evaluate = (cells: Uint32Array): Promise<StrategySweep> =>
    isCrossValidated ? judged.sweep(cells) : pool.sweepStrategy({ ...sweep, cells });
  const everyCell = (): Promise<StrategySweep> =>
    isCrossValidated
      ? judged.sweep(
          Uint32Array.from({ length: gridCells }, (_, cell) => cell),
          onProgress,
        )
      : pool.sweepStrategy(sweep, { onProgress });
  const started = performance.now();
  try {
    const values =
      search === null
        ? columnsOf(await everyCell())
        : await sampleCells(
            { axes: axes.map(({ length }) => ({ size: length })) },
            search,
            async (cells) => columnsOf(await evaluate(cells)),
            columns,
            onProgress,
          );
    const ms = performance.now() - started;
    const { mode, capital, periodsPerYear = periodsPerYearOf(document) } = options;
    const notSwept = Object.entries(stated).filter(
      ([name]) => !params.some(({ path }) => path.startsWith(`costs.${name}`)),
    );
    const of = { stated: Object.fromEntries(notSwept) as CostsDocument, capital };
    const accounting = { mode, fill, costs: shown, ...of, periodsPerYear };
    const documentOf = (parameters: readonly number[]): StrategyDocument =>
      params.reduce((made, { path }, p) => applyParam(made, path, parameters[p]), document);
    return {
      ...{ columns, values, axes, gridCells, search, accounting, documentOf, ms, threads: pool.threads },
      ...(isCrossValidated ? { scoredFrom: 'policy', pruned: judged.pruned } : { scoredFrom: 'lookback' }),
    };
  } catch (error) {
    throw blamed('--param', error, COST_FIELDS);
  } finally {
    progress.done();
    await pool.close();
  }
}
