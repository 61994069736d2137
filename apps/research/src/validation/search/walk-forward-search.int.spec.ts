import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../../../../cli/src/fixtures/in-process';
import { backtest, importMarket, randomMarketCsv, type ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const MARKET = { bars: 700, seed: 3 };
const WINDOW = 'substrategies.0.window';
const SIGNAL = 'substrategies.0.signal';
const PARAMS = [
  { path: WINDOW, range: '10:50:10' },
  { path: SIGNAL, values: [0, 0.01] },
];
const CELLS = 10;

const documentOf = (id: number) => ({
  strategy_id: `018f3c1e-7b1a-7000-8000-00000000020${id}`,
  ...{ name: 'searched', version: 1, ticker: 'SAME', conjunction: 'AND', trading_period: 252 },
  substrategies: [
    { id: 1, indicator: 'get_sma', signal_func: 'momentum_band_signal', window: 30, signal: 0.01, data_column: 'v' },
  ],
});

describe('a walk-forward over a space of parameters', () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-search-'));
  const path = (name: string): string => join(directory, name);
  const research = useResearch();
  let api: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'SAME', MARKET);
    writeFileSync(path('bars.csv'), randomMarketCsv(MARKET));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const imported = async (id: number, client = api): Promise<string> => {
    const document = documentOf(id);
    await client.ok('POST', '/strategies/import', { source: 'test', ...document });
    await backtest(client, document.strategy_id);
    return document.strategy_id;
  };
  const search = (id: string, more: object = {}): Promise<Record<string, any>> =>
    api.result('/validation/walk-forward', { strategy_id: id, params: PARAMS, ...more });
  const trialsOf = async (id: string): Promise<number> =>
    (await api.ok('GET', `/experiments?strategy_id=${id}&limit=1000`)).items.length;

  async function cli(id: number, ...flags: string[]): Promise<Record<string, any>> {
    writeFileSync(path('strategy.json'), JSON.stringify(documentOf(id)));
    const files = ['--bars', path('bars.csv'), '--strategy', path('strategy.json')];
    const params = ['--param', `${WINDOW}=10:50:10`, '--param', `${SIGNAL}=0:0.01:0.01`];
    const { code, out, err } = await call('walk-forward', ...files, ...params, ...flags, '--json');
    if (code !== 0) throw new Error(err);
    return JSON.parse(out);
  }

  it.each<[string, object, string[]]>([
    ['as it is', {}, []],
    [
      'anchored, in three folds, by the plateau',
      { kind: 'anchored', folds: 3, by: 'plateau' },
      ['--kind', 'anchored', '--folds', '3', '--select', 'plateau'],
    ],
    ['by a metric of trades', { by: 'profit_factor' }, ['--select', 'profit_factor']],
    [
      'over cells drawn by a seed',
      { search: { method: 'random', samples: 4, seed: 9 } },
      ['--search', 'random', '--samples', '4', '--seed', '9'],
    ],
  ])('has the numbers that the command line has: %s', async (_, body, flags) => {
    const id = documentOf(1).strategy_id;
    if ((await api.send('GET', `/strategies/${id}`)).status === 404) await imported(1);
    const there = await search(id, body);
    const here = await cli(1, ...flags);
    for (const part of ['stability', 'best', 'walk_forward', 'summary', 'scored_from'])
      expect([part, there[part]]).toMatchObject([part, here[part]]);
    expect(there.stitched.metrics).toEqual(here.stitched.metrics);
    expect(there.folds.map(({ train: _train, test: _test, ...fold }: any) => fold)).toEqual(
      here.folds.map(({ train: _a, test: _b, train_dates: _c, test_dates: _d, ...fold }: any) => fold),
    );
    expect(there.folds.map(({ test }: any) => test.map((time: string) => time.slice(0, 10)))).toEqual(
      here.folds.map(({ test_dates: dates }: any) => dates.map((time: string) => time.slice(0, 10))),
    );
    const { times, strategy, buy_and_hold: hold } = there.stitched.course;
    expect([strategy.length, hold.length]).toEqual([times.length, times.length]);
    expect(strategy.at(-1) - 1).toBeCloseTo(there.stitched.metrics.total_return, 10);
  });

  it('counts every cell as a trial of the strategy, under the identity that a sweep gives it', async () => {
    const id = await imported(2);
    // the backtest's configuration is none of the cells with another signal, and one of them with its own
    expect(await trialsOf(id)).toBe(1);
    const first = await search(id);
    expect(first.trials).toBe(CELLS);
    const { items } = await api.ok('GET', `/experiments?strategy_id=${id}&origin=walk_forward&limit=100`);
    expect(items).toHaveLength(CELLS - 1);
    expect((await search(id, { kind: 'expanding' })).trials).toBe(CELLS);
    const swept = await api.result('/backtests/sweep', { strategy_id: id, params: PARAMS });
    expect(swept.trials).toBe(CELLS);
    const [{ params, metrics }] = items;
    const row = (swept.rows as number[][]).find((one) => one[0] === params[WINDOW] && one[1] === params[SIGNAL])!;
    expect(metrics).toMatchObject({ total_return: row[2], sharpe_ratio: row[3], max_drawdown: row[4] });
    const { ledger } = await api.ok('GET', `/validation/strategies/${id}`);
    expect(ledger.now.trials).toBe(CELLS);
  });

  it('stands beside the evidence of the gates and is none of it', async () => {
    const id = await imported(3);
    await api.result('/validation/walk-forward', { strategy_id: id });
    const before = await api.ok('GET', `/validation/strategies/${id}`);
    expect(before.walk_forward.result.summary.ratio_tells).toBe('regime_change');
    const found = await search(id);
    const after = await api.ok('GET', `/validation/strategies/${id}`);
    expect(after.walk_forward).toEqual(before.walk_forward);
    expect(after.gates).toEqual(before.gates);
    expect(after.walk_forward_search).toMatchObject({ status: 'completed', kind: 'walk_forward_search' });
    expect(after.walk_forward_search.result.summary).toEqual(found.summary);
    expect(found.summary.ratio_tells).toBe('selection');
    expect(found.walk_forward).toEqual({
      ...{ best_window: found.best.params[WINDOW], best_signal: found.best.params[SIGNAL] },
      ...{ is_sharpe: found.summary.mean_is_sharpe, oos_sharpe: found.summary.mean_oos_sharpe },
      overfitting_ratio: found.summary.overfitting_ratio,
    });
  });

  it('counts the trials in the gates that are judged after it', async () => {
    const id = await imported(4);
    await search(id);
    await api.result('/validation/walk-forward', { strategy_id: id });
    const { ledger } = await api.ok('GET', `/validation/strategies/${id}`);
    expect(ledger.as_judged.trials).toBe(CELLS);
  });

  it.each<[string, object, string, string]>([
    [
      'a path that leads nowhere',
      { params: [{ path: 'substrategies.0.nothing', values: [1] }] },
      'params[0].path',
      'substrategies.0.nothing',
    ],
    ['a cell too many', { params: [{ path: WINDOW, range: '2:5002' }] }, 'params[0].range', '5000'],
    ['cells that are not documents', { params: [{ path: WINDOW, values: [0, 5] }] }, '', 'cell 0'],
    ['samples of nothing', { search: { method: 'random' } }, 'search.samples', 'random'],
    ['more samples than cells', { search: { method: 'random', samples: 99 } }, 'search.samples', '10 cells'],
    ['a seed of every cell', { search: { method: 'exhaustive', seed: 2 } }, 'search.seed', 'random'],
    ['a search that goes by what it finds', { search: { method: 'tpe', samples: 3 } }, 'search.method', 'exhaustive'],
    ['a metric that has no better value', { by: 'trade_count' }, 'by', 'plateau'],
    ['another currency', { account_currency: 'EUR', fx: { symbol: 'SAME' } }, 'fx', 'params'],
    ['a metric without a space', { params: undefined, by: 'plateau' }, 'by', 'params'],
    ['a scheme that is none', { kind: 'sliding' }, 'kind', 'rolling, expanding, anchored'],
  ])('refuses %s, and tries nothing', async (_, body, field, told) => {
    const id = documentOf(5).strategy_id;
    if ((await api.send('GET', `/strategies/${id}`)).status === 404) await imported(5);
    const answer = await api.send('POST', '/validation/walk-forward', { strategy_id: id, params: PARAMS, ...body });
    let { body: problem } = answer;
    if (field === '') {
      // the documents of the cells are read by the job
      ({ error: problem } = await api.ended(answer.body.job_id));
      const { walk_forward_search: run } = await api.ok('GET', `/validation/strategies/${id}`);
      expect([run.status, run.error.code]).toEqual(['failed', 'validation_failed']);
    } else {
      expect([answer.status, problem.errors?.[0]?.field]).toEqual([expect.any(Number), field]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    expect(JSON.stringify(problem)).toContain(told);
    expect(await trialsOf(id)).toBe(1);
  });

  it('needs bars enough for its folds, and says how many', async () => {
    await importMarket(api, 'FEW', { bars: 258, seed: 1 });
    const document = { ...documentOf(6), ticker: 'FEW' };
    await api.ok('POST', '/strategies/import', { source: 'test', ...document });
    await backtest(api, document.strategy_id);
    const { state, error } = await api.job('/validation/walk-forward', {
      ...{ strategy_id: document.strategy_id, params: PARAMS },
    });
    expect([state, error.detail]).toEqual(['failed', expect.stringContaining('walk-forward needs at least')]);
    expect(await trialsOf(document.strategy_id)).toBe(1);
  });

  it('is of its owner alone, and needs a first backtest', async () => {
    const other = await research.as();
    const id = documentOf(1).strategy_id;
    const asked = { strategy_id: id, params: PARAMS };
    expect((await other.send('POST', '/validation/walk-forward', asked)).status).toBe(404);
    const draft = documentOf(7);
    await api.ok('POST', '/strategies/import', { source: 'test', ...draft });
    const early = await api.send('POST', '/validation/walk-forward', {
      strategy_id: draft.strategy_id,
      params: PARAMS,
    });
    expect([early.status, early.body.code]).toEqual([409, 'illegal_transition']);
  });

  it('is refused for a strategy over a universe', async () => {
    const { id } = await api.ok('POST', '/strategies/import', {
      ...{ kind: 'universe', name: 'rotation', source: 'test', trading_period: 252, market: 'US' },
      universe: ['SAME', 'FEW'],
      features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 20 } }],
      portfolio: {
        ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 1 }, weighting: { kind: 'equal' } },
        rebalance: { kind: 'monthly', session: 'last' },
      },
    });
    const params = [{ path: 'features.0.params.window', values: [10, 20] }];
    const { status, body } = await api.send('POST', '/validation/walk-forward', { strategy_id: id, params });
    expect([status, body.errors[0].field]).toEqual([422, 'params']);
    expect(body.errors[0].message).toContain('universe');
  });
});

describe('a walk-forward over a space of parameters that is canceled', () => {
  const research = useResearch({ worker: false });

  it('stands as canceled, and its space may be searched again', async () => {
    const { api } = research;
    await importMarket(api, 'SAME', MARKET);
    const document = documentOf(8);
    const id = document.strategy_id;
    await api.ok('POST', '/strategies/import', { source: 'test', ...document });
    await research.sql.query(`UPDATE research.strategy_revision SET status = 'backtested' WHERE strategy_id = $1`, [
      id,
    ]);
    const submit = () => api.ok('POST', '/validation/walk-forward', { strategy_id: id, params: PARAMS });
    const { job_id: first } = await submit();
    const newest = async () => (await api.ok('GET', `/validation/strategies/${id}`)).walk_forward_search;
    expect(await newest()).toMatchObject({ status: 'queued', job_id: first });
    await api.ok('POST', `/jobs/${first}/cancel`);
    expect(await newest()).toMatchObject({ status: 'canceled', result: null, finished_at: expect.any(String) });
    const { job_id: second } = await submit();
    expect(await newest()).toMatchObject({ status: 'queued', job_id: second });
  });
});
