import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR_MS } from '@assay/primitives';

/** Bytes on disk, and what they are. */
export interface SpooledFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** Writes what comes, as fast as the disk takes it, to a new file of the folder; nothing is left of what breaks off. */
export async function spoolTo(folder: string, chunks: AsyncIterable<Uint8Array>): Promise<SpooledFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeLeftovers(folder);
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
    await file.close();
    return { path, bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
}

/** Of a process that was killed; what still comes was written to a moment ago. */
async function removeLeftovers(folder: string): Promise<void> {
  const begun = Date.now() - HOUR_MS;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs < begun) await rm(path, { force: true });
  }
}
