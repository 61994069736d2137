import { createHmac } from 'node:crypto';
import { sha256Hex } from '@assay/primitives';

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface UnsignedRequest {
  method: 'GET' | 'HEAD' | 'PUT';
  url: URL;
  region: string;
  /** Further headers to sign, lower-case names. */
  headers?: Record<string, string>;
  body?: Uint8Array;
  atMs: number;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** RFC 3986 escaping of one path segment, as the signature wants it. */
function escapeSegment(segment: string): string {
  return encodeURIComponent(decodeURIComponent(segment)).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Headers of an AWS Signature Version 4 request to S3, `authorization` included; requests carry no query.
 * Source: Amazon S3 API reference, "Authenticating Requests (AWS Signature Version 4)".
 */
export function signRequest(request: UnsignedRequest, credentials: S3Credentials): Record<string, string> {
  const time = new Date(request.atMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = time.slice(0, 8);
  const contentHash = sha256Hex(request.body ?? new Uint8Array(0));
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.url.host,
    'x-amz-content-sha256': contentHash,
    'x-amz-date': time,
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const path = request.url.pathname.split('/').map(escapeSegment).join('/');
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]!.trim()}\n`).join('');
  const canonical = [request.method, path, '', canonicalHeaders, names.join(';'), contentHash].join('\n');
  const scope = `${date}/${request.region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256Hex(canonical)].join('\n');
  const key = ['s3', 'aws4_request'].reduce(
    (parent, part) => hmac(parent, part),
    hmac(hmac(`AWS4${credentials.secretAccessKey}`, date), request.region),
  );
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { ...headers, authorization };
}
