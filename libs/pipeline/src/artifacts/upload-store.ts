import { DomainError } from '@assay/primitives';

/** A file on disk, and what it must be. */
export interface UploadedFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * Files between the process that received them and the one that reads them, which may run elsewhere: by an id of their own, since
 * they are removed once they are read, whoever else has sent the same bytes.
 */
export interface UploadStore {
  /** Takes the file over; its path may hold nothing afterwards. */
  put(id: string, file: UploadedFile): Promise<void>;
  /** The file on this machine, whole, until `done` is called. @throws DomainError `not_found`, `evidence_mismatch` */
  open(id: string, sha256: string): Promise<OpenUpload>;
  remove(id: string): Promise<void>;
  list(): Promise<StoredUpload[]>;
}

export interface OpenUpload {
  path: string;
  done(): Promise<void>;
}

export interface StoredUpload {
  id: string;
  storedAtMs: number;
}

/** Under the place of the artifacts. */
export const UPLOADS = 'uploads';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isUploadId = (id: string): boolean => ID.test(id);

/** An id becomes a path. @throws Error */
export function assertUploadId(id: string): string {
  if (isUploadId(id)) return id;
  throw new Error(`the id of an upload must be a UUID, was ${id}`);
}

export const uploadGone = (id: string): DomainError =>
  new DomainError('not_found', `the uploaded file ${id} is not stored any more: send it again`, { upload_id: id });

export const uploadDamaged = (id: string, sha256: string, actual: string): DomainError =>
  new DomainError('evidence_mismatch', `uploaded file ${id} must have SHA-256 ${sha256}, was ${actual}`, {
    sha256,
    actual,
  });
