import * as testing from '@assay/testing';
import { canQueryParquet, eventually, queryParquet } from '@assay/testing';
import { priceStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';

jest.setTimeout(120_000);
// When an order is sent is what is looked at, not how quick the machine is.
process.env.ASSAY_SEND_WINDOW_MS = '20000';

const MORE_SIGNALS = 2_500;

/** In, out and in again: more than one order and fill. */
const RISE_FALL_RISE = [100, 101, 102, 103, 104, 105, 103, 101, 99, 101, 103, 105];

describe('logs of a deployment as files', () => {
  let trade: TradeStack;
  let id: string;

  const exported = async (path: string): Promise<{ headers: Record<string, unknown>; bytes: Buffer }> => {
    const { status, headers, body } = await trade.call('GET', `/deployments/${id}/${path}`);
    expect(status).toBe(200);
    return { headers, bytes: body as Buffer };
  };
  const linesOf = (csv: Buffer): string[] => csv.toString('utf8').trimEnd().split('\n');
  const itemsOf = async (log: string): Promise<Record<string, any>[]> =>
    (await trade.call('GET', `/deployments/${id}/${log}?limit=10000`)).body.items;

  beforeAll(async () => {
    trade = await startTrade(testing);
    const dates = sessionsBefore('US', '2024-06-01', RISE_FALL_RISE.length);
    await storeBars(trade.sql, { symbol: 'LOG', dates, closes: dates.map((_, i) => RISE_FALL_RISE[i]!) });
    const { body: strategy } = await trade.call('POST', '/strategies', priceStrategy('LOG'));
    const { body: account } = await trade.call('POST', '/accounts', { broker: 'PAPER', market: 'US' });
    const { status, body } = await trade.call('POST', '/deployments', {
      ...{ strategy_id: strategy.strategy_id, broker: 'PAPER', ticker: 'LOG', qty: '10', paper: true },
      ...{ account_id: account.account_id, replay: { start: '2024-05-20', end: '2024-05-31' } },
    });
    expect([status, body.detail]).toEqual([201, undefined]);
    id = body.deployment_id;
    const isReplayed = async (): Promise<boolean> =>
      (await trade.call('GET', `/deployments/${id}`)).body.replay.state === 'completed';
    await eventually('the replay to end', isReplayed);
  });
  afterAll(() => trade?.close());

  it.each(['trades', 'runs', 'orders', 'fills'])('%s as CSV have what the pages have', async (log) => {
    const { headers, bytes } = await exported(`${log}/export`);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${log}_${id}.csv"`,
    });
    const [head, ...lines] = linesOf(bytes);
    const items = await itemsOf(log);
    expect(items.length).toBeGreaterThan(0);
    const plain = head!.split(',').filter((name) => !['message', 'checks', 'reason'].includes(name));
    expect(lines).toHaveLength(items.length);
    for (const [i, item] of items.entries()) {
      for (const name of plain.filter((one) => item[one] !== null)) expect(lines[i]).toContain(String(item[name]));
    }
    const span = `from=${items.at(-1)![timeOf(log)]}`;
    expect(linesOf((await exported(`${log}/export?${span}`)).bytes)).toHaveLength(
      1 + items.filter((item) => item[timeOf(log)] >= items.at(-1)![timeOf(log)]).length,
    );
  });

  it.each(['trades', 'signals', 'runs', 'orders', 'fills'])(
    '%s come newest first where that is asked for',
    async (log) => {
      const oldest = await itemsOf(log);
      const newest: unknown[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query = `order=newest&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
        const { body } = await trade.call('GET', `/deployments/${id}/${log}?${query}`);
        newest.push(...body.items);
        cursor = body.next_cursor;
      }
      expect(oldest.length).toBeGreaterThan(1);
      expect(newest).toEqual([...oldest].reverse());
      const { status, body } = await trade.call('GET', `/deployments/${id}/${log}?order=random`);
      expect([status, body.errors?.[0].field]).toEqual([422, 'order']);
    },
  );

  (canQueryParquet ? it : it.skip)('all of a long log is in one file of Parquet, amounts as text', async () => {
    const told = await itemsOf('signals');
    await trade.sql.query(
      `INSERT INTO trade.signal_log (deployment_id, bar_time, strategy_revision, evaluated_at, feature_names, feature_values,
         prediction, signal, weight, decision, reason)
       SELECT $1, timestamptz '2000-01-01' + n * interval '1 hour', 1, now(), ARRAY['late'], ARRAY[n / 3.0]::float8[],
         'NaN', 0, 0, 'keep', NULL FROM generate_series(1, $2::int) AS n`,
      [id, MORE_SIGNALS],
    );
    const { headers, bytes } = await exported('signals/export?format=parquet');
    expect(headers['content-type']).toBe('application/vnd.apache.parquet');
    const rows = await queryParquet(bytes, (table) => `SELECT * FROM ${table} ORDER BY bar_time`);
    expect(rows).toHaveLength(MORE_SIGNALS + told.length);
    expect(rows.slice(0, MORE_SIGNALS).map((row) => [row['features.late'], row.prediction])).toEqual(
      Array.from({ length: MORE_SIGNALS }, (_, i) => [(i + 1) / 3, null]),
    );
    expect(rows.slice(MORE_SIGNALS).map((row) => [row['features.late'], row.signal, row.weight])).toEqual(
      told.map((row) => [null, row.signal, row.weight]),
    );
    const fills = await queryParquet(
      (await exported('fills/export?format=parquet')).bytes,
      (table) => `SELECT fill_id, qty, price, fee, epoch_ms(filled_at)::DOUBLE AS filled_at FROM ${table}`,
    );
    expect(fills).toEqual(
      (await itemsOf('fills')).map(({ fill_id, qty, price, fee, filled_at }) => ({
        ...{ fill_id, qty, price, fee },
        filled_at: Date.parse(filled_at),
      })),
    );
  });

  it.each<[string, number, string | undefined]>([
    ['secrets/export', 422, 'log'],
    ['trades/export?format=json', 422, 'format'],
    ['trades/export?from=yesterday', 422, 'from'],
    ['trades/export?limit=5', 422, 'limit'],
  ])('%s is refused with %i', async (path, status, field) => {
    const answer = await trade.call('GET', `/deployments/${id}/${path}`);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field]);
  });

  it.each(['trades', 'signals', 'runs', 'orders', 'fills'])('%s of another user are not there', async (log) => {
    const answer = await trade.call('GET', `/deployments/${id}/${log}/export`, undefined, { user: trade.other });
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });
});

const timeOf = (log: string): string =>
  ({ trades: 'timestamp', runs: 'bar_close_time', orders: 'sent_at', fills: 'filled_at' })[log]!;
