import type { Principal } from '@assay/platform';
import { notFound } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountStore } from '../records/accounts/account.store';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { ReplayStore } from '../records/deployments/replay.store';
import { OverviewStore } from '../records/overview/overview.store';
import { PositionStore } from '../records/positions/position.store';
import { RunStore } from '../records/runs/run.store';
import type { DeploymentContext } from './deployment-answer';

/** Deployments as their owner reaches and sees them. */
@Injectable()
export class OwnDeployments {
  constructor(
    private readonly deployments: DeploymentStore,
    private readonly accounts: AccountStore,
    private readonly positions: PositionStore,
    private readonly replays: ReplayStore,
    private readonly runs: RunStore,
    private readonly facts: OverviewStore,
  ) {}

  /** A deployment of the caller, else 404. */
  async get(em: EntityManager, owner: Principal, deploymentId: string): Promise<DeploymentEntity> {
    return own(owner, deploymentId, await this.deployments.find(em, deploymentId));
  }

  /** The same, held to the end of the transaction. */
  async lock(em: EntityManager, owner: Principal, deploymentId: string): Promise<DeploymentEntity> {
    return own(owner, deploymentId, await this.deployments.tryLock(em, deploymentId));
  }

  async context(em: EntityManager, row: DeploymentEntity): Promise<DeploymentContext> {
    return (await this.contexts(em, [row]))[0]!;
  }

  /** What deployments are shown with, by five questions however many they are. */
  async contexts(em: EntityManager, rows: readonly DeploymentEntity[]): Promise<DeploymentContext[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.deploymentId);
    const accounts = await this.accounts.withIds(
      em,
      rows.map((row) => row.accountId),
    );
    const positions = await this.positions.ofDeployments(em, ids);
    const replays = await this.replays.ofDeployments(em, ids);
    const resting = await this.runs.resting(em, ids);
    const newestBars = await this.facts.newestBars(em, ids);
    const newestOf = new Map(newestBars.map((one) => [one.deploymentId, one.openTime]));
    const accountOf = new Map(accounts.map((one) => [one.accountId, one]));
    const positionOf = new Map(positions.map((one) => [one.deploymentId, one]));
    const restingOf = new Map(resting.map((one) => [one.deploymentId, one]));
    const replayOf = new Map(replays.map((one) => [one.deploymentId, one]));
    return rows.map((row) => ({
      account: accountOf.get(row.accountId) ?? null,
      position: positionOf.get(row.deploymentId) ?? null,
      replay: replayOf.get(row.deploymentId) ?? null,
      resting: restingOf.get(row.deploymentId) ?? null,
      newestBar: newestOf.get(row.deploymentId) ?? null,
    }));
  }
}

function own(owner: Principal, deploymentId: string, row: DeploymentEntity | null): DeploymentEntity {
  if (row?.ownerId !== owner.userId) throw notFound('deployment', deploymentId);
  return row;
}
