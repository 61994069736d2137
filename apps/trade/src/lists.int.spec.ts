import * as testing from '@assay/testing';
import { Client } from 'pg';
import { priceStrategy } from '../test/documents';
import type { TradeStack } from '../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../test/trade-stack';

jest.setTimeout(120_000);

describe('lists of the trade service', () => {
  let trade: TradeStack;
  let strategyId: string;

  const ok = async (method: string, path: string, body?: unknown) => {
    const answer = await trade.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const deploy = () =>
    ok('POST', '/deployments', {
      strategy_id: strategyId,
      portfolio: 'p',
      user: 'u',
      broker: 'PAPER',
      ticker: 'LST',
      qty: '1',
      paper: true,
    });

  /** How many statements the database is asked while a list is answered: the fewest of some tries, for others ask it too. */
  async function statements(path: string): Promise<number> {
    const query = jest.spyOn(Client.prototype, 'query');
    const counts: number[] = [];
    try {
      for (let i = 0; i < 4; i += 1) {
        query.mockClear();
        await ok('GET', path);
        counts.push(query.mock.calls.length);
      }
      return Math.min(...counts);
    } finally {
      query.mockRestore();
    }
  }

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    const dates = sessionsBefore('US', '2024-06-01', 12);
    await storeBars(trade.sql, { symbol: 'LST', dates, closes: dates.map((_, i) => 100 + i) });
    ({ strategy_id: strategyId } = await ok('POST', '/strategies', priceStrategy('LST')));
    await deploy();
  });
  afterAll(() => trade?.close());

  it('ask the database as often for many rows as for one', async () => {
    const lists = [
      '/deployments',
      '/accounts',
      '/strategies',
      `/strategies/${strategyId}/revisions`,
      '/ticker-mappings',
      '/overview',
    ];
    const before: number[] = [];
    for (const list of lists) before.push(await statements(list));
    for (let i = 0; i < 3; i += 1) await deploy();
    for (let i = 0; i < 3; i += 1) {
      await ok('POST', '/accounts', { broker: 'PAPER' });
      await ok('POST', '/strategies', priceStrategy('LST'));
    }
    expect((await ok('GET', '/deployments')).items).toHaveLength(4);
    const after: number[] = [];
    for (const list of lists) after.push(await statements(list));
    expect(after).toEqual(before);
  });

  it('come in pages that neither skip nor repeat a row', async () => {
    const all = (await ok('GET', '/deployments')).items.map((row: { deployment_id: string }) => row.deployment_id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { deployment_id: string }[]; next_cursor: string | null } = await ok(
        'GET',
        `/deployments?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...page.items.map((row) => row.deployment_id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(all);
  });

  it.each([
    'x',
    '2024-01-01|',
    '2024-01-01T00:00:00.000Z',
    '2024-01-01T00:00:00.000Z|x',
    '9999-99-99T00:00:00.000Z|1',
    '|',
    '%27',
  ])('refuse a cursor that no answer has given: %s', async (cursor) => {
    const [{ deployment_id: id }] = (await ok('GET', '/deployments?limit=1')).items;
    for (const path of [
      '/deployments',
      `/deployments/${id}/trades`,
      `/deployments/${id}/orders`,
      `/deployments/${id}/fills`,
    ]) {
      const { status, body } = await trade.call('GET', `${path}?cursor=${encodeURIComponent(cursor)}`);
      expect([path, status, body.errors?.[0].field]).toEqual([path, 422, 'cursor']);
    }
  });

  it('refuse numbers and times beyond what a column holds', async () => {
    const [{ deployment_id: id }] = (await ok('GET', '/deployments?limit=1')).items;
    for (const path of [
      `/strategies/${strategyId}?revision=2147483648`,
      `/strategies/${strategyId}?revision=9007199254740993`,
      '/deployments?limit=1e300',
      `/deployments/${id}/trades?from=0000-01-01T00:00:00Z`,
      `/deployments/${id}/signals?cursor=0000-01-01`,
      `/deployments/${id}/signals?cursor=0000-01-01T00:00:00.000Z`,
      `/deployments?cursor=0000-01-01T00:00:00.000Z|${id}`,
      `/deployments?cursor=2024-02-30T00:00:00.000Z|${id}`,
    ]) {
      const { status, body } = await trade.call('GET', path);
      expect([path, status, body.code]).toEqual([path, 422, 'validation_failed']);
    }
  });
});
