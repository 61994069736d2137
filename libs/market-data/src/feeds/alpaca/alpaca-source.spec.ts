import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Timeframe, MarketCode } from '@assay/contracts';
import type { BarColumns } from '@assay/domain';
import { AlpacaSource } from './alpaca-source';

/** 30-minute bars of a day on which the clocks in New York differ, from before the open until after the close. */
const halfHours = (date: string, fromHour: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    t: new Date(Date.parse(`${date}T00:00:00Z`) + (fromHour * 60 + i * 30) * 60_000).toISOString().replace('.000', ''),
    ...{ o: 10 + i, h: 20 + i, l: 5 + i, c: 11 + i, v: 100 },
  }));

describe('bars of Alpaca', () => {
  let server: Server;
  let baseUrl: string;
  let pages: Record<string, unknown> = {};
  const asked: { url: URL; key: unknown }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://x');
      asked.push({ url, key: request.headers['apca-api-secret-key'] });
      response.end(JSON.stringify(pages[url.searchParams.get('page_token') ?? '']));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (asked.length = 0));
  afterAll(() => void server.close());

  const read = async (
    timeframe: Timeframe,
    from: string,
    now: string,
    more: { key?: string | null; market?: MarketCode } = {},
  ) => {
    const { key = 'id:secret', market = 'US' } = more;
    const nowMs = Date.parse(now);
    const source = new AlpacaSource({
      ...{
        feed: { kind: 'alpaca', data_feed: 'iex' },
        market,
        key,
        baseUrl,
        privateHosts: ['127.0.0.1'],
        nowMs: () => nowMs,
      },
      pace: async () => undefined,
      onLater: async () => undefined,
    });
    const pieces: BarColumns[] = [];
    const query = { symbol: market === 'US' ? 'AAPL' : 'BTC/USD', timeframe, fromMs: Date.parse(from), toMs: nowMs };
    for await (const piece of source.getBars(query)) pieces.push(piece);
    return pieces.flatMap((bars) =>
      Array.from(
        bars.openTimeMs,
        (ms, i) =>
          `${new Date(ms).toISOString().slice(0, 16)} ${bars.open[i]} ${bars.high[i]} ${bars.low[i]} ${bars.close[i]} ${bars.volume[i]}`,
      ),
    );
  };

  it('follow the tokens of its pages and are stamped by the date of the market', async () => {
    const day = (t: string) => ({ t, o: 1, h: 2, l: 1, c: 2, v: 9 });
    pages = {
      '': { bars: [day('2026-10-30T04:00:00Z')], next_page_token: 'two' },
      two: { bars: [day('2026-11-02T05:00:00Z'), day('2026-11-03T05:00:00Z')], next_page_token: null },
    };
    expect(await read('1d', '2026-10-30', '2026-11-03T20:00:00Z')).toEqual([
      '2026-10-30T00:00 1 2 1 2 9',
      '2026-11-02T00:00 1 2 1 2 9',
    ]);
    expect(asked.map(({ url }) => [url.pathname, url.searchParams.get('page_token')])).toEqual([
      ['/v2/stocks/AAPL/bars', null],
      ['/v2/stocks/AAPL/bars', 'two'],
    ]);
    expect(Object.fromEntries(asked[0]!.url.searchParams)).toMatchObject({
      timeframe: '1Day',
      feed: 'iex',
      adjustment: 'raw',
    });
    expect(asked[0]!.key).toBe('secret');
  });

  it('by the hour begin with the session, summer and winter, half day included, without what is outside of it', async () => {
    pages = { '': { bars: halfHours('2026-10-30', 13, 16), next_page_token: null } };
    const summer = await read('1h', '2026-10-30', '2026-10-31');
    expect([summer[0], summer.at(-1), summer.length]).toEqual([
      '2026-10-30T13:30 11 22 6 13 200',
      '2026-10-30T19:30 23 33 18 24 100',
      7,
    ]);
    pages = { '': { bars: halfHours('2026-11-27', 14, 16), next_page_token: null } };
    const half = await read('1h', '2026-11-27', '2026-11-28');
    expect([half[0]!.slice(0, 16), half.at(-1), half.length]).toEqual([
      '2026-11-27T14:30',
      '2026-11-27T17:30 17 27 12 18 100',
      4,
    ]);
  });

  it('of crypto need no key', async () => {
    pages = { '': { bars: { 'BTC/USD': halfHours('2026-11-28', 0, 5) }, next_page_token: null } };
    const bars = await read('1h', '2026-11-28', '2026-11-28T02:10:00Z', { key: null, market: 'CRYPTO' });
    expect(bars.map((bar) => bar.slice(0, 16))).toEqual(['2026-11-28T00:00', '2026-11-28T01:00']);
    await expect(read('1d', '2026-11-28', '2026-11-29', { key: null })).rejects.toThrow('alpaca needs a key');
  });

  it('are refused where the answer has none', async () => {
    pages = { '': { message: 'forbidden' } };
    await expect(read('1d', '2026-11-02', '2026-11-04')).rejects.toThrow(
      'alpaca gave no list of bars: {"message":"forbidden"}',
    );
  });
});
