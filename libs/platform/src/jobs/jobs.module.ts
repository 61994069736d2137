import { availableRole, databaseSettings, roleOptions } from '@assay/persistence';
import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { BullModule, getQueueToken } from '@nestjs/bullmq';
import type { BullRootModuleOptions } from '@nestjs/bullmq';
import { DiscoveryModule } from '@nestjs/core';
import { createPostgresBackend, createRedisBackend, setDefaultBackendFactory } from 'bullmq';
import type { Queue } from 'bullmq';
import { CHANGE_SERVICE, ChangeFeed } from '../changes/change-feed';
import { ChangesController } from '../changes/changes.controller';
import type { AppConfig } from '../config';
import { CONFIG } from '../config';
import { ExpiredKeys } from '../idempotency/expired-keys';
import { EventStreams } from '../http/event-streams';
import { JobFeed } from './job-feed';
import { jobProcessor } from './job-processor';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job-registry';
import { JobShards } from './job-shards';
import { JobStore } from './job-store';
import { JobSweeper } from './job-sweeper';
import { JOB_SERVICE, JobWorker } from './job-worker';
import { Jobs } from './jobs';
import { JobsController } from './jobs.controller';
import { QUEUE_SCHEMA } from './queue-schema';
import { Schedules } from './schedules';

async function queueOptions(config: AppConfig, service: 'research' | 'trade'): Promise<BullRootModuleOptions> {
  if (config.redisUrl) {
    setDefaultBackendFactory(createRedisBackend);
    const retryStrategy = (times: number): number => Math.min(times * 100, 2_000);
    return {
      prefix: config.keyPrefix,
      connection: { url: config.redisUrl, maxRetriesPerRequest: null, retryStrategy },
    };
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  const settings = databaseSettings();
  const options = roleOptions(await availableRole(settings, service));
  const connection = {
    connectionString: settings.url,
    schema: QUEUE_SCHEMA,
    migrate: false,
    max: 4,
    ...(options ? { options } : {}),
  };
  return { connection: connection as never };
}

@Module({})
export class JobsModule {
  /**
   * `Jobs` and `Schedules` for one service. With `worker` the process runs jobs and needs a handler for every kind of the service;
   * without, it serves the `/jobs` endpoints and the stream of changes.
   */
  static forService({ service, worker }: { service: 'research' | 'trade'; worker: boolean }): DynamicModule {
    const own = worker ? [JobRegistry, JobWorker, JobSweeper, ExpiredKeys, jobProcessor(service)] : [];
    return {
      module: JobsModule,
      global: true,
      imports: [
        DiscoveryModule,
        BullModule.forRootAsync({ inject: [CONFIG], useFactory: (config: AppConfig) => queueOptions(config, service) }),
        BullModule.registerQueue({ name: service }),
      ],
      providers: [
        { provide: JOB_SERVICE, useValue: service },
        { provide: JobQueue, inject: [getQueueToken(service)], useFactory: (queue: Queue) => new JobQueue(queue) },
        Jobs,
        JobStore,
        JobShards,
        JobFeed,
        EventStreams,
        Schedules,
        ...(worker ? own : [ChangeFeed, { provide: CHANGE_SERVICE, useValue: service }]),
      ],
      controllers: worker ? [] : [JobsController, ChangesController],
      exports: [Jobs, Schedules],
    };
  }
}
