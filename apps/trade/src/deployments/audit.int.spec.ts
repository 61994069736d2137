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
    const same = { risk_limits: { max_position_usd: '500.0' }, qty: '3.00', rebalance_band: 0 };
    expect((await patch(same)).status).toBe(200);
    expect((await patch({ qty: '-1' })).status).toBe(422);
    for (let i = 0; i < 2; i += 1) {
      const halt = { trading_state: 'HALTED', reason: 'a drill' };
      expect((await trade.call('POST', `/accounts/${accountId}/trading-state`, halt)).status).toBe(200);
    }
    expect((await trade.call('POST', `/deployments/${id}/flatten`)).status).toBe(202);
    for (let i = 0; i < 2; i += 1) expect((await trade.call('DELETE', `/deployments/${id}`)).status).toBe(200);
    expect(await actions()).toEqual([
      ...[
        'account.created',
        'strategy.stored',
        'deployment.created',
        'deployment.run_asked',
        'deployment.paused',
        'deployment.resumed',
      ],
      ...['deployment.changed', 'account.trading_state', 'deployment.stopped'],
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

  it('tells what was made from what was started, and says nothing of a flatten that had nothing to close', async () => {
    const { body: strategy } = await trade.call('POST', '/strategies', priceStrategy('AUD'), { user: admin });
    const document = { strategy_id: strategy.strategy_id, broker: 'PAPER', ticker: 'AUD', qty: '2', enabled: false };
    const made = await trade.call('POST', '/deployments', document, { user: admin });
    expect(made.status).toBe(201);
    const path = `/deployments/${made.body.deployment_id}`;
    const read = await trade.call('GET', path, undefined, { user: admin });
    expect(made.body.stale_bars).toMatchObject({ newest_bar: '2024-05-31T00:00:00.000Z' });
    expect(made.body).toEqual({
      ...read.body,
      recent_trades: undefined,
      trade_count: undefined,
      flatten_refusal: undefined,
    });
    expect(read.body.trade_count).toBe(0);
    const set = (enabled: boolean, version: number) => trade.call('PATCH', path, { enabled, version }, { user: admin });
    expect((await set(true, 1)).status).toBe(200);
    expect((await set(false, 2)).status).toBe(200);
    expect((await trade.call('POST', `${path}/flatten`, undefined, { user: admin })).status).toBe(202);
    const rows = (await audit(admin, '?mine=true&action=deployment.')).reverse();
    expect(rows.map(({ action, facts }) => [action, facts.enabled, facts.changes])).toEqual([
      ['deployment.created', false, undefined],
      ['deployment.started', undefined, undefined],
      ['deployment.switched_off', undefined, undefined],
    ]);
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
    expect(await actions(admin, '?action=deployment.')).toHaveLength(9);
  });

  it('keeps documents that are stored, revised and removed, each once', async () => {
    const document = priceStrategy('AUD');
    const { body: stored } = await trade.call('POST', '/strategies', document);
    const { strategy_id: strategyId } = stored;
    const sent = { ...document, strategy_id: strategyId };
    const renamed = { ...sent, name: 'Renamed' };
    expect((await trade.call('POST', '/strategies', sent)).status).toBe(200);
    for (let i = 0; i < 2; i += 1) expect((await trade.call('POST', '/strategies', renamed)).status).toBe(200);
    const revised = { ...renamed, trading_period: 250, version: 1 };
    expect((await trade.call('PUT', `/strategies/${strategyId}`, revised)).status).toBe(200);
    expect((await trade.call('PUT', `/strategies/${strategyId}`, revised)).status).toBe(409);
    for (let i = 0; i < 2; i += 1) expect((await trade.call('DELETE', `/strategies/${strategyId}`)).status).toBe(200);
    const rows = (await audit(trade.owner, '?action=strategy.')).filter((row) => row.subject === strategyId).reverse();
    const facts = { name: 'Renamed', revision: 1, origin: 'api' };
    expect(rows.map((row) => [row.actor_id, row.action, row.facts])).toEqual([
      [trade.owner.id, 'strategy.stored', { ...facts, name: document.name, ticker: 'AUD' }],
      [trade.owner.id, 'strategy.revised', { ...facts, changes: { name: { from: document.name, to: 'Renamed' } } }],
      [trade.owner.id, 'strategy.revised', { ...facts, revision: 2, changes: { revision: { from: 1, to: 2 } } }],
      [trade.owner.id, 'strategy.removed', { ...facts, revision: 2 }],
    ]);
  });

  it('keeps rates, order rules and ticker mappings as they were and are stated, and nothing of what is stated again', async () => {
    const ok = async (method: string, path: string, body?: unknown, user = admin) => {
      const answer = await trade.call(method, path, body, { user });
      expect([path, answer.status < 300]).toEqual([path, true]);
      return answer.body;
    };
    const rate = { currency: 'HKD', as_of: '2024-02-01' };
    for (const usd_per_unit of ['0.128', '0.1280', '0.129']) await ok('PUT', '/fx-rates', { ...rate, usd_per_unit });
    const rules = {
      ...{ broker: 'PAPER', symbol: 'AUD', market: 'US', currency: 'USD', lot: '1', tick: '0.01', min_qty: '1' },
      ...{ min_notional: '0', shortable: false },
    };
    for (const lot of ['1', '1.0', '10']) await ok('PUT', '/instruments', { ...rules, lot });
    const mapping = { data_ticker: 'AUD', broker: 'FUTU', broker_ticker: 'US.AUD', market: 'US' };
    const { ticker_mapping_id: mappingId } = await ok('POST', '/ticker-mappings', mapping);
    expect((await trade.call('POST', '/ticker-mappings', mapping, { user: admin })).status).toBe(409);
    await ok('DELETE', `/ticker-mappings/${mappingId}`);
    const rows = (await audit(admin, '?action=reference.')).reverse();
    expect(rows.every((row) => row.actor_id === admin.id)).toBe(true);
    expect(rows.map(({ action, subject, facts }) => [action, subject, facts])).toEqual([
      ['reference.rate_stated', 'HKD 2024-02-01', { ...rate, changes: { usd_per_unit: { from: null, to: '0.128' } } }],
      [
        'reference.rate_stated',
        'HKD 2024-02-01',
        { ...rate, changes: { usd_per_unit: { from: '0.128', to: '0.129' } } },
      ],
      [
        'reference.rules_stated',
        'PAPER AUD',
        { broker: 'PAPER', symbol: 'AUD', changes: expect.objectContaining({ lot: { from: null, to: '1' } }) },
      ],
      [
        'reference.rules_stated',
        'PAPER AUD',
        { broker: 'PAPER', symbol: 'AUD', changes: { lot: { from: '1', to: '10' } } },
      ],
      ['reference.mapping_added', mappingId, mapping],
      ['reference.mapping_removed', mappingId, mapping],
    ]);
  });

  it('is rolled back with an act that fails', async () => {
    const before = await actions(admin);
    const taken = { broker: 'PAPER', name: 'Again', account_id: accountId };
    expect((await trade.call('POST', '/accounts', taken)).status).toBe(409);
    expect(await actions(admin)).toEqual(before);
  });
});
