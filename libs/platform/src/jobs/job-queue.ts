import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';

const ENTRY = { removeOnComplete: true, removeOnFail: true } as const;

export interface QueueTick {
  every?: number;
  cron?: string;
  tz?: string;
}

/** The wake-up side of the jobs. Losing everything in here costs time, never work. */
@Injectable()
export class JobQueue {
  private readonly logger = new Logger('JobQueue');

  constructor(private readonly queue: Queue) {
    // An error event nobody listens to would end the process; the connection is retried for ever.
    queue.on('error', (error) => this.logger.warn(`queue: ${error.message || String(error)}`));
  }

  /** Puts an entry for the run after this execution of the job, once: a second call with the same execution changes nothing. */
  async wake(jobId: string, execution: number, delayMs = 0): Promise<void> {
    await this.queue.add('job', { jobId }, { ...ENTRY, jobId: `${jobId}.${execution}`, delay: delayMs });
  }

  async upsertTick(name: string, { every, cron, tz }: QueueTick): Promise<void> {
    const repeat = cron === undefined ? { every: every! } : { pattern: cron, tz: tz ?? 'UTC' };
    await this.queue.upsertJobScheduler(name, repeat, { name: 'schedule', data: { schedule: name }, opts: ENTRY });
  }

  async removeTick(name: string): Promise<void> {
    await this.queue.removeJobScheduler(name);
  }

  /** The schedulers in the queue, as `upsertTick` was given them. */
  async ticks(): Promise<Map<string, QueueTick>> {
    const schedulers = await this.queue.getJobSchedulers();
    return new Map(
      schedulers.map(({ key, every, pattern, tz }) => {
        const tick: QueueTick = pattern ? { cron: pattern, tz } : { every: Number(every) };
        return [key, tick];
      }),
    );
  }
}
