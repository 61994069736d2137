import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { DataSource } from 'typeorm';
import { priceStrategy } from '../../test/documents';
import { sampleDeployment, sampleFill, sampleIntent, sampleOrder } from '../../test/sample-rows';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';
import { FillEntity } from '../records/orders/fill.entity';
import { OrderIntentEntity } from '../records/orders/order-intent.entity';
import { OrderEntity } from '../records/orders/order.entity';

jest.setTimeout(120_000);
const HOUR_MS = 3_600_000;

describe('the overview of a fleet', () => {
  let trade: TradeStack;
  let deploymentId: string;
  let accountId: string;

  const get = async (path: string, user = trade.owner) => (await trade.call('GET', path, undefined, { user })).body;
  const log = (at: Date, price: string | null): Promise<unknown> =>
    trade.sql.query(
      `INSERT INTO trade.log (log_id, deployment_id, owner_id, strategy_revision, "timestamp", action, qty, price, success, reason_code,
         message, checks, created_at) VALUES ($1, $2, $3, 1, $4, 'HOLD', 0, $5, true, 'hold', '', '[]', now())`,
      [newId(), deploymentId, trade.owner.id, at, price],
    );
  async function fill(side: 'BUY' | 'SELL', qty: string, price: string, filledAt: Date): Promise<void> {
    const em = trade.http.get(DataSource).manager;
    const deployment = sampleDeployment({ deploymentId, accountId, ownerId: trade.owner.id });
    const intent = sampleIntent(deployment, { side, qty, state: 'done' });
    const order = sampleOrder(intent);
    await em.insert(OrderIntentEntity, intent as never);
    await em.insert(OrderEntity, order as never);
    await em.insert(FillEntity, sampleFill(order, { price, fee: '1', filledAt }) as never);
  }

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    const dates = sessionsBefore('US', '2024-06-01', 12);
    await storeBars(trade.sql, { symbol: 'LST', dates, closes: dates.map((_, i) => 100 + i) });
    const { body } = await trade.call('POST', '/strategies', priceStrategy('LST'));
    const deployed = await trade.call('POST', '/deployments', {
      ...{
        strategy_id: body.strategy_id,
        portfolio: 'p',
        user: 'u',
        broker: 'PAPER',
        ticker: 'LST',
        qty: '1',
        paper: true,
      },
    });
    ({ deployment_id: deploymentId, account_id: accountId } = deployed.body);
  });
  afterAll(() => trade?.close());

  it('says nothing that it does not know', async () => {
    const { deployments, accounts, profit, has_more: more } = await get('/overview');
    expect(deployments).toHaveLength(1);
    expect(deployments[0]).toMatchObject({
      ...{ deployment_id: deploymentId, status: 'active', last_run: null, mark: null, open_orders: 0, currency: 'USD' },
      ...{ market_value: '0', profit_total: '0', profit_today: '0' },
    });
    // stored until the end of May 2024
    expect(deployments[0].stale_bars).toMatchObject({ newest_bar: '2024-05-31T00:00:00.000Z' });
    expect(accounts).toMatchObject([
      { account_id: accountId, trading_state: 'ACTIVE', cash: '1000000', start_equity: null },
    ]);
    expect([profit, more]).toEqual([[{ currency: 'USD', today: '0', total: '0' }], false]);
    expect((await get('/overview', trade.other)).deployments).toEqual([]);
  });

  it('reckons the profit of today and of all time from fills and marks, as its curve does', async () => {
    const [now, before] = [Date.now(), Date.now() - 48 * HOUR_MS];
    await log(new Date(before - HOUR_MS), '100');
    await fill('BUY', '10', '100', new Date(before));
    await log(new Date(before + HOUR_MS), '110');
    await log(new Date(now - 2), null);
    await fill('SELL', '4', '120', new Date(now - 1));
    await log(new Date(now), '112');
    await trade.sql.query(
      `INSERT INTO trade.position (deployment_id, account_id, symbol, qty, average_price, realised_pnl, fees, updated_at)
       VALUES ($1, $2, 'LST', 6, 100, 80, 2, now())`,
      [deploymentId, accountId],
    );
    const [watched] = (await get('/overview')).deployments;
    // 6 at 112 and 4 sold at 120, of 10 that were worth 110 and cost 100; a fee of 1 each time
    expect(watched).toMatchObject({
      market_value: '672',
      profit_today: '51',
      profit_total: '150',
      mark: { price: '112' },
    });
    const curve = await get(`/deployments/${deploymentId}/profit`);
    expect(curve.items.map((one: { qty: string; profit: string }) => [one.qty, one.profit])).toEqual([
      ['0', '0'],
      ['10', '99'],
      ['10', null],
      ['6', '150'],
    ]);
    const rest = await get(`/deployments/${deploymentId}/profit?from=${new Date(now - 1).toISOString()}`);
    expect(rest.items).toEqual([curve.items[3]]);
    expect(
      (await trade.call('GET', `/deployments/${deploymentId}/profit`, undefined, { user: trade.other })).status,
    ).toBe(404);
  });

  it('counts no day whose beginning has no price', async () => {
    await trade.sql.query(`DELETE FROM trade.log WHERE "timestamp" < now() - interval '1 hour'`);
    const { deployments, profit } = await get('/overview');
    expect([deployments[0].profit_today, profit[0].today, profit[0].total]).toEqual([null, null, '150']);
  });
});
