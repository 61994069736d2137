import type { Clock } from '@assay/domain';
import type { JobContext, JobRunner } from '@assay/platform';
import { JobHandler } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BrokerRegistry } from '../adapters/broker-registry';
import { DeploymentEntity } from '../records/deployments/deployment.entity';
import { clockOf } from '../execution/flatten.service';
import { IntentSender } from '../execution/intent-sender';
import { RecoveryService } from '../execution/recovery.service';
import { ReplayEntity } from '../records/deployments/replay.entity';
import type { RunPayload } from '../schedules/run-scheduler';
import { RunService } from './run.service';

/** A wake-up of one deployment: settle what is open, evaluate if a bar has closed, send what is due. */
@JobHandler('deployment.run')
@Injectable()
export class RunJob implements JobRunner<RunPayload, object> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runs: RunService,
    private readonly brokers: BrokerRegistry,
    private readonly sender: IntentSender,
    private readonly recovery: RecoveryService,
  ) {}

  async run({ payload }: JobContext<RunPayload>): Promise<object> {
    const { deployment_id: deploymentId, trigger } = payload;
    const em = this.dataSource.manager;
    const clock: Clock = await clockOf(em, deploymentId);
    const before = await em.findOneByOrFail(DeploymentEntity, { deploymentId });
    const broker = await this.brokers.open(before, clock);
    await this.recovery.recover(em, before, broker, clock);
    // A replay is evaluated by its own job alone, in its own time.
    const isReplay = await em.existsBy(ReplayEntity, { deploymentId });
    const result = trigger === 'send' || isReplay ? null : await this.runs.run({ deploymentId, clock, trigger });
    const deployment = await em.findOneByOrFail(DeploymentEntity, { deploymentId });
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
