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

  /** Puts an entry for this run of the job, once: a second call with the same attempt changes nothing. */
  async wake(jobId: string, attempt: number, delayMs = 0): Promise<void> {
    await this.queue.add('job', { jobId }, { ...ENTRY, jobId: `${jobId}.${attempt}`, delay: delayMs });
  }

  async upsertTick(name: string, { every, cron, tz }: QueueTick): Promise<void> {
    const repeat = cron === undefined ? { every: every! } : { pattern: cron, tz: tz ?? 'UTC' };
    await this.queue.upsertJobScheduler(name, repeat, { name: 'schedule', data: { schedule: name }, opts: ENTRY });
  }

  async removeTick(name: string): Promise<void> {
    await this.queue.removeJobScheduler(name);
  }

  async tickNames(): Promise<string[]> {
    const schedulers = await this.queue.getJobSchedulers();
    return schedulers.map(({ key }) => key);
  }
}
