import type { RunDeploymentPayload } from '@assay/contracts';
import { Jobs } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';

/** A deployment as a job says what it is about. */
export const aboutDeployment = ({ ticker, timeframe, broker }: DeploymentEntity): string =>
  `${ticker} ${timeframe} at ${broker}`;

/** Jobs that wake a worker in time. They decide nothing: whether there is something to do is read from the run rows and the intents. */
@Injectable()
export class RunScheduler {
  constructor(private readonly jobs: Jobs) {}

  /** At the deployment's next scheduled close. */
  async plan(em: EntityManager, row: DeploymentEntity): Promise<void> {
    if (!row.nextRunAt || row.status === 'stopped') return;
    await this.submit(em, row, 'bar', row.nextRunAt, `bar:${row.deploymentId}:${row.nextRunAt.toISOString()}`);
  }

  /** When the bar that a run waits for may have come. */
  async again(em: EntityManager, row: DeploymentEntity, at: Date): Promise<void> {
    await this.submit(em, row, 'bar', at, `again:${row.deploymentId}:${at.toISOString()}`);
  }

  /** When an intent may be sent. */
  async send(em: EntityManager, row: DeploymentEntity, at: Date): Promise<void> {
    await this.submit(em, row, 'send', at, `send:${row.deploymentId}:${at.toISOString()}`);
  }

  async replay(em: EntityManager, row: DeploymentEntity, dedupeKey: string): Promise<void> {
    const { deploymentId, ownerId } = row;
    await this.jobs.submit(em, {
      kind: 'deployment.replay',
      about: aboutDeployment(row),
      ownerId,
      payload: { deployment_id: deploymentId },
      subjectId: deploymentId,
      dedupeKey,
    });
  }

  private async submit(
    em: EntityManager,
    row: DeploymentEntity,
    trigger: RunDeploymentPayload['trigger'],
    runAfter: Date,
    dedupeKey: string,
  ): Promise<void> {
    const { deploymentId, ownerId } = row;
    await this.jobs.submit(em, {
      kind: 'deployment.run',
      about: aboutDeployment(row),
      ownerId,
      payload: { deployment_id: deploymentId, trigger },
      subjectId: deploymentId,
      dedupeKey,
      runAfter,
    });
  }
}
