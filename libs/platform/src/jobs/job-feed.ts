import { databaseSettings } from '@assay/persistence';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { PgListener } from '../events/pg-listener';

/** Tells, within the process, that a job row has changed. A missed notification costs time only: watchers also poll. */
@Injectable()
export class JobFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly watchers = new Map<string, Set<() => void>>();
  private listener?: PgListener;

  onApplicationBootstrap(): void {
    this.listener = new PgListener(databaseSettings().url, 'assay_job', (id) => {
      for (const notify of this.watchers.get(id) ?? []) notify();
    });
    this.listener.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }

  /** @returns a function that ends the watch */
  watch(jobId: string, notify: () => void): () => void {
    const known = this.watchers.get(jobId) ?? new Set();
    known.add(notify);
    this.watchers.set(jobId, known);
    return () => {
      known.delete(notify);
      if (known.size === 0) this.watchers.delete(jobId);
    };
  }
}
