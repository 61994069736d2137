import type { Quote, ReachedLevel } from '@assay/domain';
import { Decimal } from '@assay/primitives';
import { levelsFrom, reachedBy, type HeldLevels } from '@assay/quant';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { PositionStore } from '../records/positions/position.store';
import { RunStore } from '../records/runs/run.store';

/** Stop and target that a strategy has in force between two of its bars, as its last evaluation left them. */
@Injectable()
export class StrategyLevels {
  constructor(
    private readonly runs: RunStore,
    private readonly positions: PositionStore,
  ) {}

  /**
   * Null while nothing is held on the strategy's side. Where its entry was still to come at the last evaluation, they are
   * measured from what the fill cost.
   */
  async of(em: EntityManager, { deploymentId }: DeploymentEntity): Promise<HeldLevels | null> {
    const state = await this.runs.state(em, deploymentId);
    const position = state?.levels ? await this.positions.of(em, deploymentId) : null;
    if (!state?.levels || !position?.averagePrice) return null;
    const held = Math.sign(Number(position.qty));
    return held === state.levels.side ? levelsFrom(state.levels, Number(position.averagePrice)) : null;
  }

  async reachedBy(em: EntityManager, deployment: DeploymentEntity, quote: Quote): Promise<ReachedLevel | null> {
    const levels = await this.of(em, deployment);
    return levels && reachedBy(levels, new Decimal(quote.price).toNumber());
  }
}
