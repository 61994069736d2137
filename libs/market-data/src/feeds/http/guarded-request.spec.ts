import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { AskLater, guardedGet, type GuardedRequest } from './guarded-request';

describe('a request to an address that a user gave', () => {
  let server: Server;
  let host: string;
  let seen: IncomingMessage[] = [];
  const answers: Record<string, (response: ServerResponse) => void> = {
    '/bars.csv': (response) => response.end('date,close\n'),
    '/zipped': (response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('x'.repeat(5000))),
    '/slow': (response) => void response.write('date'),
    '/denied': (response) => response.writeHead(403).end('no such key secret+1 here'),
    '/later': (response) => response.writeHead(429, { 'retry-after': '7' }).end(),
    '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
    '/inside': (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/x' }).end(),
    '/moved': (response) => response.writeHead(302, { location: '/bars.csv' }).end(),
    '/away': (response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${host.split(':')[1]}/bars.csv` }).end(),
    '/file': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request);
      answers[new URL(request.url!, 'http://x').pathname]!(response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    host = `localhost:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (seen = []));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (path: string, more: Partial<GuardedRequest> = {}): Promise<string> =>
    guardedGet({ url: new URL(`http://${host}${path}`), privateHosts: [host], ...more }).then(({ body }) =>
      body.toString(),
    );

  it('is answered where its host is allowed, and refused before it is sent where it is not', async () => {
    expect(await ask('/bars.csv')).toBe('date,close\n');
    expect(seen).toHaveLength(1);
    await expect(ask('/bars.csv', { privateHosts: [] })).rejects.toMatchObject({
      code: 'unavailable',
      message: `http://${host}/bars.csv: localhost is no public address, and FEED_PRIVATE_HOSTS does not allow it`,
    });
    const { port } = server.address() as AddressInfo;
    for (const literal of [`127.0.0.1:${port}`, `2130706433:${port}`, `0x7f.1:${port}`, `[::ffff:7f00:1]:${port}`]) {
      const url = new URL(`http://${literal}/bars.csv`);
      await expect(ask('', { url, privateHosts: [] })).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('no public address'),
      });
    }
    expect(seen).toHaveLength(1);
  });

  it('holds where it is redirected to the same rules', async () => {
    await expect(ask('/inside')).rejects.toMatchObject({
      message: expect.stringContaining('127.0.0.1 is no public address'),
    });
    await expect(ask('/file')).rejects.toMatchObject({
      message: expect.stringContaining('must be an http or https address'),
    });
    await expect(ask('/loop')).rejects.toMatchObject({
      message: expect.stringContaining('redirected more than 3 times'),
    });
  });

  it('takes its headers along on the same server only', async () => {
    const headers = { authorization: 'Token key' };
    const privateHosts = ['localhost', '127.0.0.1'];
    await ask('/moved', { headers, privateHosts });
    await ask('/away', { headers, privateHosts });
    expect(seen.map((request) => [request.url, request.headers.authorization])).toEqual([
      ['/moved', 'Token key'],
      ['/bars.csv', 'Token key'],
      ['/away', 'Token key'],
      ['/bars.csv', undefined],
    ]);
  });

  it('is bounded in size, after it is unpacked too, and in time', async () => {
    expect(await ask('/zipped', { mostBytes: 5000 })).toHaveLength(5000);
    await expect(ask('/zipped', { mostBytes: 4999 })).rejects.toMatchObject({
      message: expect.stringContaining('answered more than 4999 bytes'),
    });
    await expect(ask('/slow', { timeoutMs: 50 })).rejects.toMatchObject({
      message: expect.stringContaining('did not answer in time'),
    });
  });

  it('says what was answered without key and query', async () => {
    const failed = await ask('/denied?apikey=secret%2B1', { secrets: ['secret+1'] }).catch(
      (error: Error) => error.message,
    );
    expect(failed).toBe(`http://${host}/denied: answered 403: no such key [key] here`);
  });

  it('knows when it may be asked again', async () => {
    const later = await ask('/later').catch((error: unknown) => error);
    expect(later).toBeInstanceOf(AskLater);
    expect(later).toMatchObject({ afterMs: 7000, message: expect.stringContaining('/later answered 429') });
  });

  it('ends when it is no longer wanted', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 20);
    await expect(ask('/slow', { signal: stop.signal })).rejects.toThrow('enough');
  });
});
