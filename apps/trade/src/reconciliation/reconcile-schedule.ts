import { Transactions } from '@assay/persistence';
import { Jobs, Schedules } from '@assay/platform';
import { newId } from '@assay/primitives/ids';
import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';

const EVERY_MS = 60_000;

/** Reconciles once when a worker starts, before it can know what the last one left behind, and every minute from then on. */
@Injectable()
export class ReconcileSchedule implements OnApplicationBootstrap {
  constructor(
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
    private readonly schedules: Schedules,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.schedules.upsert({ service: 'trade', name: 'reconcile', kind: 'reconcile', everyMs: EVERY_MS });
    await this.tx.run((em) =>
      this.jobs.submit(em, {
        kind: 'reconcile',
        ownerId: null,
        payload: { cause: 'worker start' },
        dedupeKey: `start:${newId()}`,
      }),
    );
  }
}
