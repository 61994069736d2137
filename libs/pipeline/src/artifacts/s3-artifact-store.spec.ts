import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256Hex } from '@assay/primitives';
import { AwsV4Signer } from 'aws4fetch';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArtifactStore, openUploadStore, type ArtifactStore, type UploadStore } from '.';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** The signature by the client's own signer, of a request as it stands. */
async function signatureOf(request: {
  method: string;
  url: string;
  region: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
  datetime: string;
}): Promise<string> {
  const headers = { ...request.headers, 'x-amz-content-sha256': sha256Hex(request.body ?? '') };
  const signer = new AwsV4Signer({ ...credentials, ...request, headers, service: 's3', allHeaders: true });
  return /Signature=(\w+)/.exec((await signer.sign()).headers.get('authorization')!)![1]!;
}

describe('S3 request signature', () => {
  it('is the one of the published GET Object example', async () => {
    const signature = await signatureOf({
      method: 'GET',
      url: 'https://examplebucket.s3.amazonaws.com/test.txt',
      region: 'us-east-1',
      headers: { range: 'bytes=0-9' },
      datetime: '20130524T000000Z',
    });
    expect(signature).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  });

  it('is the one of the published PUT Object example', async () => {
    const signature = await signatureOf({
      method: 'PUT',
      url: 'https://examplebucket.s3.amazonaws.com/test$file.text',
      region: 'us-east-1',
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      body: new TextEncoder().encode('Welcome to Amazon S3.'),
      datetime: '20130524T000000Z',
    });
    expect(signature).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd');
  });
});

describe('S3 artifact store', () => {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  let outage = false;
  let server: Server;
  let store: ArtifactStore;
  let uploads: UploadStore;

  /** A page of one key, as S3 lists them. */
  const listed = (query: URLSearchParams): string => {
    const keys = [...objects.keys()].map((path) => path.replace('/models/', '')).filter((key) => key.startsWith(query.get('prefix')!)); // prettier-ignore
    const at = Number(query.get('continuation-token') ?? 0);
    const more = at + 1 < keys.length;
    const entries = keys.slice(at, at + 1).map((key) => `<Contents><Key>${key}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`); // prettier-ignore
    const next = more ? `<NextContinuationToken>${at + 1}</NextContinuationToken>` : '';
    return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${entries.join('')}${next}</ListBucketResult>`;
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const path = request.url!;
        requests.push(`${request.method} ${path}`);
        const answer = async (): Promise<void> => {
          // the signature is made anew from what arrived: a wrong host, path or body is refused as a real server would
          const expected = await signatureOf({
            method: request.method!,
            url: `http://${request.headers.host}${path}`,
            region: 'eu-west-1',
            body,
            datetime: String(request.headers['x-amz-date']),
          });
          if (!request.headers.authorization?.endsWith(`Signature=${expected}`)) {
            return void response.writeHead(403).end('<Code>Signature</Code>');
          }
          if (outage) return void response.writeHead(503).end('busy');
          if (request.method === 'PUT') {
            objects.set(path, body);
            return void response.writeHead(200).end();
          }
          if (request.method === 'DELETE') {
            objects.delete(path);
            return void response.writeHead(204).end();
          }
          const { searchParams } = new URL(path, 'http://s3');
          if (searchParams.has('list-type')) return void response.end(listed(searchParams));
          const found = objects.get(path);
          if (found) response.writeHead(200).end(request.method === 'GET' ? found : undefined);
          else response.writeHead(404).end();
        };
        void answer();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const url = `s3://models/assay/artifacts?region=eu-west-1&endpoint=${encodeURIComponent(endpoint)}`;
    const keys = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
    store = openArtifactStore(url, keys);
    uploads = openUploadStore(url, keys);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const content = new TextEncoder().encode('weights');
  const sha256 = sha256Hex(content);

  it('stores bytes once under their hash and gives them back', async () => {
    await store.put(content);
    await store.put(content);
    expect(requests.filter((line) => line.startsWith('PUT'))).toEqual([`PUT /models/assay/artifacts/${sha256}`]);
    expect(Buffer.from(await store.get(sha256)).toString()).toBe('weights');
    expect(await store.has(sha256)).toBe(true);
  });

  it('tells absent from broken', async () => {
    const other = sha256Hex('other');
    expect(await store.has(other)).toBe(false);
    await expect(store.get(other)).rejects.toMatchObject({ code: 'not_found' });
    objects.set(`/models/assay/artifacts/${other}`, Buffer.from('tampered'));
    await expect(store.get(other)).rejects.toMatchObject({ code: 'evidence_mismatch' });
  });

  it('reports a refusal with its status', async () => {
    const endpoint = encodeURIComponent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stranger = openArtifactStore(`s3://models?region=eu-west-1&endpoint=${endpoint}`, {
      AWS_ACCESS_KEY_ID: 'other',
      AWS_SECRET_ACCESS_KEY: 'other',
    });
    await expect(stranger.get(sha256)).rejects.toThrow('answered 403: <Code>Signature</Code>');
  });

  it('asks once where the server is busy: whoever needs it repeats', async () => {
    outage = true;
    requests.length = 0;
    await expect(store.get(sha256)).rejects.toThrow(`S3 GET of ${sha256} answered 503: busy`);
    outage = false;
    expect(requests.length).toBe(1);
  });

  it('signs a prefix of any characters as the server reads it', async () => {
    const endpoint = encodeURIComponent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const other = openArtifactStore(`s3://models/a+b/c%20d/(e)?region=eu-west-1&endpoint=${endpoint}`, {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
    await other.put(content);
    expect(requests.at(-1)).toBe(`PUT /models/a%2Bb/c%20d/(e)/${sha256}`);
    expect(await other.has(sha256)).toBe(true);
  });

  it('keeps uploads until they are read, under ids of their own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-s3-'));
    try {
      const path = join(folder, 'a');
      const bytes = Buffer.alloc(3_000_000, 'bars');
      writeFileSync(path, bytes);
      const ids = ['0198f6a0-0000-7000-8000-000000000001', '0198f6a0-0000-7000-8000-000000000002'];
      const file = { path, bytes: bytes.length, sha256: sha256Hex(bytes) };
      for (const id of ids) await uploads.put(id, file);
      expect((await uploads.list()).map(({ id }) => id)).toEqual(ids);
      const open = await uploads.open(ids[0]!, file.sha256);
      expect(readFileSync(open.path).equals(bytes)).toBe(true);
      await open.done();
      await expect(uploads.open(ids[0]!, sha256Hex('other'))).rejects.toMatchObject({ code: 'evidence_mismatch' });
      for (const id of ids) await uploads.remove(id);
      await uploads.remove(ids[0]!);
      expect(await uploads.list()).toEqual([]);
      await expect(uploads.open(ids[0]!, file.sha256)).rejects.toMatchObject({ code: 'not_found' });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('names the missing credential', () => {
    expect(() => openArtifactStore('s3://models', {})).toThrow('AWS_ACCESS_KEY_ID must be set');
  });
});
