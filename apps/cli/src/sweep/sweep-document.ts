import {
  applyParam,
  PipelinePool,
  planSweep,
  type StrategySweep,
  type SweepPlan,
  type SweptDocument,
} from '@assay/pipeline';
import type { MetricKey } from '@assay/quant';
import type { Args } from '../args/parse-args';
import { parseRange } from '../args/range';
import { blamed, blaming, UsageError } from '../args/usage-error';
import { COST_FIELDS } from '../input/strategy-costs';
import type { Accounting } from '../output/accounting';
import type { Io } from '../output/io';
import { Progress } from '../output/progress';
import { sampleCells } from './sample-cells';
import { FIGURES, metricOf, type SampledSearch } from './search-flags';
import { limitCells, threadsOf } from './sweep-limits';
import type { SweepTable } from './sweep-result';

/** Some cells of a plan; without `cells` all of them. */
export interface AskedCells {
  plan: SweepPlan;
  metric: MetricKey | undefined;
  cells?: Uint32Array;
}

/** What is swept, and how its cells are tried. */
export interface SweptSubject<D extends SweptDocument> {
  /** With the costs that all cells have. */
  document: D;
  accounting: Accounting;
  evaluate(pool: PipelinePool, asked: AskedCells, onProgress?: (fraction: number) => void): Promise<StrategySweep>;
  /** What the figures are, known once the cells were tried. */
  scoring(): Pick<SweepTable, 'scoredFrom' | 'pruned'>;
}

export interface RangedParam {
  path: string;
  values: Float64Array;
}

export function paramsOf(args: Args): RangedParam[] {
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

/** Sweeps numbers of a document over worker threads: all cells, or those a search asks for. */
export async function sweepDocument<D extends SweptDocument>(
  args: Args,
  io: Io,
  search: SampledSearch | null,
  params: readonly RangedParam[],
  { document, accounting, evaluate, scoring }: SweptSubject<D>,
): Promise<SweepTable> {
  const axes = params.map(({ values }) => values);
  const gridCells = axes.reduce((cells, { length }) => cells * length, 1);
  limitCells(gridCells);
  const plan = blaming('--param', () => planSweep(document, params));
  const metric = metricOf(args);
  const columns = [...params.map(({ path }) => path), ...FIGURES, ...(metric ? [metric] : [])];
  const pool = new PipelinePool({ threads: threadsOf(args) });
  const progress = new Progress(io, 'sweep');
  const onProgress = (fraction: number): void => progress.report(fraction);
  const started = performance.now();
  try {
    const values =
      search === null
        ? columnsOf(await evaluate(pool, { plan, metric }, onProgress))
        : await sampleCells(
            { axes: axes.map(({ length }) => ({ size: length })) },
            search,
            async (cells) => columnsOf(await evaluate(pool, { plan, metric, cells })),
            columns,
            onProgress,
          );
    const ms = performance.now() - started;
    const documentOf = (parameters: readonly number[]): D =>
      params.reduce((made, { path }, p) => applyParam(made, path, parameters[p]), document);
    return {
      ...{ columns, values, axes, gridCells, search, accounting, documentOf, ms, threads: pool.threads },
      ...scoring(),
    };
  } catch (error) {
    throw blamed('--param', error, COST_FIELDS);
  } finally {
    progress.done();
    await pool.close();
  }
}
