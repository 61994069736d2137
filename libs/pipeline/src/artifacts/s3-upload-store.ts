import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Objects } from './s3-objects';
import {
  assertUploadId,
  isUploadId,
  uploadDamaged,
  uploadGone,
  UPLOADS,
  type OpenUpload,
  type StoredUpload,
  type UploadedFile,
  type UploadStore,
} from './upload-store';

const keyOf = (id: string): string => `${UPLOADS}/${assertUploadId(id)}`;

/** Objects `<prefix>/uploads/<id>`; read by way of a file of this machine. One request writes an object, of 5 GiB at most. */
export class S3UploadStore implements UploadStore {
  constructor(private readonly objects: S3Objects) {}

  async put(id: string, { path, bytes, sha256 }: UploadedFile): Promise<void> {
    const content = Readable.toWeb(createReadStream(path)) as ReadableStream;
    await this.objects.send('PUT', keyOf(id), { content, bytes, sha256 });
  }

  async open(id: string, sha256: string): Promise<OpenUpload> {
    const response = await this.objects.send('GET', keyOf(id));
    if (response.status === 404) throw uploadGone(id);
    const folder = await mkdtemp(join(tmpdir(), 'assay-upload-'));
    const done = (): Promise<void> => rm(folder, { recursive: true, force: true });
    try {
      const path = join(folder, id);
      const hash = createHash('sha256');
      const hashing = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          hash.update(chunk);
          next(null, chunk);
        },
      });
      await pipeline(Readable.fromWeb(response.body as never), hashing, createWriteStream(path, { mode: 0o600 }));
      const actual = hash.digest('hex');
      if (actual !== sha256) throw uploadDamaged(id, sha256, actual);
      return { path, done };
    } catch (error) {
      await done();
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await this.objects.send('DELETE', keyOf(id));
  }

  async list(): Promise<StoredUpload[]> {
    const found = await this.objects.list(UPLOADS);
    return found.flatMap(({ key, writtenMs }) => (isUploadId(key) ? [{ id: key, storedAtMs: writtenMs }] : []));
  }
}
