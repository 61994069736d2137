import { sha256Hex } from '@assay/primitives';
import { AwsClient } from 'aws4fetch';

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

/** A body with what its signature and its head need. */
export interface S3Body {
  content: Uint8Array | ReadableStream;
  sha256: string;
  bytes: number;
}

type Method = 'GET' | 'HEAD' | 'PUT' | 'DELETE';

/** Objects of one bucket below a prefix. An object is written whole, so readers see all bytes or none. */
export class S3Objects {
  private readonly client: AwsClient;

  constructor(private readonly options: S3Options) {
    const { credentials, region } = options;
    // Whoever asks for an object repeats: a job, or the next run. The client by itself would try ten times more.
    this.client = new AwsClient({ ...credentials, region, service: 's3', retries: 0 });
  }

  /** @throws Error on any answer but success and, when reading, 404: infrastructure, so the caller may retry. */
  async send(method: Method, key: string, body?: S3Body): Promise<Response> {
    return this.request(method, this.urlOf(key), key, body);
  }

  /** Keys below a folder of the prefix, without it, and when they were written. */
  async list(folder: string): Promise<{ key: string; writtenMs: number }[]> {
    const found: { key: string; writtenMs: number }[] = [];
    const below = `${[...this.prefixes(), folder].join('/')}/`;
    for (let token: string | undefined = ''; token !== undefined;) {
      const url = this.urlOf(undefined);
      url.searchParams.set('list-type', '2');
      url.searchParams.set('prefix', below);
      if (token !== '') url.searchParams.set('continuation-token', token);
      const xml = await (await this.request('GET', url, `the list of ${below}`)).text();
      for (const [, entry] of xml.matchAll(/<Contents>([^]*?)<\/Contents>/g)) {
        const key = tagOf(entry, 'Key') ?? '';
        if (key.startsWith(below))
          found.push({ key: key.slice(below.length), writtenMs: Date.parse(tagOf(entry, 'LastModified') ?? '') });
      }
      token = tagOf(xml, 'IsTruncated') === 'true' ? tagOf(xml, 'NextContinuationToken') : undefined;
    }
    return found;
  }

  private async request(method: Method, url: URL, what: string, body?: S3Body): Promise<Response> {
    const headers: Record<string, string> = {
      // Without it the client would leave the content out of the signature.
      'x-amz-content-sha256': body?.sha256 ?? sha256Hex(''),
      // Of a stream no length is known otherwise, and S3 takes none in chunks.
      ...(body ? { 'content-length': String(body.bytes) } : {}),
    };
    const streamed = body?.content instanceof ReadableStream ? { duplex: 'half' as const } : {};
    const response = await this.client.fetch(url.href, { method, headers, body: body?.content, ...streamed });
    const missing = response.status === 404 && method !== 'PUT';
    if (!response.ok && !missing) {
      const detail = method === 'HEAD' ? '' : `: ${(await response.text()).slice(0, 300)}`;
      throw new Error(`S3 ${method} of ${what} answered ${response.status}${detail}`);
    }
    return response;
  }

  private prefixes(): string[] {
    return this.options.prefix.split('/').filter(Boolean);
  }

  private urlOf(key: string | undefined): URL {
    const { bucket, region, endpoint } = this.options;
    // a plus is itself in a path, which the signer would take for a blank
    const path = key === undefined ? '' : [...this.prefixes(), key].join('/').replaceAll('+', '%2B');
    if (endpoint === undefined) return new URL(`https://${bucket}.s3.${region}.amazonaws.com/${path}`);
    return new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${path}`);
  }
}

function tagOf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
