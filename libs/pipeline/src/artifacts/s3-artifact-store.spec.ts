import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256Hex } from '@assay/primitives';
import { openArtifactStore, type ArtifactStore } from '.';
import { signRequest } from './aws-signature';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

describe('S3 request signature', () => {
  it('is the one of the published GET Object example', () => {
    const { authorization } = signRequest(
      {
        method: 'GET',
        url: new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
        region: 'us-east-1',
        headers: { range: 'bytes=0-9' },
        atMs: Date.UTC(2013, 4, 24),
      },
      credentials,
    );
    expect(authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
        'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
        'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  it('is the one of the published PUT Object example', () => {
    const { authorization } = signRequest(
      {
        method: 'PUT',
        url: new URL('https://examplebucket.s3.amazonaws.com/test$file.text'),
        region: 'us-east-1',
        headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
        body: new TextEncoder().encode('Welcome to Amazon S3.'),
        atMs: Date.UTC(2013, 4, 24),
      },
      credentials,
    );
    expect(authorization).toContain('Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd');
  });
});

describe('S3 artifact store', () => {
  const objects = new Map<string, Buffer>();
  const requests: string[] = [];
  let server: Server;
  let store: ArtifactStore;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const path = request.url!;
        requests.push(`${request.method} ${path}`);
        // the signature is recomputed from what arrived: a wrong host, path or body is refused as a real server would
        const [y, m, d, hh, mm, ss] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
          .exec(String(request.headers['x-amz-date']))!
          .slice(1)
          .map(Number) as [number, number, number, number, number, number];
        const expected = signRequest(
          {
            method: request.method as 'GET',
            url: new URL(path, `http://${request.headers.host}`),
            region: 'eu-west-1',
            body,
            atMs: Date.UTC(y, m - 1, d, hh, mm, ss),
          },
          credentials,
        );
        if (request.headers.authorization !== expected.authorization)
          return response.writeHead(403).end('<Code>Signature</Code>');
        if (request.method === 'PUT') {
          objects.set(path, body);
          return response.writeHead(200).end();
        }
        const found = objects.get(path);
        return found
          ? response.writeHead(200).end(request.method === 'GET' ? found : undefined)
          : response.writeHead(404).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    store = openArtifactStore(`s3://models/assay/artifacts?region=eu-west-1&endpoint=${encodeURIComponent(endpoint)}`, {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    });
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

  it('names the missing credential', () => {
    expect(() => openArtifactStore('s3://models', {})).toThrow('AWS_ACCESS_KEY_ID must be set');
  });
});
