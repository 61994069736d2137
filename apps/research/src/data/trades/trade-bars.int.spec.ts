import { gzipSync } from 'node:zlib';
import type { ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const begin = Date.parse('2025-01-02T00:00:00Z');
/** A trade a second over ten minutes, as Bybit writes them: newest first, seconds with a fraction. */
const rows = Array.from({ length: 600 }, (_, i) => {
  const [price, size] = [100 + (i % 7), 2];
  const side = i % 3 === 0 ? 'Buy' : 'Sell';
  return `${begin / 1000 + i}.25,BTCUSDT,${side},${size},${price},PlusTick,x-${i},1,1,1`;
});
const HEADER = 'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional';
const csv = `${[HEADER, ...[...rows].reverse()].join('\n')}\n`;
const OCTETS = { 'content-type': 'application/octet-stream' };
const WHOLE = { market: 'CRYPTO', from: '2025-01-02', until: '2025-01-02T00:10:00Z' };

describe('POST /data/trades/bars', () => {
  const research = useResearch({ worker: false });
  let api: ResearchClient;

  beforeAll(() => ({ api } = research));

  it('answers bars of a packed file, in JSON and as CSV', async () => {
    const packed = gzipSync(csv);
    const answer = await api.send('POST', '/data/trades/bars?by=volume:100', packed, OCTETS);
    expect(answer.status).toBe(200);
    const { items, ...head } = answer.body;
    expect(head).toMatchObject({ by: 'volume:100', symbol: 'BTCUSDT', layout: 'Bybit trades', trades: 600, notes: [] });
    expect(head.repairs.map(({ code }: { code: string }) => code)).toEqual(['newest_first']);
    expect(items).toHaveLength(12);
    expect(items[0]).toMatchObject({
      ...{ open_time: '2025-01-02T00:00:00.250Z', close_time: '2025-01-02T00:00:49.250Z' },
      ...{ open: 100, high: 106, low: 100, close: 100, volume: 100, trades: 50, buy_volume: 34 },
    });
    const text = await api.send('POST', '/data/trades/bars', { by: 'ticks:100', format: 'csv', content: csv });
    expect(text.body.text.split('\n')).toHaveLength(1 + 6 + 1);
  });

  it('stores bars of time with what else the trades tell', async () => {
    const body = { by: 'time:5m', symbol: 'BTCUSDT', into: 'trades', content: csv, ...WHOLE };
    const stored = await api.send('POST', '/data/trades/bars', body);
    expect(stored.status).toBe(201);
    expect(stored.body).toMatchObject({
      ...{ source: 'trades', timeframe: '5m', inserted: 2, trades: 600, notes: [] },
      extra_columns: ['trades', 'buy_volume', 'vwap', 'dollar'],
    });
    const { items } = await api.ok('GET', '/data/bars?symbol=BTCUSDT&timeframe=5m&source=trades');
    expect(items[1]).toMatchObject({ open_time: '2025-01-02T00:05:00.000Z', volume: 600, extra: { trades: 300 } });
    expect((await api.send('POST', '/data/trades/bars', body)).body).toMatchObject({ inserted: 0, unchanged: 2 });
  });

  it.each([
    [{ content: csv }, 'by', 'required'],
    [{ by: 'dollar:1', market: 'US', content: csv }, 'market', 'not_applicable'],
    [{ by: 'dollar:1' }, 'content', 'required'],
    [{ by: 'ticks:10', symbol: 'A', into: 'x', content: csv }, 'into', 'not_applicable'],
    [{ by: 'time:1m', market: 'CRYPTO', into: 'x', content: csv }, 'symbol', 'required'],
    [{ by: 'time:1m', market: 'CRYPTO', until: '2999-01-01', content: csv }, 'until', 'past'],
    [{ by: 'time:7m', market: 'CRYPTO', content: csv }, 'by', 'bar_rule'],
    [{ by: 'ticks:10', content: csv.replace(',Buy,', ',Up,') }, 'lines[4].side', 'side'],
  ])('refuses a request, case %#', async (body, field, rule) => {
    const answer = await api.send('POST', '/data/trades/bars', body);
    expect([answer.status, answer.body.errors[0]]).toMatchObject([422, { field, rule }]);
  });

  it('reads for who may read, and stores for who may write', async () => {
    const reader = await research.as('trader', ['research:read']);
    const body = { by: 'time:1m', symbol: 'BTCUSDT', content: csv, ...WHOLE };
    expect((await reader.send('POST', '/data/trades/bars', body)).status).toBe(200);
    const refused = await reader.send('POST', '/data/trades/bars', { ...body, into: 'mine' });
    expect([refused.status, refused.body.missing_scopes]).toEqual([403, ['data:write']]);
  });
});
