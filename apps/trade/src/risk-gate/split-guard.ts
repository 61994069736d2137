import type { PlacedAction } from '@assay/market-data';
import { refuse } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SeriesStore } from '../bars/series-store';
import { unknownSplits } from '../bars/unknown-splits';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { PositionStore } from '../records/positions/position.store';
import type { EvaluatorStateEntity } from '../records/runs/evaluator-state.entity';
import { RunStore } from '../records/runs/run.store';

/**
 * Our ledger and the paper venue count shares as they were bought. A split that is declared after the state of a deployment was fed
 * re-scales its stored bars: what is held would then be stopped out and resized at the price of new shares. On raw prices
 * it is besides a move of the price to the evaluator. Neither is traded through.
 */
@Injectable()
export class SplitGuard {
  constructor(
    private readonly series: SeriesStore,
    private readonly positions: PositionStore,
    private readonly runs: RunStore,
  ) {}

  /** @throws DomainError `corporate_action` where the evaluator must not go on from its state */
  async check(
    em: EntityManager,
    deployment: DeploymentEntity,
    state: EvaluatorStateEntity,
    nowMs: number,
  ): Promise<void> {
    const isRaw = deployment.adjustment === 'none';
    const [first] = await unknownSplits(this.series, deployment, state, nowMs);
    if (!first || (!isRaw && !(await this.isHeld(em, deployment)))) return;
    const { exDate, value } = first;
    const facts = { ex_date: exDate, ratio: value, last_bar: state.lastBar.toISOString() };
    const what = isRaw ? 'its prices are raw' : 'its position is of shares before it';
    throw refuse('corporate_action', `the split of ${exDate} (${value} for 1) takes effect, and ${what}`, facts);
  }

  /** Splits by the instant that the position of a deployment does not know; none without a position. */
  async heldOver(em: EntityManager, deployment: DeploymentEntity, atMs: number): Promise<PlacedAction[]> {
    return (await this.isHeld(em, deployment)) ? this.sinceDecided(em, deployment, atMs) : [];
  }

  /** Splits by the instant that the last decision of a deployment does not know: its size is one of old shares. */
  async sinceDecided(em: EntityManager, deployment: DeploymentEntity, atMs: number): Promise<PlacedAction[]> {
    const state = await this.runs.state(em, deployment.deploymentId);
    return state ? unknownSplits(this.series, deployment, state, atMs) : [];
  }

  private async isHeld(em: EntityManager, { deploymentId }: DeploymentEntity): Promise<boolean> {
    const position = await this.positions.of(em, deploymentId);
    return position !== null && Number(position.qty) !== 0;
  }
}
