import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { priceStrategy, seedDeployment, seedResults, seedStrategy } from '../test/documents';
import type { TradeStack } from '../test/trade-stack';
import { startTrade, storeBars } from '../test/trade-stack';

jest.setTimeout(90_000);

type Json = Record<string, unknown>;
/** What is changed, the status and code of the answer, and the field, rule and value it must name. */
type Case = [what: string, change: Json, status: number, code: string, field?: string, rule?: string, value?: unknown];

const TABLES = `SELECT (SELECT count(*) FROM bt.strategy) || '/' || (SELECT sum(version) FROM bt.strategy) || '/' ||
  (SELECT count(*) FROM bt.result) || '/' || (SELECT count(*) FROM trade.deployment) || '/' ||
  (SELECT sum(version) FROM trade.deployment) || '/' || (SELECT count(*) FROM trade.account) || '/' ||
  (SELECT coalesce(sum(version), 0) FROM trade.account) || '/' || (SELECT count(*) FROM refdata.ticker_mapping) || '/' ||
  (SELECT count(*) FROM refdata.fx_rate) || '/' || (SELECT count(*) FROM refdata.instrument) || '/' ||
  (SELECT count(*) FROM trade.outbox) || '/' || (SELECT count(*) FROM ops.job) || '/' ||
  (SELECT count(*) FROM trade.order_intent) || '/' || (SELECT count(*) FROM trade.trade_password) AS digest`;

describe('bad input is refused by name and changes nothing', () => {
  let trade: TradeStack;
  const strategyId = newId();
  const deploymentId = newId();
  let accountId: string;

  beforeAll(async () => {
    trade = await startTrade(testing, { worker: false });
    for (const symbol of ['WEAT', 'ABC']) {
      await storeBars(trade.sql, { symbol, dates: ['2024-05-30', '2024-05-31'], closes: [5, 6] });
    }
    await trade.call('POST', '/strategies', seedStrategy(strategyId));
    const deployed = await trade.call('POST', '/deployments', seedDeployment(strategyId, deploymentId));
    accountId = deployed.body.account_id;
  });
  afterAll(() => trade?.close());

  async function refused(
    method: string,
    path: string,
    body: unknown,
    expected: Case,
    headers: object = {},
  ): Promise<void> {
    const [, , status, code, field, rule, value] = expected;
    const before = (await trade.sql.query(TABLES)).rows[0];
    const answer = await trade.call(method, path, body, { headers });
    expect(answer.body).toMatchObject({ code, status, type: `urn:assay:problem:${code}` });
    expect(answer.status).toBe(status);
    expect(String(answer.headers['content-type'])).toContain('application/problem+json');
    if (field !== undefined) {
      const expectedError = { field, ...(rule ? { rule } : {}), ...(expected.length > 6 ? { value } : {}) };
      expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining(expectedError)]));
    }
    expect((await trade.sql.query(TABLES)).rows[0]).toEqual(before);
  }

  const sub = (change: Json): Json => ({
    substrategies: [{ ...(seedStrategy().substrategies as Json[])[0], ...change }],
  });
  const strategyCases: Case[] = [
    ['no ticker', { ticker: undefined }, 422, 'validation_failed', 'ticker', 'required'],
    ['an unknown field', { leverage: 3 }, 422, 'validation_failed', 'leverage', 'unknown_field', 3],
    ['an unknown indicator', sub({ indicator: 'get_macd' }), 422, 'validation_failed', 'substrategies[0].indicator'],
    [
      'an unknown signal function',
      sub({ signal_func: 'buy' }),
      422,
      'validation_failed',
      'substrategies[0].signal_func',
    ],
    ['a window of 0', sub({ window: 0 }), 422, 'validation_failed', 'substrategies[0].window', 'minimum', 0],
    ['a text as window', sub({ window: '20' }), 422, 'validation_failed', 'substrategies[0].window', 'type', '20'],
    ['an unknown conjunction', { conjunction: 'XOR' }, 422, 'validation_failed', 'conjunction'],
    ['no substrategies', { substrategies: [] }, 422, 'validation_failed', 'substrategies'],
    ['an id that is none', { strategy_id: 'abc' }, 422, 'validation_failed', 'strategy_id'],
    ['a trading period of 0', { trading_period: 0 }, 422, 'validation_failed', 'trading_period'],
  ];
  it.each(strategyCases)('POST /strategies: %s', async (...row) => {
    await refused('POST', '/strategies', { ...seedStrategy(), ...row[1] }, row as Case);
  });

  it('PUT /strategies/{id}: a stale revision, a stale row lock, neither, another id', async () => {
    const put = (body: Json, expected: Case, headers = {}) =>
      refused('PUT', `/strategies/${strategyId}`, body, expected, headers);
    const content = { ...seedStrategy(strategyId), conjunction: 'OR' };
    await put({ ...content, version: 7 }, ['', {}, 409, 'stale_version']);
    await put(content, ['', {}, 409, 'stale_version'], { 'if-match': '"9"' });
    await put({ ...content, version: undefined }, ['', {}, 428, 'precondition_required']);
    const other = newId();
    await put({ ...content, strategy_id: other }, [
      '',
      {},
      422,
      'validation_failed',
      'strategy_id',
      'equals_path',
      other,
    ]);
    await refused('PUT', `/strategies/${newId()}`, { ...content, strategy_id: undefined }, ['', {}, 404, 'not_found']);
  });

  it('DELETE /strategies/{id}: a strategy with an active deployment', async () => {
    await refused('DELETE', `/strategies/${strategyId}`, undefined, ['', {}, 409, 'active_deployments']);
  });

  const resultCases: Case[] = [
    [
      'another strategy',
      { strategy_id: deploymentId },
      422,
      'validation_failed',
      'strategy_id',
      'equals_path',
      deploymentId,
    ],
    ['a text as strategy', { strategy_id: 'abc' }, 422, 'validation_failed', 'strategy_id', 'equals_path', 'abc'],
    [
      'a range that ends before it starts',
      { data_range: { start: '2026-01-02', end: '2026-01-01' } },
      422,
      'validation_failed',
      'data_range.end',
      'not_before_start',
      '2026-01-01',
    ],
    [
      'a text as metric',
      { metrics: { sharpe_ratio: 'high' } },
      422,
      'validation_failed',
      'metrics.sharpe_ratio',
      'type',
      'high',
    ],
    ['a negative fee', { fee_bps: -1 }, 422, 'validation_failed', 'fee_bps', 'minimum', -1],
    [
      'a day of year 0',
      { data_range: { start: '0000-01-01', end: '2026-01-01' } },
      422,
      'validation_failed',
      'data_range.start',
      'format',
      '0000-01-01',
    ],
    [
      'a time without zone',
      { run_at: '2026-04-05T12:00:00' },
      422,
      'validation_failed',
      'run_at',
      'format',
      '2026-04-05T12:00:00',
    ],
    ['an unknown field', { alpha: 1 }, 422, 'validation_failed', 'alpha', 'unknown_field', 1],
    ['an unknown revision', { revision: 9 }, 404, 'not_found'],
  ];
  it.each(resultCases)('POST /strategies/{id}/results: %s', async (...row) => {
    await refused('POST', `/strategies/${strategyId}/results`, { ...seedResults(strategyId), ...row[1] }, row as Case);
  });

  const deploymentCases: Case[] = [
    ['no ticker', { ticker: undefined }, 422, 'validation_failed', 'ticker', 'required'],
    ['an unknown field', { leverage: 2 }, 422, 'validation_failed', 'leverage', 'unknown_field', 2],
    ['a negative quantity', { qty: -1 }, 422, 'validation_failed', 'qty'],
    ['no size at all', { qty: undefined }, 422, 'validation_failed', 'qty', 'required'],
    ['an unknown broker', { broker: 'NOPE' }, 422, 'validation_failed', 'broker', 'enum', 'NOPE'],
    ['an unknown market', { market: 'MARS' }, 422, 'validation_failed', 'market'],
    ['an unknown schedule', { schedule: 'weekly' }, 422, 'validation_failed', 'schedule'],
    [
      'an hourly schedule on daily bars',
      { schedule: 'hourly' },
      422,
      'validation_failed',
      'schedule',
      'timeframe',
      'hourly',
    ],
    ['a stop of 0 %', { risk_limits: { stop_loss_pct: 0 } }, 422, 'validation_failed', 'risk_limits.stop_loss_pct'],
    [
      'a replay without bars',
      { ticker: 'US.NONE', replay: { start: '2024-01-01', end: '2024-02-01' } },
      422,
      'validation_failed',
      'replay',
      'bars_exist',
    ],
    [
      'a live replay',
      { paper: false, replay: { start: '2024-01-01', end: '2024-02-01' } },
      422,
      'validation_failed',
      'replay',
      'paper_only',
    ],
    ['a symbol without bars', { ticker: 'US.NONE' }, 422, 'insufficient_data'],
    ['an unknown strategy', { strategy_id: newId() }, 404, 'not_found'],
    ['an unknown account', { account_id: newId() }, 404, 'not_found'],
    ['live without evidence', { paper: false }, 403, 'live_not_allowed'],
  ];
  it.each(deploymentCases)('POST /deployments: %s', async (...row) => {
    await refused('POST', '/deployments', { ...seedDeployment(strategyId), ...row[1] }, row as Case);
  });

  it('POST /deployments: the refusal of a broker lists those there are', async () => {
    const { body } = await trade.call('POST', '/deployments', { ...seedDeployment(strategyId), broker: 'NOPE' });
    expect(body.errors.map(({ message }: { message: string }) => message)).toEqual([
      'broker must be one of PAPER, FUTU, BYBIT, BINANCE, OKX, HYPERLIQUID, ALPACA, was "NOPE"',
    ]);
  });

  it('POST /deployments: an id that is taken', async () => {
    await refused('POST', '/deployments', seedDeployment(strategyId, deploymentId), ['', {}, 409, 'already_exists']);
  });

  it('PATCH /deployments/{id}: no version, a stale one, two different, wrong fields, live in place', async () => {
    const patch = (body: Json, expected: Case, headers = {}) =>
      refused('PATCH', `/deployments/${deploymentId}`, body, expected, headers);
    await patch({ qty: 5 }, ['', {}, 428, 'precondition_required']);
    await patch({ qty: 5, version: 9 }, ['', {}, 409, 'stale_version']);
    await patch({ qty: 5, version: 1 }, ['', {}, 400, 'version_conflict_in_request'], { 'if-match': '"2"' });
    await patch({ version: 1 }, ['', {}, 422, 'validation_failed', '', 'not_empty']);
    await patch({ qty: 0, version: 1 }, ['', {}, 422, 'validation_failed', 'qty', 'exclusive_minimum', 0]);
    await patch({ paper: false, version: 1 }, ['', {}, 422, 'validation_failed', 'paper', 'unknown_field', false]);
    await patch({ schedule: 'weekly', version: 1 }, ['', {}, 422, 'validation_failed', 'schedule']);
  });

  it('a stopped deployment cannot be changed or run', async () => {
    const created = await trade.call('POST', '/deployments', seedDeployment(strategyId));
    const id = created.body.deployment_id;
    expect((await trade.call('DELETE', `/deployments/${id}`)).body.status).toBe('stopped');
    await refused('PATCH', `/deployments/${id}`, { qty: 5, version: 2 }, ['', {}, 409, 'illegal_transition']);
    await refused('POST', `/deployments/${id}/run`, undefined, ['', {}, 409, 'illegal_transition']);
  });

  it('accounts, reference data and the trade password', async () => {
    await refused('POST', '/accounts', { broker: 'FUTU', initial_cash: '0' }, [
      '',
      {},
      422,
      'validation_failed',
      'initial_cash',
      'positive',
      '0',
    ]);
    await refused('POST', '/accounts', { broker: 'FUTU', paper: false, initial_cash: 5 }, [
      '',
      {},
      422,
      'validation_failed',
      'initial_cash',
      'paper_only',
      5,
    ]);
    await refused('POST', '/accounts', { broker: 'futu' }, [
      '',
      {},
      422,
      'validation_failed',
      'broker',
      'enum',
      'futu',
    ]);
    for (const [method, path, body] of [
      ['POST', '/accounts', { broker: 'ROBINHOOD' }],
      ['POST', '/ticker-mappings', { data_ticker: 'A', broker: 'ROBINHOOD', broker_ticker: 'US.A', market: 'US' }],
      [
        'PUT',
        '/instruments',
        {
          broker: 'ROBINHOOD',
          symbol: 'A',
          market: 'US',
          currency: 'USD',
          lot: 1,
          tick: 0.01,
          min_qty: 1,
          min_notional: 0,
          shortable: true,
        },
      ],
    ] as const) {
      const { body: problem } = await trade.call(method, path, body);
      const message = 'broker must be one of PAPER, FUTU, BYBIT, BINANCE, OKX, HYPERLIQUID, ALPACA, was "ROBINHOOD"';
      expect(problem.errors).toEqual([{ field: 'broker', rule: 'enum', value: 'ROBINHOOD', message }]);
    }
    await refused('POST', `/accounts/${accountId}/trading-state`, { trading_state: 'OFF', reason: 'x' }, [
      '',
      {},
      422,
      'validation_failed',
      'trading_state',
      'enum',
      'OFF',
    ]);
    await refused(
      'POST',
      '/ticker-mappings',
      { data_ticker: 'A', broker: 'FUTU', broker_ticker: 'US.A', market: 'MARS' },
      ['', {}, 422, 'validation_failed', 'market', 'enum', 'MARS'],
    );
    await refused('PUT', '/fx-rates', { currency: 'HKD', as_of: '2026-02-30', usd_per_unit: 1 }, [
      '',
      {},
      422,
      'validation_failed',
      'as_of',
      'date',
      '2026-02-30',
    ]);
    await refused('PUT', '/fx-rates', { currency: 'HKD', as_of: '2026-02-01', usd_per_unit: 0 }, [
      '',
      {},
      422,
      'validation_failed',
      'usd_per_unit',
      'positive',
      0,
    ]);
    await refused('PUT', '/me/trade-password', { new_password: 'short' }, [
      '',
      {},
      422,
      'validation_failed',
      'new_password',
    ]);
  });

  it('an id in the path that is no UUID, and a body that is no JSON', async () => {
    const answer = await trade.call('GET', '/deployments/abc');
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
    const broken = await trade.http.inject({
      method: 'POST',
      url: '/api/v1/deployments',
      headers: { ...trade.owner.headers, 'content-type': 'application/json' },
      payload: '{"qty":',
    });
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'malformed_json']);
  });

  it("another user's strategy, deployment and account do not exist", async () => {
    const as = { user: trade.other };
    const answers = await Promise.all([
      trade.call('GET', `/strategies/${strategyId}`, undefined, as),
      trade.call('PUT', `/strategies/${strategyId}`, seedStrategy(strategyId), as),
      trade.call('POST', '/strategies', seedStrategy(strategyId), as),
      trade.call('DELETE', `/strategies/${strategyId}`, undefined, as),
      trade.call('GET', `/strategies/${strategyId}/results`, undefined, as),
      trade.call('GET', `/deployments/${deploymentId}`, undefined, as),
      trade.call('PATCH', `/deployments/${deploymentId}`, { enabled: false }, as),
      trade.call('DELETE', `/deployments/${deploymentId}`, undefined, as),
      trade.call('GET', `/deployments/${deploymentId}/signals`, undefined, as),
      trade.call('POST', `/deployments/${deploymentId}/flatten`, undefined, as),
      trade.call('POST', '/deployments', seedDeployment(strategyId), as),
      trade.call('GET', `/accounts/${accountId}`, undefined, as),
    ]);
    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual(answers.map(() => '404 not_found'));
    expect((await trade.call('GET', '/deployments', undefined, as)).body.items).toEqual([]);
  });

  it('a short signal on an account that cannot be short', async () => {
    const account = await trade.call('POST', '/accounts', { broker: 'ALPACA', can_short: false });
    const strategy = await trade.call('POST', '/strategies', priceStrategy('ABC', false));
    const body = { strategy_id: strategy.body.strategy_id, broker: 'ALPACA', ticker: 'ABC', qty: 1, market: 'US' };
    await refused('POST', '/deployments', { ...body, account_id: account.body.account_id }, [
      '',
      {},
      422,
      'short_not_supported',
    ]);
  });
});
