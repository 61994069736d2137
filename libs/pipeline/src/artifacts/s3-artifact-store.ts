import { sha256Hex } from '@assay/primitives';
import { absent, artifactUri, assertSha256, verified, type ArtifactStore, type StoredArtifact } from './artifact-store';
import type { S3Objects } from './s3-objects';

/** Objects `<prefix>/<sha256>` in an S3-compatible bucket. */
export class S3ArtifactStore implements ArtifactStore {
  constructor(private readonly objects: S3Objects) {}

  async put(content: Uint8Array): Promise<StoredArtifact> {
    const sha256 = sha256Hex(content);
    const bytes = content.byteLength;
    if (!(await this.has(sha256))) await this.objects.send('PUT', sha256, { content, sha256, bytes });
    return { uri: artifactUri(sha256), sha256, bytes };
  }

  async get(sha256: string): Promise<Uint8Array> {
    const response = await this.objects.send('GET', assertSha256(sha256));
    if (response.status === 404) throw absent(sha256);
    return verified(new Uint8Array(await response.arrayBuffer()), sha256);
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.objects.send('HEAD', assertSha256(sha256))).status !== 404;
  }
}
