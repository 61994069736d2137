import { JobHandler, Schedules, type JobRunner } from '@assay/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { FileImports } from './file-imports';

const EVERY_MS = 300_000;

/** Removes uploads whose jobs have ended, and what a killed process left. */
@JobHandler('data.sweep_uploads')
@Injectable()
export class SweepUploads implements JobRunner<object, { removed: number }>, OnApplicationBootstrap {
  constructor(
    private readonly files: FileImports,
    private readonly schedules: Schedules,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const kind = 'data.sweep_uploads';
    await this.schedules.upsert({ service: 'research', name: kind, kind, everyMs: EVERY_MS });
  }

  async run(): Promise<{ removed: number }> {
    return { removed: await this.files.sweep(Date.now()) };
  }
}
