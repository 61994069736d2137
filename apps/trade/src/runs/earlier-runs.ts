import type { SessionCalendar } from '@assay/market-data/calendars';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { barOverMs } from '../bars/bar-over';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { RunStore } from '../records/runs/run.store';
import { nextRunMs } from '../schedules/next-run';
import type { Feed } from './bar-feed';

/** What becomes of runs whose bar did not come in time. */
@Injectable()
export class EarlierRuns {
  constructor(private readonly runs: RunStore) {}

  /**
   * Settles the runs of earlier closes when a newer one is evaluated: those whose bar was taken now have caught up, and nothing is ordered on
   * them; the others are missed. A missed one whose bar comes after all catches up then. Scheduled closes that no worker was there for get
   * their row here.
   */
  async settle(
    em: EntityManager,
    deployment: DeploymentEntity,
    calendar: SessionCalendar,
    feed: Feed | null,
    newestCloseMs: number,
    nowMs: number,
  ): Promise<void> {
    const { deploymentId, timeframe, schedule } = deployment;
    const closes = (feed?.fed ?? [])
      .map(({ decision }) => barOverMs(calendar, decision.openTimeMs, timeframe))
      .filter((closeMs) => closeMs < newestCloseMs);
    const late = `its bar was evaluated after the one of ${iso(newestCloseMs)} had closed: nothing is ordered on it`;
    for (const closeMs of closes) {
      // A cron schedule skips closes by design, a manual one all of them.
      const isDue = typeof schedule === 'string' && nextRunMs(schedule, timeframe, calendar, closeMs - 1) === closeMs;
      const close = { deploymentId, barCloseTime: new Date(closeMs), isDue };
      await this.runs.catchUp(em, close, late, new Date(nowMs));
    }
    await this.miss(em, deployment, newestCloseMs, nowMs);
  }

  /** Runs of closes before the newest that still wait for their bar are missed: a decision on it would be stale. */
  async miss(
    em: EntityManager,
    { deploymentId }: DeploymentEntity,
    newestCloseMs: number,
    nowMs: number,
  ): Promise<void> {
    const reason = `the bar of ${iso(newestCloseMs)} closed first`;
    await this.runs.miss(em, deploymentId, reason, new Date(nowMs), new Date(newestCloseMs));
  }

  /** A deployment that is stopped is not evaluated any more. */
  missStopped(em: EntityManager): Promise<void> {
    return this.runs.missStopped(em, 'the deployment was stopped first', new Date());
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
