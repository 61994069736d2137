import * as testing from '@assay/testing';
import { priceStrategy } from '../../test/documents';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';

jest.setTimeout(90_000);

/** Midday of a Sunday, after a Saturday whose bar an import kept. */
const NOW = '2025-06-08T12:00:00Z';

describe('a series whose newest bar lies outside of the sessions', () => {
  let trade: TradeStack;
  const dates = [...sessionsBefore('US', '2025-06-07', 20), '2025-06-07'];

  beforeAll(async () => {
    testing.setClock(NOW);
    trade = await startTrade(testing);
    await storeBars(trade.sql, { symbol: 'SAT', dates, closes: dates.map((_, i) => 100 + i) });
  });
  afterAll(() => trade?.close());

  const deploy = async (more: object) => {
    const { body } = await trade.call('POST', '/strategies', priceStrategy('SAT'));
    const account = await trade.call('POST', '/accounts', { broker: 'PAPER' });
    const trading = 'replay' in more ? {} : { account_id: account.body.account_id };
    const document = { strategy_id: body.strategy_id, broker: 'PAPER', ticker: 'SAT', qty: 1, market: 'US' };
    return trade.call('POST', '/deployments', { ...document, ...trading, ...more });
  };

  it('is deployed, changed and run on the newest bar in session, and says so', async () => {
    const { status, body } = await deploy({});
    expect(status).toBe(201);
    const warning = body.warnings.find(({ code }: { code: string }) => code === 'bars_outside_sessions');
    expect(warning).toMatchObject({
      field: 'ticker',
      message:
        'the bar of SAT stamped 2025-06-07T00:00:00.000Z lies outside of the sessions of the market US: nothing is decided on it',
    });
    const path = `/deployments/${body.deployment_id}`;
    const changed = await trade.call('PATCH', path, { qty: 2, version: 1 });
    expect([changed.status, changed.body.qty]).toEqual([200, '2']);
    const dryRun = await trade.call('POST', `${path}/dry-run`);
    expect(dryRun.body).toMatchObject({ passed: true, bar_time: '2025-06-06T00:00:00.000Z' });
    expect(dryRun.body.warnings).toEqual([warning.message]);
    const asked = await trade.call('POST', `${path}/run`);
    expect(await trade.finished(asked.body.job_id)).toMatchObject({ state: 'completed', error: null });
    const signals = await trade.call('GET', `${path}/signals`);
    expect(signals.body.items.map((row: { bar_time: string }) => row.bar_time)).toEqual(['2025-06-06T00:00:00.000Z']);
    const [run] = (await trade.call('GET', `${path}/runs`)).body.items;
    expect(run).toMatchObject({ bar_close_time: '2025-06-06T20:00:00.000Z', state: 'done' });
    expect((await trade.call('GET', path)).status).toBe(200);
  });

  it('replays its clean days, and refuses the other by the field that names them', async () => {
    const replay = { start: dates[10], end: dates.at(-2) };
    const good = await deploy({ replay });
    expect(good.status).toBe(201);
    const done = await testing.eventually('the replay', async () => {
      const { body } = await trade.call('GET', `/deployments/${good.body.deployment_id}`);
      return ['completed', 'failed'].includes(body.replay.state) && body;
    });
    expect(done.replay).toMatchObject({ state: 'completed', sessions_done: 10 });
    const bad = await deploy({ replay: { ...replay, end: dates.at(-1) } });
    expect([bad.status, bad.body.errors?.[0]]).toMatchObject([422, { field: 'replay', rule: 'session_dates' }]);
  });
});
