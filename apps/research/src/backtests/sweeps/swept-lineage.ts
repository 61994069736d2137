import { type ParamValue, type SweptParam, type SweptParams } from '@assay/contracts';
import { applyParam, scalarAt, type SweptDocument } from '@assay/pipeline';
import { Jobs } from '@assay/platform';
import { isDomainError } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { documentOf, trialHash, trialHashOfDocument } from '../../recipes/recipe-document';
import { onlySymbol } from '../../recipes/recipe';
import { recipeOfUniverse, universeOf } from '../../recipes/recipe-universe';
import { StrategyStore, type StrategyWithRevision } from '../../records/strategies/strategy.store';
import { TrialLedger } from '../../records/trials/trial-ledger.store';
import { endedOf, type EndedSweep } from './ended-sweep';
import { leaderboard } from './sweep-leaderboard';
import { sweepMatrix } from './sweep-matrix';
import type { SweepMatrixDto } from './sweep.response';

/** Column and row of a field. */
export interface Field {
  x: number;
  y: number;
}

/** A sweep over two parameters as a picture needs it. */
export interface SweptPlane extends Pick<SweepMatrixDto, 'x' | 'y' | 'values'> {
  job_id: string;
  /** What the Sharpe ratios are of: backtests, or means over the splits of cross-validation. */
  objective: string;
  /** Cells tried. */
  cells: number;
  /** Sharpe ratio judged with the neighbours, laid out as `values`; null where there are no scores. */
  plateau: (number | null)[][] | null;
  best: Field | null;
  steadiest: Field | null;
  /** Where the judged revision lies; null where it is no cell of the sweep. */
  chosen: Field | null;
}

/** More fields are not drawn. */
export const MOST_FIELDS = 10_000;
/** Sweeps that are looked at, the newest first. */
const MOST_SWEEPS = 10;

/** The sweeps in the ledger of a strategy. */
@Injectable()
export class SweptLineage {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: Jobs,
    private readonly strategies: StrategyStore,
    private readonly ledger: TrialLedger,
  ) {}

  /**
   * The newest sweep over two numbers that the revision is a cell of, else the newest of all of them; null without any. Sweeps whose jobs are no
   * longer kept are not found.
   */
  async planeOf(ownerId: string, judged: StrategyWithRevision): Promise<SweptPlane | null> {
    const em = this.db.manager;
    const { lineageId } = judged.strategy;
    let newest: SweptPlane | null = null;
    let looked = 0;
    for (const id of await this.ledger.sweepsOf(em, ownerId, lineageId)) {
      const job = (await this.jobs.byIds(em, [id])).get(id);
      if (job?.kind !== 'backtest.sweep' || job.state !== 'completed') continue;
      if (++looked > MOST_SWEEPS) break;
      const ended = endedOf(job);
      const axes = axesOf(ended.asked);
      if (!axes) continue;
      const { strategy_id: strategyId, revision } = ended.asked;
      const swept = await this.strategies.at(em, ownerId, strategyId, revision);
      const cell = cellOf(judged, swept, ended.asked.params!);
      // one without the cell is told for want of another
      if (newest && !cell) continue;
      const plane = planeFrom(id, ended, axes, cell);
      if (plane.chosen) return plane;
      newest ??= plane;
    }
    return newest;
  }
}

/** The two parameters that were varied, where there are two and both are numbers. */
function axesOf({ params }: SweptParams): [SweptParam, SweptParam] | null {
  const varied = (params ?? []).filter(({ values }) => values.length > 1);
  const [x, y] = varied;
  const isNumeric = varied.every(({ values }) => values.every((value) => typeof value === 'number'));
  if (!x || !y || varied.length > 2 || !isNumeric) return null;
  return x.values.length * y.values.length > MOST_FIELDS ? null : [x, y];
}

/** Values of the swept parameters with which what was swept is what was judged; null without any. */
function cellOf(
  judged: StrategyWithRevision,
  swept: StrategyWithRevision,
  params: readonly SweptParam[],
): Record<string, ParamValue> | null {
  const [own, base] = [documentIn(judged), documentIn(swept)];
  try {
    const values = params.map(({ path }) => [path, scalarAt(own, path, 'scalar')] as const);
    const made = values.reduce((document: SweptDocument, [path, value]) => applyParam(document, path, value), base);
    return hashOf(made, swept) === trialHash(judged.revision.recipe) ? Object.fromEntries(values) : null;
  } catch (error) {
    // another kind of document, which has no such parameter
    if (isDomainError(error)) return null;
    throw error;
  }
}

const documentIn = ({ strategy, revision }: StrategyWithRevision): SweptDocument =>
  universeOf(revision, strategy.name) ??
  documentOf(revision.recipe, onlySymbol(revision.recipe), { strategyId: strategy.id, name: '', revision: 1 });

const hashOf = (document: SweptDocument, { revision }: StrategyWithRevision): string =>
  document.kind === 'universe' ? trialHash(recipeOfUniverse(document)) : trialHashOfDocument(document, revision.recipe);

function planeFrom(
  jobId: string,
  { asked, found }: EndedSweep,
  [x, y]: readonly [SweptParam, SweptParam],
  cell: Record<string, ParamValue> | null,
): SweptPlane {
  const matrixOf = (metric: 'sharpe' | 'plateau'): SweepMatrixDto =>
    sweepMatrix(asked.params!, found, { x: x.path, y: y.path, metric });
  const sharpe = matrixOf('sharpe');
  const fieldOf = (params: Record<string, unknown> | null | undefined): Field | null => {
    const [column, row] = [sharpe.x, sharpe.y].map(({ path, values }) => values.indexOf(params?.[path] as ParamValue));
    return column! < 0 || row! < 0 ? null : { x: column!, y: row! };
  };
  const first = (by: 'sharpe' | 'plateau'): Field | null =>
    fieldOf(leaderboard(asked, found, { by, limit: 1 }).items[0]?.params);
  const hasScores = found.plateau_scores != null;
  const isTried =
    cell !== null && found.rows.some((row) => asked.params!.every(({ path }, p) => row[p] === cell[path]));
  return {
    ...{ job_id: jobId, objective: found.objective ?? 'backtest', cells: found.rows.length },
    ...{ x: sharpe.x, y: sharpe.y, values: sharpe.values },
    plateau: hasScores ? matrixOf('plateau').values : null,
    best: first('sharpe'),
    steadiest: hasScores ? first('plateau') : null,
    chosen: isTried ? fieldOf(cell) : null,
  };
}
