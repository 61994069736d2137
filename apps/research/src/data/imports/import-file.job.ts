import { rm } from 'node:fs/promises';
import type { ImportFilePayload } from '@assay/contracts';
import { JobHandler, type JobContext, type JobRunner } from '@assay/platform';
import { inNumber } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import type { ImportedBarsDto } from '../data.response';
import { DataThreads } from '../threads/data-threads';
import { BarImports } from './bar-imports';
import { fileImportOf } from './file-import';
import { FileImports } from './file-imports';

/** Shares of the work, by the time that each takes. */
const READ_UNTIL = 0.3;
const WRITTEN_AT = 0.85;

/** Imports an uploaded file; what a run left unfinished the database takes back. */
@JobHandler('data.import_file')
@Injectable()
export class ImportFile implements JobRunner<ImportFilePayload, ImportedBarsDto> {
  constructor(
    private readonly files: FileImports,
    private readonly imports: BarImports,
    private readonly threads: DataThreads,
  ) {}

  async run(ctx: JobContext<ImportFilePayload>): Promise<ImportedBarsDto> {
    const { upload, reading, may_correct: correct, ...fields } = ctx.payload;
    const { options, synthetic } = fileImportOf(fields, reading);
    const file = await this.files.uploads.open(upload.id, upload.sha256);
    const folder = await this.files.folderOf(ctx.jobId);
    try {
      await ctx.progress(0, `reading ${inNumber(upload.bytes, 'byte', 'bytes')}`);
      const read = await this.threads.readImportFile(
        { path: file.path, folder, options: { ...options, nowMs: Date.now() }, limits: this.files.limits },
        { signal: ctx.signal, onProgress: (fraction) => this.say(ctx, READ_UNTIL * fraction) },
      );
      const count = 'spooled' in read ? read.spooled.count : read.bars.openTimeMs.length;
      await ctx.progress(READ_UNTIL, `writing ${inNumber(count, 'bar', 'bars')}`);
      return await this.imports.store(read, {
        ...{ market: options.market, synthetic, correct, folder },
        onWritten: (bars) => this.tell(ctx, bars, count),
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
      await file.done();
    }
  }

  /** @throws what ended the job, where it was ended */
  private tell(ctx: JobContext, bars: number, count: number): void {
    ctx.signal.throwIfAborted();
    if (bars < count) this.say(ctx, READ_UNTIL + (WRITTEN_AT - READ_UNTIL) * (bars / count));
    else this.say(ctx, WRITTEN_AT, `judging ${inNumber(count, 'bar', 'bars')}`);
  }

  /** The row of the job is not what is imported: what one writing leaves out the next one says. */
  private say(ctx: JobContext, fraction: number, message?: string): void {
    ctx.progress(fraction, message).catch(() => undefined);
  }
}
