import type { RefreshedSeries, RefreshPayload } from '@assay/contracts';
import { Transactions } from '@assay/persistence';
import { JobHandler, Jobs, type JobContext, type JobRunner } from '@assay/platform';
import { Injectable } from '@nestjs/common';
import { Feeds } from './feeds';
import { wakeUpAt } from './wake-up';

/** Refreshes one series and plans the next wake-up. */
@JobHandler('data.refresh')
@Injectable()
export class RefreshSeries implements JobRunner<RefreshPayload, RefreshedSeries> {
  constructor(
    private readonly feeds: Feeds,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
  ) {}

  async run({ payload, ownerId, about, signal }: JobContext<RefreshPayload>): Promise<RefreshedSeries> {
    const { subscription_id: id, force } = payload;
    const { outcome, error, counts, nextDueMs } = await this.feeds.refresh(id, { force, signal });
    const dueAt = nextDueMs === null ? null : new Date(nextDueMs);
    // who does not hold the row leaves the next wake-up to who does
    if (dueAt !== null && outcome !== 'busy' && outcome !== 'off') {
      await this.tx.run((em) => this.jobs.submit(em, wakeUpAt(dueAt, { id, ownerId, about: about ?? undefined })));
    }
    return { subscription_id: id, outcome, error, ...counts, next_due_at: dueAt?.toISOString() ?? null };
  }
}
