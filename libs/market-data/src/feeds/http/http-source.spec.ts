import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedOf, Timeframe } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import type { DomainError } from '@assay/primitives';
import { HttpSource } from './http-source';
import { templateOf } from './presets';
import { fillTemplate } from './template-url';

const CSV =
  'Date,Open,High,Low,Close,Volume\n2026-11-23,1,2,0.5,1.5,10\n2026-11-24,2,3,1,2.5,10\n2026-11-25,2,3,1,2.5,10\n';
const NOW = Date.parse('2026-11-25T15:00:00Z');
const FROM = Date.parse('2026-11-23');

describe('bars over HTTP', () => {
  let server: Server;
  let host: string;
  let body = CSV;
  let status = 200;
  const asked: { url: string; authorization: string | undefined }[] = [];
  const paced: [string, number][] = [];
  const rests: [string, number][] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push({ url: request.url!, authorization: request.headers.authorization });
      response.writeHead(status, { 'content-type': 'text/csv' }).end(body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    [body, status] = [CSV, 200];
    for (const list of [asked, paced, rests]) list.length = 0;
  });
  afterAll(() => void server.close());

  const read = async (feed: Partial<FeedOf<'http'>>, key: string | null = null, timeframe: Timeframe = '1d') => {
    const template = templateOf(
      { kind: 'http', url: `http://${host}/{symbol}.csv?from={from}&to={to}&k={key}`, ...feed },
      timeframe,
    );
    const source = new HttpSource({
      ...{ template, market: 'US', key, privateHosts: [host], nowMs: () => NOW },
      pace: async (name, intervalMs) => void paced.push([name, intervalMs]),
      onLater: async (name, afterMs) => void rests.push([name, afterMs]),
    });
    const pieces: BarColumns[] = [];
    for await (const piece of source.getBars({ symbol: 'BRK/B', timeframe, fromMs: FROM, toMs: NOW }))
      pieces.push(piece);
    return pieces.flatMap(({ openTimeMs }) => Array.from(openTimeMs, (ms) => new Date(ms).toISOString().slice(0, 10)));
  };
  const refused = (feed: Partial<FeedOf<'http'>>, key: string | null = null): Promise<string> =>
    read(feed, key).then(
      () => 'read',
      (error: Error) => error.message,
    );

  it('are the closed ones of the answer, asked for with escaped values and paced by host', async () => {
    expect(await read({ requests_per_minute: 120 }, 'a&b')).toEqual(['2026-11-23', '2026-11-24']);
    expect(asked.map(({ url }) => url)).toEqual(['/BRK%2FB.csv?from=2026-11-23&to=2026-11-25&k=a%26b']);
    expect(paced).toEqual([[host, 500]]);
  });

  it('are asked for window by window, the key in a header', async () => {
    const url = `http://${host}/x?f={from}&t={to}`;
    await read({ url, window_days: 1, time_format: 'unix', headers: { authorization: 'Token {key}' } }, 'k1');
    const day = FROM / 1000;
    expect(asked.map((one) => one.url)).toEqual(
      [0, 1, 2].map((i) => `/x?f=${day + i * 86_400}&t=${Math.min(day + (i + 1) * 86_400, NOW / 1000) - 1}`),
    );
    expect(asked[0]!.authorization).toBe('Token k1');
  });

  it('come as JSON by the names of its members', async () => {
    body = JSON.stringify({
      data: {
        rows: [
          { t: '2026-11-23', c: 1.5 },
          { t: '2026-11-24', c: 2.5, v: null },
        ],
      },
    });
    const columns = { date: 't', close: 'c', volume: 'v' };
    expect(await read({ format: 'json', items: 'data.rows', columns }, 'k')).toEqual(['2026-11-23', '2026-11-24']);
    body = JSON.stringify([['2026-11-24', 5]]);
    expect(await read({ format: 'json', columns: { date: '0', close: '1' } }, 'k')).toEqual(['2026-11-24']);
    body = '{"data":5}';
    expect(await refused({ format: 'json', items: 'data', columns }, 'k')).toContain(
      'must have an array of bars at data',
    );
  });

  it.each(['', 'Date,Open,High,Low,Close,Volume\n', 'No data', 'Date,Close\n2026-11-25,5\n'])(
    'are none in %j',
    async (text) => {
      body = text;
      expect(await read({}, 'k')).toEqual([]);
    },
  );

  it('are refused in words without the key', async () => {
    expect(await refused({})).toBe(`${host} needs a key: state api_key`);
    body = '{"Information": "the key topsecret has reached its limit"}';
    expect(await refused({}, 'topsecret')).toBe(
      `http://${host}/BRK%2FB.csv: answered no CSV; it answered: {"Information": "the key [key] has reached its limit"}`,
    );
    body = 'Date,Close\n2026-11-23,abc\n2026-11-24,1\n';
    expect(await refused({}, 'k')).toContain('line 2: close must be a number above 0, was abc');
    [body, status] = ['slow down', 429];
    expect(await refused({}, 'k')).toContain('answered 429: slow down');
    expect(rests).toEqual([[host, 60_000]]);
  });
});

describe('a template', () => {
  const template = (feed: Partial<FeedOf<'http'>>, timeframe: Timeframe = '1d') =>
    templateOf({ kind: 'http', ...feed }, timeframe);
  const values = { symbol: 'AAPL.US', fromMs: FROM, lastMs: NOW, key: 'K' };
  const filled = (preset: FeedOf<'http'>['preset'], timeframe: Timeframe = '1d') =>
    fillTemplate(template({ preset }, timeframe), values);

  it('of each preset is its published form', () => {
    expect(filled('stooq').url.href).toBe('https://stooq.com/q/d/l/?s=AAPL.US&d1=20261123&d2=20261125&i=d');
    expect(filled('alpha_vantage').url.href).toContain('symbol=AAPL.US&outputsize=full&datatype=csv&apikey=K');
    expect(filled('tiingo').headers).toEqual({ authorization: 'Token K' });
    expect(filled('tiingo', '1h').url.href).toContain(
      '/iex/AAPL.US/prices?startDate=2026-11-23&endDate=2026-11-25&resampleFreq=1hour',
    );
    expect(filled('eodhd').url.href).toBe(
      'https://eodhd.com/api/eod/AAPL.US?from=2026-11-23&to=2026-11-25&period=d&fmt=csv&api_token=K',
    );
  });

  it.each<[Partial<FeedOf<'http'>>, Timeframe, string]>([
    [{}, '1d', 'feed.url'],
    [{ preset: 'stooq', url: 'https://x.example/' }, '1d', 'feed.url'],
    [{ preset: 'stooq' }, '1h', 'timeframe'],
    [{ url: 'ftp://x.example/' }, '1d', 'feed.url'],
    [{ url: 'file:///etc/passwd' }, '1d', 'feed.url'],
    [{ url: 'https://{symbol}/x' }, '1d', 'feed.url'],
    [{ url: 'https://me:secret@x.example/' }, '1d', 'feed.url'],
    [{ url: 'https://x.example/{password}' }, '1d', 'feed.url'],
    [{ url: 'https://x.example/', format: 'json' }, '1d', 'feed.columns'],
  ])('%j for %s names what is wrong', (feed, timeframe, field) => {
    expect(() => template(feed, timeframe)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    );
  });

  it.each([
    'https://me:secret@x.example/{x}',
    'ftp://me:secret@x.example/',
    'http:me:secret@x',
    'http://me:sec ret/secret@x',
  ])('shows no password: %s', (url) => {
    const refusal = () => template({ url });
    expect(refusal).toThrow(expect.objectContaining({ code: 'validation_failed' }));
    try {
      refusal();
    } catch (error) {
      expect(JSON.stringify([(error as Error).message, (error as DomainError).errors])).not.toMatch(/sec|me:/);
    }
  });
});
