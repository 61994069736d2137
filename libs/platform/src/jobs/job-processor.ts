import { storableText } from '@assay/contracts';
import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, Type } from '@nestjs/common';
import type { Job } from 'bullmq';
import { integer } from '../config';
import { JOB_SERVICE, JobWorker } from './job-worker';
import { Schedules } from './schedules';

interface Entry {
  jobId?: string;
  schedule?: string;
}

/** The queue's end in a worker process. The queue carries ids only, so its own retries are not used. */
export function jobProcessor(service: string): Type<WorkerHost> {
  const concurrency = integer(process.env, 'ASSAY_JOB_CONCURRENCY', 4, 1, 1_000);

  @Processor(service, { concurrency })
  class JobProcessor extends WorkerHost implements OnApplicationBootstrap {
    private readonly logger = new Logger('JobProcessor');

    constructor(
      @Inject(JobWorker) private readonly jobs: JobWorker,
      @Inject(Schedules) private readonly schedules: Schedules,
      @Inject(JOB_SERVICE) private readonly serviceName: string,
    ) {
      super();
    }

    onApplicationBootstrap(): void {
      this.worker.on('error', (error) => this.logger.warn(`queue worker: ${error.message || String(error)}`));
    }

    async process({ data }: Job<Entry>): Promise<void> {
      try {
        if (data.schedule) await this.schedules.fire(this.serviceName, data.schedule);
        await this.jobs.wake(data.jobId);
      } catch (error) {
        // The queue stores this text; one that its database refuses would leave the entry active for ever.
        throw new Error(storableText(error instanceof Error ? error.message : String(error)), { cause: error });
      }
    }
  }
  return JobProcessor;
}
