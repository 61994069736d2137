import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, invalidField, sha256Hex } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import type { ImportFilePayload } from '@assay/contracts';
import { openUploadStore, type UploadStore } from '@assay/pipeline';
import type { PieceLimits } from '@assay/market-data';
import { Transactions } from '@assay/persistence';
import { CONFIG, Jobs, type AppConfig, type JobRow, type Principal, type SpooledFile } from '@assay/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { ImportBarsDto } from '../data.request';
import { aboutSeries } from '../about-series';
import { mayCorrect } from '../may-correct';
import { checkFileRequest } from './file-import';
import { readingFields } from './import-request';

/** A file that no job is about for so long is not about to get one. */
const ORPHAN_MS = 600_000;

/** Files that jobs import: kept where workers find them until their job has ended. */
@Injectable()
export class FileImports {
  readonly uploads: UploadStore;
  /** What of a file may lie in memory, where it is other than usual. */
  limits: Partial<PieceLimits> = {};

  private readonly between: string;

  constructor(
    @Inject(CONFIG) config: AppConfig,
    private readonly tx: Transactions,
    private readonly jobs: Jobs,
  ) {
    this.uploads = openUploadStore(config.artifactUrl);
    this.between = join(config.dataDir, 'imports');
  }

  /** The job of an import; while one of the same file and fields is open, that one. @throws DomainError */
  async submit(owner: Principal, body: ImportBarsDto, file: SpooledFile): Promise<JobRow> {
    if (body.source === 'ccxt')
      throw invalidField('source', 'not_applicable', 'ccxt', 'source must be where the file comes from, was ccxt');
    checkFileRequest(body, true);
    const id = newId();
    const payload = payloadOf(body, { id, bytes: file.bytes, sha256: file.sha256 }, mayCorrect(owner));
    await this.uploads.put(id, file);
    const job = await this.tx
      .run((em) =>
        this.jobs.submit(em, {
          ...{ kind: 'data.import_file', ownerId: owner.userId, payload },
          about: aboutSeries(body),
          dedupeKey: keyOf(owner.userId, payload),
        }),
      )
      .catch(async (error: unknown) => {
        await this.uploads.remove(id);
        throw error;
      });
    if ((job.payload as ImportFilePayload).upload.id !== id) await this.uploads.remove(id);
    return job;
  }

  /** An empty folder of this machine for what lies between a file and the store; what a killed run of the job left in it is removed. */
  async folderOf(jobId: string): Promise<string> {
    const folder = join(this.between, jobId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Removes the files whose jobs have ended, and those that no job is about. @returns how many */
  async sweep(nowMs: number): Promise<number> {
    // before the jobs, so that what is of none of them has had one
    const [stored, folders] = [await this.uploads.list(), await readdir(this.between).catch(() => [])];
    const open = await this.jobs.openOf('data.import_file');
    const imported = new Set(open.map(({ payload }) => payload.upload.id));
    const done = stored.filter(({ id, storedAtMs }) => !imported.has(id) && storedAtMs < nowMs - ORPHAN_MS);
    for (const { id } of done) await this.uploads.remove(id);
    const running = new Set(open.map(({ id }) => id));
    for (const id of folders.filter((name) => !running.has(name)))
      await rm(join(this.between, id), { recursive: true, force: true });
    return done.length;
  }
}

const payloadOf = (body: ImportBarsDto, upload: ImportFilePayload['upload'], correct: boolean): ImportFilePayload => ({
  upload,
  source: body.source,
  symbol: body.symbol,
  timeframe: body.timeframe,
  market: body.market!,
  adjust: body.adjust ?? 'none',
  actions: body.actions ?? 'none',
  synthetic: body.synthetic ?? false,
  outside_sessions: body.outside_sessions ?? 'refuse',
  reading: readingFields(body),
  may_correct: correct,
});

/** Two uploads of the same bytes with the same fields are one. */
const keyOf = (ownerId: string, { upload, ...fields }: ImportFilePayload): string =>
  sha256Hex(canonicalJson({ ownerId, sha256: upload.sha256, ...fields }));
