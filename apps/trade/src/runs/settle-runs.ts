import { newId } from '@assay/primitives';
import type { EntityManager } from 'typeorm';
import type { Calendar } from '@assay/domain';
import type { DeploymentEntity } from '../records/deployments/deployment.entity';
import { nextRunMs } from '../schedules/next-run';
import type { Feed } from './bar-feed';

/**
 * Settles the runs of earlier closes when a newer one is evaluated: those whose bar was taken now have caught up, and nothing is ordered on
 * them; the others are missed. A missed one whose bar comes after all catches up then. Scheduled closes that no worker was there for get
 * their row here.
 */
export async function settleEarlier(
  em: EntityManager,
  deployment: DeploymentEntity,
  calendar: Calendar,
  feed: Feed | null,
  newestCloseMs: number,
  nowMs: number,
): Promise<void> {
  const { deploymentId, timeframe, schedule } = deployment;
  const closes = (feed?.fed ?? [])
    .map(({ decision }) => calendar.barCloseMs(decision.openTimeMs, timeframe))
    .filter((closeMs) => closeMs < newestCloseMs);
  const now = new Date(nowMs);
  const late = `its bar was evaluated after the one of ${iso(newestCloseMs)} had closed: nothing is ordered on it`;
  for (const closeMs of closes) {
    // A cron schedule skips closes by design, a manual one all of them.
    const isDue = typeof schedule === 'string' && nextRunMs(schedule, timeframe, calendar, closeMs - 1) === closeMs;
    await em.query(
      isDue
        ? `INSERT INTO trade.run AS r (run_id, deployment_id, bar_close_time, trigger, state, outcome, reason, started_at, finished_at)
           VALUES ($4, $1, $2, 'bar', 'caught_up', 'caught_up', $3, $5, $5)
           ON CONFLICT (deployment_id, bar_close_time) DO UPDATE
           SET state = 'caught_up', outcome = 'caught_up', reason = $3, finished_at = $5
           WHERE r.state IN ('waiting_for_bars', 'missed')`
        : `UPDATE trade.run SET state = 'caught_up', outcome = 'caught_up', reason = $3, finished_at = $4
           WHERE deployment_id = $1 AND bar_close_time = $2 AND state IN ('waiting_for_bars', 'missed')`,
      [deploymentId, new Date(closeMs), late, ...(isDue ? [newId(), now] : [now])],
    );
  }
  await missEarlier(em, deployment, newestCloseMs, nowMs);
}

/** Runs of closes before the newest that still wait for their bar are missed: a decision on it would be stale. */
export async function missEarlier(
  em: EntityManager,
  { deploymentId }: DeploymentEntity,
  newestCloseMs: number,
  nowMs: number,
): Promise<void> {
  await em.query(
    `UPDATE trade.run SET state = 'missed', outcome = 'missed', finished_at = $4, reason = concat_ws('; ', reason, $3::text)
     WHERE deployment_id = $1 AND bar_close_time < $2 AND state = 'waiting_for_bars'`,
    [deploymentId, new Date(newestCloseMs), `the bar of ${iso(newestCloseMs)} closed first`, new Date(nowMs)],
  );
}

/** A deployment that is stopped is not evaluated any more. */
export async function missStopped(em: EntityManager): Promise<void> {
  await em.query(
    `UPDATE trade.run r SET state = 'missed', outcome = 'missed', finished_at = now(),
       reason = concat_ws('; ', reason, 'the deployment was stopped first')
     FROM trade.deployment d WHERE d.deployment_id = r.deployment_id AND d.status = 'stopped' AND r.state = 'waiting_for_bars'`,
  );
}

const iso = (ms: number): string => new Date(ms).toISOString();
