import type { JobPayload } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import { JobHandler, Jobs, Schedules, type JobRunner } from '@assay/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Feeds } from './feeds';

const EVERY_MS = 60_000;
const MOST = 500;

/** Wakes those whose own wake-up was lost: the rows say what is due. */
@JobHandler('data.refresh_due')
@Injectable()
export class RefreshDue implements JobRunner<JobPayload<'data.refresh_due'>, { due: number }>, OnApplicationBootstrap {
  constructor(
    private readonly feeds: Feeds,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly schedules: Schedules,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.schedules.upsert({
      service: 'research',
      name: 'data.refresh',
      kind: 'data.refresh_due',
      everyMs: EVERY_MS,
    });
  }

  async run(): Promise<{ due: number }> {
    const ids = await this.feeds.store.due(Date.now(), MOST);
    await this.tx.run(async (em) => {
      for (const id of ids) {
        const wake = { payload: { subscription_id: id }, subjectId: id, dedupeKey: `due:${id}` };
        await this.jobs.submit(em, { kind: 'data.refresh', ownerId: null, ...wake });
      }
    });
    return { due: ids.length };
  }
}
