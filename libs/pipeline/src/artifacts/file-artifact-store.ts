import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Hex } from '@assay/primitives';
import { absent, artifactUri, assertSha256, verified, type ArtifactStore, type StoredArtifact } from './artifact-store';

/** Files `<directory>/<2 hex>/<62 hex>`, written beside their place, flushed, then renamed: readers see all bytes or none. */
export class FileArtifactStore implements ArtifactStore {
  constructor(private readonly directory: string) {}

  async put(content: Uint8Array): Promise<StoredArtifact> {
    const sha256 = sha256Hex(content);
    const stored = { uri: artifactUri(sha256), sha256, bytes: content.byteLength };
    const path = this.pathOf(sha256);
    if (await this.has(sha256)) return stored;
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${randomUUID()}`;
    try {
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return stored;
  }

  async get(sha256: string): Promise<Uint8Array> {
    try {
      return verified(await readFile(this.pathOf(sha256)), sha256);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw absent(sha256);
      throw error;
    }
  }

  async has(sha256: string): Promise<boolean> {
    return access(this.pathOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  private pathOf(sha256: string): string {
    assertSha256(sha256);
    return join(this.directory, sha256.slice(0, 2), sha256.slice(2));
  }
}
