import { sha256Hex } from '@assay/primitives';
import { AwsClient } from 'aws4fetch';
import { absent, artifactUri, assertSha256, verified, type ArtifactStore, type StoredArtifact } from './artifact-store';

interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface S3Options {
  bucket: string;
  /** Key prefix, without slash at either end; may be empty. */
  prefix: string;
  region: string;
  /** Address of an S3-compatible server, used with the bucket in the path; default: Amazon's for the region. */
  endpoint?: string;
  credentials: S3Credentials;
}

/** Objects `<prefix>/<sha256>` in an S3-compatible bucket. An object is written whole, so readers see all bytes or none. */
export class S3ArtifactStore implements ArtifactStore {
  private readonly client: AwsClient;

  constructor(private readonly options: S3Options) {
    const { credentials, region } = options;
    // Whoever asks for an artifact repeats: a job, or the next run. The client by itself would try ten times more.
    this.client = new AwsClient({ ...credentials, region, service: 's3', retries: 0 });
  }

  async put(content: Uint8Array): Promise<StoredArtifact> {
    const sha256 = sha256Hex(content);
    if (!(await this.has(sha256))) await this.send('PUT', sha256, content);
    return { uri: artifactUri(sha256), sha256, bytes: content.byteLength };
  }

  async get(sha256: string): Promise<Uint8Array> {
    const response = await this.send('GET', sha256);
    if (response.status === 404) throw absent(sha256);
    return verified(new Uint8Array(await response.arrayBuffer()), sha256);
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.send('HEAD', sha256)).status !== 404;
  }

  /** @throws Error on any answer but success and, when reading, 404: infrastructure, so the caller may retry. */
  private async send(method: 'GET' | 'HEAD' | 'PUT', sha256: string, body?: Uint8Array): Promise<Response> {
    // Without it the client would leave the content out of the signature.
    const headers = { 'x-amz-content-sha256': sha256Hex(body ?? '') };
    const response = await this.client.fetch(this.urlOf(sha256).href, { method, headers, body });
    const missing = response.status === 404 && method !== 'PUT';
    if (!response.ok && !missing) {
      const detail = method === 'HEAD' ? '' : `: ${(await response.text()).slice(0, 300)}`;
      throw new Error(`S3 ${method} of ${sha256} answered ${response.status}${detail}`);
    }
    return response;
  }

  private urlOf(sha256: string): URL {
    const { bucket, prefix, region, endpoint } = this.options;
    // a plus is itself in a path, which the signer would take for a blank
    const key = [...prefix.split('/').filter(Boolean), assertSha256(sha256)].join('/').replaceAll('+', '%2B');
    if (endpoint === undefined) return new URL(`https://${bucket}.s3.${region}.amazonaws.com/${key}`);
    return new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${key}`);
  }
}
