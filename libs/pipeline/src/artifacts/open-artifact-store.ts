import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArtifactStore } from './artifact-store';
import { FileArtifactStore } from './file-artifact-store';
import { FileUploadStore } from './file-upload-store';
import { S3ArtifactStore } from './s3-artifact-store';
import { S3Objects } from './s3-objects';
import { S3UploadStore } from './s3-upload-store';
import { UPLOADS, type UploadStore } from './upload-store';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The store that an address names: a directory path, a `file:` URL, or `s3://bucket/prefix?region=R&endpoint=URL`
 * (both parameters optional) with the credentials of the usual AWS_* variables.
 * @throws Error that names what is wrong with the address or which variable is missing.
 */
export function openArtifactStore(url: string, environment: Environment = process.env): ArtifactStore {
  const place = placeOf(url, environment);
  return typeof place === 'string' ? new FileArtifactStore(place) : new S3ArtifactStore(place);
}

/** Uploads beside the artifacts of an address, where every process of the installation finds them. @throws Error as for artifacts */
export function openUploadStore(url: string, environment: Environment = process.env): UploadStore {
  const place = placeOf(url, environment);
  return typeof place === 'string' ? new FileUploadStore(join(place, UPLOADS)) : new S3UploadStore(place);
}

function placeOf(url: string, environment: Environment): string | S3Objects {
  if (url.startsWith('file:')) return fileURLToPath(url);
  if (url.startsWith('s3:')) return openS3(new URL(url), environment);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) {
    throw new Error(`the artifact store must be a directory path, a file: URL or an s3: URL, was ${url}`);
  }
  return resolve(url);
}

function openS3(url: URL, environment: Environment): S3Objects {
  const required = (name: string): string => {
    const value = environment[name];
    if (value) return value;
    throw new Error(`${name} must be set for an s3: artifact store, was not`);
  };
  if (url.hostname === '') throw new Error(`the artifact store must name a bucket, was ${url.href}`);
  return new S3Objects({
    bucket: url.hostname,
    prefix: url.pathname,
    region: url.searchParams.get('region') ?? environment.AWS_REGION ?? 'us-east-1',
    endpoint: url.searchParams.get('endpoint') ?? undefined,
    credentials: {
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      sessionToken: environment.AWS_SESSION_TOKEN || undefined,
    },
  });
}
