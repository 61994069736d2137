import * as testing from '@assay/testing';
import { priceStrategy } from '../../test/documents';
import type { TestUser, TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';

jest.setTimeout(90_000);

interface Row {
  actor_id: string | null;
  action: string;
  subject: string;
  facts: Record<string, unknown>;
}

describe('the audit of deployments and accounts', () => {
  let trade: TradeStack;
  let admin: TestUser;
  let id: string;
  let accountId: string;

  const audit = async (user = trade.owner, query = ''): Promise<Row[]> =>
    (await trade.call('GET', `/auth/audit${query}`, undefined, { user })).body.items;
  const actions = async (user?: TestUser, query?: string): Promise<string[]> =>
    (await audit(user, query)).map(({ action }) => action).reverse();
  const version = async (): Promise<number> => (await trade.call('GET', `/deployments/${id}`)).body.version;
  const patch = async (body: object) =>
    trade.call('PATCH', `/deployments/${id}`, body, { headers: { 'if-match': `"${await version()}"` } });

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    admin = await testing.createTestUser(trade.database.url, 'admin', ['admin']);
    const dates = sessionsBefore('US', '2024-06-01', 12);
    await storeBars(trade.sql, { symbol: 'AUD', dates, closes: dates.map((_, i) => 100 + i) });
    accountId = (await trade.call('POST', '/accounts', { broker: 'PAPER', name: 'Mine' })).body.account_id;
    const { body } = await trade.call('POST', '/strategies', priceStrategy('AUD'));
    const document = { strategy_id: body.strategy_id, broker: 'PAPER', ticker: 'AUD', qty: '2', account_id: accountId };
    id = (await trade.call('POST', '/deployments', document)).body.deployment_id;
  });
  afterAll(() => trade?.close());

  it('keeps each act once, with what it changed, and nothing of a request that changes nothing or is refused', async () => {
    const headers = { 'idempotency-key': 'one-run' };
    for (let i = 0; i < 2; i += 1) await trade.call('POST', `/deployments/${id}/run`, undefined, { headers });
    for (let i = 0; i < 2; i += 1) expect((await patch({ status: 'paused' })).status).toBe(200);
    expect((await patch({ status: 'active' })).status).toBe(200);
    const limits = { risk_limits: { max_position_usd: 500 }, qty: '3' };
    for (let i = 0; i < 2; i += 1) expect((await patch(limits)).status).toBe(200);
    expect((await patch({ qty: '-1' })).status).toBe(422);
    for (let i = 0; i < 2; i += 1) {
      const halt = { trading_state: 'HALTED', reason: 'a drill' };
      expect((await trade.call('POST', `/accounts/${accountId}/trading-state`, halt)).status).toBe(200);
    }
    expect((await trade.call('POST', `/deployments/${id}/flatten`)).status).toBe(202);
    for (let i = 0; i < 2; i += 1) expect((await trade.call('DELETE', `/deployments/${id}`)).status).toBe(200);
    expect(await actions()).toEqual([
      ...['account.created', 'deployment.created', 'deployment.run_asked', 'deployment.paused', 'deployment.resumed'],
      ...['deployment.changed', 'account.trading_state', 'deployment.flattened', 'deployment.stopped'],
    ]);
    const rows = await audit(trade.owner, '?action=deployment.');
    expect(rows.every((row) => row.subject === id && row.actor_id === trade.owner.id)).toBe(true);
    expect(rows.find(({ action }) => action === 'deployment.created')!.facts).toEqual({
      ...{ ticker: 'AUD', broker: 'PAPER', paper: true, qty: '2', account_id: accountId },
    });
    expect(rows.find(({ action }) => action === 'deployment.changed')!.facts.changes).toMatchObject({
      qty: { from: '2', to: '3' },
      'risk_limits.max_position_usd': { to: 500 },
    });
  });

  it('is seen by whose it is and by administrators, what the service did by itself too', async () => {
    await trade.sql.query(
      `INSERT INTO ops.audit (id, actor_id, action, subject, facts) VALUES (gen_random_uuid(), NULL, 'account.trading_state', $1, $2)`,
      [accountId, { owner_id: trade.owner.id }],
    );
    expect((await audit(trade.owner, '?action=account.')).map(({ actor_id }) => actor_id)).toContain(null);
    expect((await audit(trade.owner, '?mine=true&action=account.')).map(({ actor_id }) => actor_id)).not.toContain(
      null,
    );
    expect(await actions(trade.other)).toEqual([]);
    expect(await actions(admin, '?action=deployment.')).toHaveLength(7);
  });

  it('is rolled back with an act that fails', async () => {
    const before = await actions(admin);
    const taken = { broker: 'PAPER', name: 'Again', account_id: accountId };
    expect((await trade.call('POST', '/accounts', taken)).status).toBe(409);
    expect(await actions(admin)).toEqual(before);
  });
});
