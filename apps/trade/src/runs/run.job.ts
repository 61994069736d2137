import type { RanDeployment, RunDeploymentPayload } from '@assay/contracts';
import type { JobContext, JobRunner } from '@assay/platform';
import { JobHandler } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { VenuePool } from '../adapters/venue-pool';
import { DeploymentStore } from '../records/deployments/deployment.store';
import { ReplayStore } from '../records/deployments/replay.store';
import { IntentSender } from '../execution/intent-sender';
import { RecoveryService } from '../execution/recovery.service';
import { clockOf } from '../schedules/deployment-clock';
import { RunService } from './run.service';

/** A wake-up of one deployment: settle what is open, evaluate if a bar has closed, send what is due. */
@JobHandler('deployment.run')
@Injectable()
export class RunJob implements JobRunner<RunDeploymentPayload, RanDeployment> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runs: RunService,
    private readonly brokers: VenuePool,
    private readonly sender: IntentSender,
    private readonly recovery: RecoveryService,
    private readonly deployments: DeploymentStore,
    private readonly replays: ReplayStore,
  ) {}

  async run({ payload }: JobContext<RunDeploymentPayload>): Promise<RanDeployment> {
    const { deployment_id: deploymentId, trigger } = payload;
    const em = this.dataSource.manager;
    const replay = await this.replays.of(em, deploymentId);
    const clock = clockOf(replay);
    const before = await this.deployments.get(em, deploymentId);
    const broker = await this.brokers.open(before, clock);
    await this.recovery.recover(em, before, broker, clock);
    // A replay is evaluated by its own job alone, in its own time.
    const result = trigger === 'send' || replay ? null : await this.runs.run({ deploymentId, clock, trigger });
    const deployment = await this.deployments.get(em, deploymentId);
    const sent = await this.sender.sendDue(deployment, broker, clock);
    return {
      deployment_id: deploymentId,
      outcome: result?.outcome ?? 'sent_due',
      bar_close_time: result?.barCloseTime ?? null,
      intents: result?.intents.length ?? 0,
      sent,
    };
  }
}
