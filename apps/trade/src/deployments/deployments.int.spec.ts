import { RISK_CHECKS } from '@assay/domain';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import type { TradeStack } from '../../test/trade-stack';
import { sessionsBefore, startTrade, storeBars } from '../../test/trade-stack';
import { priceStrategy, seedDeployment, seedResults, seedStrategy } from '../../test/documents';
import { RunService } from '../runs/run.service';

jest.setTimeout(90_000);

describe('the documents of the trade API', () => {
  let trade: TradeStack;
  const strategyId = newId();
  const deploymentId = newId();

  beforeAll(async () => {
    trade = await startTrade(testing);
    const dates = sessionsBefore('US', '2024-06-01', 30);
    for (const symbol of ['WEAT', 'TAG']) {
      await storeBars(trade.sql, { symbol, dates, closes: dates.map((_, i) => 100 + i) });
    }
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => trade?.close());

  it('the strategy example is accepted as it stands, with its resolutions as warnings', async () => {
    const created = await trade.call('POST', '/strategies', seedStrategy(strategyId));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...seedStrategy(strategyId), revision: 1, version: 1, active: true });
    expect(created.body.warnings.map((w: { code: string }) => w.code)).toEqual(
      expect.arrayContaining(['band_resolved_to_bounded']),
    );
  });

  it("created_at is the document's as it was sent, registered_at the time it was stored", async () => {
    const sent = { ...priceStrategy('WHEN'), created_at: '2026-04-05T14:00:00+02:00' };
    const before = Date.now();
    const { strategy_id: id } = (await trade.call('POST', '/strategies', sent)).body;
    const { body } = await trade.call('GET', `/strategies/${id}`);
    expect(body.created_at).toBe(sent.created_at);
    expect(Date.parse(body.registered_at)).toBeGreaterThanOrEqual(before);
    const stored = await trade.sql.query('SELECT config_json FROM bt.strategy WHERE strategy_id = $1', [id]);
    expect(stored.rows[0].config_json.created_at).toBe(sent.created_at);
    const { body: without } = await trade.call('POST', '/strategies', priceStrategy('WHEN'));
    expect(without.created_at).toBe(without.registered_at);
  });

  it('the results example is stored and comes back with the strategy', async () => {
    const stored = await trade.call('POST', `/strategies/${strategyId}/results`, seedResults(strategyId));
    expect(stored.status).toBe(201);
    const { body } = await trade.call('GET', `/strategies/${strategyId}`);
    expect(body.latest_results).toMatchObject({
      ...seedResults(strategyId),
      revision: 1,
      run_at: '2026-04-05T12:00:00.000Z',
    });
  });

  it('the results example may keep its example id, since the path names the strategy', async () => {
    const sent = { ...seedResults(strategyId), strategy_id: 'links-to-strategy-config' };
    const stored = await trade.call('POST', `/strategies/${strategyId}/results`, sent);
    expect(stored.status).toBe(201);
    expect(stored.body.strategy_id).toBe(strategyId);
  });

  it('a strategy, a deployment and an account come with an ETag that If-None-Match and If-Match take', async () => {
    const { strategy_id: id } = (await trade.call('POST', '/strategies', priceStrategy('TAG'))).body;
    const path = `/strategies/${id}`;
    const read = await trade.call('GET', path);
    const tag = String(read.headers.etag);
    expect(tag).toMatch(new RegExp(`^"${read.body.row_version}-[0-9a-f]+"$`));
    const unchanged = await trade.call('GET', path, undefined, { headers: { 'if-none-match': tag } });
    expect([unchanged.status, unchanged.body]).toEqual([304, null]);
    // Results change what is answered without a new version of the strategy.
    await trade.call('POST', `${path}/results`, seedResults(id));
    expect((await trade.call('GET', path, undefined, { headers: { 'if-none-match': tag } })).status).toBe(200);
    const renamed = { ...priceStrategy('TAG'), name: 'renamed' };
    const written = await trade.call('PUT', path, renamed, { headers: { 'if-match': tag } });
    expect([written.status, written.body.row_version]).toEqual([200, read.body.row_version + 1]);
    const stale = await trade.call('PUT', path, renamed, { headers: { 'if-match': tag } });
    expect([stale.status, stale.body.code]).toEqual([409, 'stale_version']);

    const account = (await trade.call('POST', '/accounts', { broker: 'PAPER' })).body;
    const body = {
      strategy_id: id,
      account_id: account.account_id,
      broker: 'PAPER',
      ticker: 'TAG',
      qty: 1,
      market: 'US',
    };
    const deployment = (await trade.call('POST', '/deployments', body)).body;
    for (const other of [`/accounts/${account.account_id}`, `/deployments/${deployment.deployment_id}`]) {
      const first = await trade.call('GET', other);
      const headers = { 'if-none-match': String(first.headers.etag) };
      expect((await trade.call('GET', other, undefined, { headers })).status).toBe(304);
    }
  });

  it('the deployment example is accepted as it stands where its bars are stored, and judges them as a dry run does', async () => {
    testing.setClock('2025-06-04T12:00:00Z');
    const created = await trade.call('POST', '/deployments', seedDeployment(strategyId, deploymentId));
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      deployment_id: deploymentId,
      status: 'active',
      sync: 'in_sync',
      enabled: true,
    });
    expect(created.body.warnings.map((w: { code: string }) => w.code)).toEqual(
      expect.arrayContaining([
        'ticker_differs',
        'no_ticker_mapping',
        'trading_period_differs',
        'limits_not_backtested',
      ]),
    );
    const dryRun = await trade.call('POST', `/deployments/${deploymentId}/dry-run`);
    const { status, body } = await trade.call('POST', `/deployments/${deploymentId}/run`);
    expect(status).toBe(202);
    expect(await trade.finished(body.job_id)).toMatchObject({ state: 'completed', error: null });
    const log = await trade.call('GET', `/deployments/${deploymentId}/trades`);
    expect(log.body.items).toHaveLength(1);
    expect(log.body.items[0]).toMatchObject({ action: 'REJECTED', reason_code: 'stale_data', success: false });
    expect(log.body.items[0].checks).toHaveLength(RISK_CHECKS.length);
    expect(dryRun.body).toMatchObject({ passed: false, bar_time: '2024-05-31T00:00:00.000Z' });
    expect(dryRun.body.steps.find((step: { passed: boolean }) => !step.passed)).toEqual({
      step: 'data',
      passed: false,
      detail: log.body.items[0].message,
    });
    const { body: state } = await trade.call('GET', `/deployments/${deploymentId}`);
    expect(state.recent_trades).toEqual(log.body.items);
  });

  it('a symbol without bars is refused, and nothing is made', async () => {
    const count = async () => (await trade.sql.query('SELECT count(*)::int AS n FROM trade.deployment')).rows[0].n;
    const before = await count();
    const { strategy_id } = (await trade.call('POST', '/strategies', priceStrategy('NOWHERE'))).body;
    const body = { strategy_id, broker: 'PAPER', ticker: 'NOWHERE', qty: 1, market: 'US' };
    const refused = await trade.call('POST', '/deployments', body);
    expect([refused.status, refused.body.code]).toEqual([422, 'insufficient_data']);
    expect(refused.body.detail).toBe(
      'no 1d bars of NOWHERE are stored: import them first, or name the ticker they are stored under',
    );
    expect(await count()).toBe(before);
  });

  it('a symbol that several sources have is refused until the document states one, and that one is traded', async () => {
    const dates = sessionsBefore('US', '2024-06-01', 30);
    for (const [source, days] of [
      ['many', dates],
      ['few', dates.slice(-5)],
    ] as const)
      await storeBars(trade.sql, { symbol: 'TWO', source, dates: [...days], closes: days.map((_, i) => 100 + i) });
    const { strategy_id } = (await trade.call('POST', '/strategies', priceStrategy('TWO'))).body;
    const body = { strategy_id, broker: 'PAPER', ticker: 'TWO', qty: 1, market: 'US', schedule: 'manual' };
    const refused = await trade.call('POST', '/deployments', body);
    const message = 'source must be one of few, many, because several have TWO 1d, was missing';
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ field: 'source', rule: 'required', value: null, message }],
    ]);
    const unknown = await trade.call('POST', '/deployments', { ...body, source: 'none' });
    expect([unknown.status, unknown.body.detail]).toEqual([
      422,
      expect.stringContaining('no 1d bars of TWO from none are stored'),
    ]);
    const deployed = await trade.call('POST', '/deployments', { ...body, source: 'few' });
    expect([deployed.status, deployed.body.history_anchor]).toEqual([
      201,
      { source: 'few', adjustment: 'none', first_bar: `${dates.at(-5)}T00:00:00.000Z` },
    ]);
    const { bar_time } = (await trade.call('POST', `/deployments/${deployed.body.deployment_id}/dry-run`)).body;
    expect(bar_time).toBe(`${dates.at(-1)}T00:00:00.000Z`);
  });

  it('bars that were made up are warned about', async () => {
    const dates = sessionsBefore('US', '2024-06-01', 30);
    await storeBars(trade.sql, { symbol: 'MADE', dates, closes: dates.map((_, i) => 100 + i), synthetic: true });
    const { strategy_id } = (await trade.call('POST', '/strategies', priceStrategy('MADE'))).body;
    const body = { strategy_id, broker: 'FUTU', ticker: 'MADE', qty: 1, market: 'US' };
    const { warnings } = (await trade.call('POST', '/deployments', body)).body;
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'synthetic_bars', data_symbol: 'MADE' }));
  });

  it('a bar that has not closed is warned about, and no dry run sees it', async () => {
    testing.setClock('2025-06-04T12:00:00Z');
    const dates = [...sessionsBefore('CRYPTO', '2025-06-04', 5), '2025-06-04'];
    await storeBars(trade.sql, { symbol: 'OPEN', market: 'CRYPTO', dates, closes: [1, 2, 3, 4, 5, 6] });
    const { strategy_id } = (await trade.call('POST', '/strategies', { ...priceStrategy('OPEN'), trading_period: 365 }))
      .body;
    const body = { strategy_id, broker: 'FUTU', ticker: 'OPEN', qty: 1, market: 'CRYPTO', schedule: 'manual' };
    const deployed = (await trade.call('POST', '/deployments', body)).body;
    const unclosed = deployed.warnings.find(({ code }: { code: string }) => code === 'unclosed_bars');
    expect(unclosed.message).toContain('the bar of OPEN that opened at 2025-06-04T00:00:00.000Z is left out');
    const dryRun = await trade.call('POST', `/deployments/${deployed.deployment_id}/dry-run`);
    expect(dryRun.body).toMatchObject({ passed: true, price: '5', warnings: [unclosed.message] });
  });

  it('a dry run does not pass on a history that the run would refuse as changed', async () => {
    testing.setClock('2025-06-04T12:00:00Z');
    const dates = sessionsBefore('CRYPTO', '2025-06-04', 5);
    await storeBars(trade.sql, { symbol: 'MEND', market: 'CRYPTO', dates, closes: [1, 2, 3, 4, 5] });
    const { strategy_id } = (await trade.call('POST', '/strategies', { ...priceStrategy('MEND'), trading_period: 365 }))
      .body;
    const body = { strategy_id, broker: 'FUTU', ticker: 'MEND', qty: 1, market: 'CRYPTO', schedule: 'manual' };
    const { deployment_id: deploymentId } = (await trade.call('POST', '/deployments', body)).body;
    await trade.http.get(RunService).run({ deploymentId, clock: { nowMs: () => Date.now() }, trigger: 'manual' });
    await trade.sql.query(`UPDATE trade.deployment SET adjustment = 'none' WHERE deployment_id = $1`, [deploymentId]);
    await trade.sql.query('UPDATE trade.evaluator_state SET last_close = 6 WHERE deployment_id = $1', [deploymentId]);
    const { passed, steps } = (await trade.call('POST', `/deployments/${deploymentId}/dry-run`)).body;
    const detail = 'the close of the newest evaluated bar must be 6, was 5';
    expect([passed, steps.find(({ step }: { step: string }) => step === 'data')]).toEqual([
      false,
      { step: 'data', passed: false, detail },
    ]);
  });

  it('a threshold that no stored bar reaches is a warning, and limits are one though they were not sent', async () => {
    const dates = sessionsBefore('US', '2024-06-01', 30);
    await storeBars(trade.sql, { symbol: 'CALM', dates, closes: dates.map((_, i) => 100 + (i % 3)) });
    const draft = priceStrategy('CALM') as { substrategies: object[] };
    const substrategies = [{ ...draft.substrategies[0], signal: 0.5 }];
    const deployed = async (document: object) => {
      const strategy = await trade.call('POST', '/strategies', document);
      const { strategy_id } = strategy.body;
      const body = { strategy_id, broker: 'FUTU', ticker: 'CALM', qty: '1', market: 'US', schedule: 'manual' };
      return (await trade.call('POST', '/deployments', body)).body.warnings;
    };
    const limits = expect.objectContaining({
      code: 'limits_not_backtested',
      limits: expect.objectContaining({ max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: null }),
      origins: { max_position_usd: 'default', max_daily_trades: 'default', stop_loss_pct: 'none' },
    });
    const stop = expect.objectContaining({ code: 'no_stop_loss', field: 'risk_limits.stop_loss_pct' });
    expect(await deployed({ ...draft, substrategies })).toEqual([
      limits,
      stop,
      expect.objectContaining({ code: 'never_fires', field: 'substrategies[0].signal' }),
    ]);
    expect(await deployed(draft)).toEqual([limits, stop]);
    const own = { ...draft, protection: { trailing_stop: { percent: 5 } } };
    expect(await deployed(own)).toEqual([
      expect.objectContaining({ origins: expect.objectContaining({ stop_loss_pct: 'strategy' }) }),
    ]);
  });

  it('a change is answered with the warnings that a new deployment of the changed document would get', async () => {
    const dates = sessionsBefore('US', '2024-06-01', 30);
    const draft = priceStrategy('LATE') as { substrategies: object[] };
    const substrategies = [{ ...draft.substrategies[0], signal: 0.5 }];
    const strategy = await trade.call('POST', '/strategies', { ...draft, substrategies });
    const { strategy_id } = strategy.body;
    const document = { strategy_id, broker: 'FUTU', ticker: 'LATE', qty: '1', market: 'US', schedule: 'manual' };
    const codes = (body: { warnings: { code: string }[] }) => body.warnings.map(({ code }) => code);
    await storeBars(trade.sql, { symbol: 'LATE', dates: dates.slice(0, 2), closes: [1, 100] });
    const created = await trade.call('POST', '/deployments', document);
    expect(codes(created.body)).toEqual(['limits_not_backtested', 'no_stop_loss']);
    const path = `/deployments/${created.body.deployment_id}`;

    await storeBars(trade.sql, { symbol: 'LATE', dates, closes: dates.map((_, i) => 100 + (i % 3)) });
    const resized = await trade.call('PATCH', path, { version: 1, qty: '2' });
    expect(codes(resized.body)).toEqual(['limits_not_backtested', 'no_stop_loss', 'never_fires']);

    const risk_limits = { stop_loss_pct: 3 };
    const limited = await trade.call('PATCH', path, { version: 2, risk_limits });
    const anew = await trade.call('POST', '/deployments', { ...document, risk_limits });
    expect(limited.body.warnings).toEqual(anew.body.warnings);
    expect(limited.body.warnings[0]).toMatchObject({ code: 'limits_not_backtested', limits: { stop_loss_pct: 3 } });
    expect(limited.body.risk_limits).toEqual(anew.body.risk_limits);

    const later = await trade.call('PATCH', path, { version: 3, qty: '3' });
    expect(later.body.warnings).toEqual(anew.body.warnings);
    const stopped = await trade.call('PATCH', path, { enabled: false });
    expect(stopped.body.warnings).toEqual(anew.body.warnings);
    expect((await trade.call('GET', path)).body.warnings).toEqual(anew.body.warnings);
  });
});
