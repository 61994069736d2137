import { DomainError, SHA256_HEX, sha256Hex } from '@assay/primitives';

export interface StoredArtifact {
  /** Stable address, e.g. `artifact:sha256/<hex>`; the same bytes have the same address. */
  uri: string;
  sha256: string;
  bytes: number;
}

/** Content-addressed bytes: model artifacts and promoted Strategy JSON documents. */
export interface ArtifactStore {
  /** Stores the bytes; storing the same bytes again changes nothing. */
  put(content: Uint8Array): Promise<StoredArtifact>;
  /** @throws DomainError `not_found` when absent, `evidence_mismatch` when the stored bytes do not have that hash. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
}

const SCHEME = 'artifact:sha256/';

export function artifactUri(sha256: string): string {
  return SCHEME + assertSha256(sha256);
}

/** The hash that an artifact address names. @throws DomainError `validation_failed`. */
export function sha256OfUri(uri: string): string {
  return assertSha256(uri.startsWith(SCHEME) ? uri.slice(SCHEME.length) : uri);
}

export function assertSha256(sha256: string): string {
  if (!SHA256_HEX.test(sha256)) {
    throw new DomainError('validation_failed', `sha256 must be 64 lower-case hexadecimal digits, was ${sha256}`);
  }
  return sha256;
}

/** Corrupt bytes are worse than none: every read is checked against its address. */
export function verified(content: Uint8Array, sha256: string): Uint8Array {
  const actual = sha256Hex(content);
  if (actual !== sha256) {
    throw new DomainError('evidence_mismatch', `artifact must have SHA-256 ${sha256}, was ${actual}`, {
      sha256,
      actual,
    });
  }
  return content;
}

export function absent(sha256: string): DomainError {
  return new DomainError('not_found', `artifact ${sha256} is not stored`, { sha256 });
}
