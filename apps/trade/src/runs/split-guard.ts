import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SeriesInfo } from '../bars/series-store';
import { SeriesStore } from '../bars/series-store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { PositionStore } from '../records/positions/position.store';
import type { EvaluatorStateEntity } from '../records/runs/evaluator-state.entity';

/**
 * Our ledger and the paper venue count shares as they were bought. A split that is declared after the state of a deployment was fed
 * re-scales its stored bars: what is held would then be valued, stopped out and resized at the price of new shares. On raw prices
 * it is besides a move of the price to the evaluator. Neither is traded through.
 */
@Injectable()
export class SplitGuard {
  constructor(
    private readonly series: SeriesStore,
    private readonly positions: PositionStore,
  ) {}

  /** @throws DomainError `corporate_action` */
  async check(
    em: EntityManager,
    { deploymentId, adjustment }: DeploymentEntity,
    info: SeriesInfo,
    state: EvaluatorStateEntity,
    nowMs: number,
  ): Promise<void> {
    if (!info.adjusted) return;
    const lastMs = state.lastBar.getTime();
    const splits = await this.series.splitsBetween(info, lastMs, nowMs);
    if (splits.length === 0) return;
    if (adjustment !== 'none' && !(await this.isHeldOverRescaling(em, deploymentId, info, state))) return;
    const [{ exDate, value }] = splits as [(typeof splits)[number]];
    const facts = { ex_date: exDate, ratio: value, last_bar: state.lastBar.toISOString() };
    const what = adjustment === 'none' ? 'its prices are raw' : 'its position is of shares before it';
    throw refuse('corporate_action', `the split of ${exDate} (${value} for 1) takes effect, and ${what}`, facts);
  }

  /** Bars that were adjusted for the split when the state took them have been fed, and traded, on one basis. */
  private async isHeldOverRescaling(
    em: EntityManager,
    deploymentId: string,
    info: SeriesInfo,
    { lastBar, lastClose }: EvaluatorStateEntity,
  ): Promise<boolean> {
    const fromMs = lastBar.getTime();
    const bars = await this.series.read(info, 'adj_close', fromMs, fromMs + 1);
    if (bars.close[0] === lastClose) return false;
    const position = await this.positions.of(em, deploymentId);
    return position !== null && Number(position.qty) !== 0;
  }
}
