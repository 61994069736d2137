import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  assertUploadId,
  isUploadId,
  uploadDamaged,
  uploadGone,
  type OpenUpload,
  type StoredUpload,
  type UploadedFile,
  type UploadStore,
} from './upload-store';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const HASHED_BYTES = 256 * 1024;

/** Files `<directory>/<id>`, flushed before they bear their name. */
export class FileUploadStore implements UploadStore {
  constructor(private readonly directory: string) {}

  async put(id: string, { path }: UploadedFile): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const target = this.pathOf(id);
    await flush(path);
    try {
      await rename(path, target);
    } catch (error) {
      // the folder of what comes may lie on another disk
      if (codeOf(error) !== 'EXDEV') throw error;
      const beside = `${target}.part`;
      await copyFile(path, beside);
      await flush(beside);
      await rename(beside, target);
    }
  }

  async open(id: string, sha256: string): Promise<OpenUpload> {
    const path = this.pathOf(id);
    const actual = await hashOf(path).catch((error: unknown) => {
      throw codeOf(error) === 'ENOENT' ? uploadGone(id) : error;
    });
    if (actual !== sha256) throw uploadDamaged(id, sha256, actual);
    return { path, done: () => Promise.resolve() };
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
    await rm(`${this.pathOf(id)}.part`, { force: true });
  }

  async list(): Promise<StoredUpload[]> {
    const names = await readdir(this.directory).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    const found = await Promise.all(
      [...new Set(names.map((name) => name.replace(/\.part$/, '')))].filter(isUploadId).map(async (id) => {
        const file = await stat(this.pathOf(id)).catch(() => stat(`${this.pathOf(id)}.part`).catch(() => null));
        return file && { id, storedAtMs: file.mtimeMs };
      }),
    );
    return found.filter((one) => one !== null);
  }

  private pathOf(id: string): string {
    return join(this.directory, assertUploadId(id));
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Read into one buffer: a stream makes one a part, and of a long file many are left to be collected. */
async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const part = Buffer.allocUnsafe(HASHED_BYTES);
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead } = await file.read(part, 0, part.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(part.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
