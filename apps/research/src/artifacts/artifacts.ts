import { openArtifactStore, sha256OfUri, type ArtifactStore, type StoredArtifact } from '@assay/pipeline';
import { CONFIG, type AppConfig } from '@assay/platform';
import { isDomainError } from '@assay/primitives';
import { Inject, Injectable } from '@nestjs/common';
import { deserialize, serialize } from 'node:v8';

/** Content-addressed bytes of the service: models, Strategy JSON, result series. */
@Injectable()
export class Artifacts {
  private readonly store: ArtifactStore;

  /** For threads, which open it themselves. */
  readonly url: string;

  constructor(@Inject(CONFIG) config: AppConfig) {
    this.url = config.artifactUrl;
    this.store = openArtifactStore(config.artifactUrl);
  }

  put(bytes: Uint8Array): Promise<StoredArtifact> {
    return this.store.put(bytes);
  }

  /** @throws DomainError `not_found`, `evidence_mismatch`. */
  get(uri: string): Promise<Uint8Array> {
    return this.store.get(sha256OfUri(uri));
  }

  /** Whether the bytes exist and have the hash that their address names. */
  async isIntact(sha256: string): Promise<boolean> {
    try {
      await this.store.get(sha256);
      return true;
    } catch (error) {
      if (isDomainError(error)) return false;
      throw error;
    }
  }

  /** Plain objects with typed arrays, exactly. */
  putValue(value: unknown): Promise<StoredArtifact> {
    return this.store.put(serialize(value));
  }

  async getValue<T>(uri: string): Promise<T> {
    return deserialize(await this.get(uri)) as T;
  }
}
