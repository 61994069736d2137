import { parseUniverseDocument } from '@assay/domain';
import { calendarFor, readBarsText } from '@assay/market-data';
import { applyParam, checkFeature, configHash, runUniverseBacktest } from '@assay/pipeline';
import { syntheticUniverse } from '@assay/simulators';
import { unreadDocuments } from '@assay/testing';
import { backtest, type ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const MADE = syntheticUniverse({ seed: 7, symbols: 6, bars: 700 });
const WINDOW = 'features.0.params.window';
const PLACES = 'portfolio.select.k';
const FEE = 'costs.fee_bps';
const GRID = [
  { path: WINDOW, values: [21, 63, 126] },
  { path: FEE, values: [0, 5, 40] },
  { path: PLACES, values: [1, 2] },
];

const sent = (change: object = {}): Record<string, unknown> => ({
  ...{ kind: 'universe', name: 'rotation', trading_period: 252, market: 'US' },
  universe: MADE.map(({ symbol, sector }) => ({ symbol, group: sector })),
  features: [{ name: 'strength', plugin: 'momentum', plugin_version: '1', params: { window: 63 } }],
  portfolio: {
    ...{ kind: 'ranked', score: 'strength', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
    rebalance: { kind: 'monthly', session: 'last' },
  },
  mode: 'all_in',
  ...change,
});
const series = MADE.map(({ symbol, content }) => ({
  ...readBarsText(content).bars,
  symbol,
  timeframe: '1d' as const,
}));

type Row = (number | string | null)[];

describe('sweeps of a universe', () => {
  const research = useResearch({ env: { ASSAY_SWEEP_MS: '200' } });
  let api: ResearchClient;
  let id: string;
  let whole: Record<string, any>;
  let sweepId: string;

  const imported = async (by: ResearchClient = api, change: object = {}): Promise<string> =>
    (await by.ok('POST', '/strategies/import', { source: 'made', ...sent(change) })).id;
  const trials = async (strategy: string): Promise<Record<string, any>[]> =>
    (await api.ok('GET', `/experiments?strategy_id=${strategy}&limit=1000`)).items;

  beforeAll(async () => {
    ({ api } = research);
    for (const { symbol, content } of MADE)
      await api.ok('POST', '/data/import', {
        ...{ source: 'made', symbol, timeframe: '1d', market: 'US', format: 'csv', adjust: 'none', synthetic: true },
        content,
      });
    id = await imported();
    const job = await api.job('/backtests/sweep', { strategy_id: id, params: GRID, by: 'plateau', top: 3 });
    sweepId = job.id;
    whole = job.result;
  });

  it('have in each cell what the pipeline gives for its document, in grid order', () => {
    const { document } = parseUniverseDocument({ ...sent(), strategy_id: id }, { checkFeature });
    expect(whole.columns).toEqual([WINDOW, FEE, PLACES, 'total_return', 'sharpe', 'max_drawdown']);
    expect(whole).toMatchObject({ cells: 18, trials: 18, periods_per_year: 252, scored_from: { rule: 'lookback' } });
    const expected = GRID[0]!.values.flatMap((window) =>
      GRID[1]!.values.flatMap((fee) =>
        GRID[2]!.values.map((k) => {
          const values = [window, fee, k];
          const cell = GRID.reduce((made, { path }, p) => applyParam(made, path, values[p]!), document);
          const { metrics } = runUniverseBacktest({ document: cell, series, calendar: calendarFor('US') });
          return [...values, metrics.total_return, metrics.sharpe_ratio, metrics.max_drawdown];
        }),
      ),
    );
    expect(whole.rows).toEqual(expected);
  });

  it('have a trial a cell, under the hash of its document: a backtest of one adds none', async () => {
    const before = await trials(id);
    expect(before).toHaveLength(18);
    const hashes = before.map((trial) => trial.config_hash as string);
    expect(new Set(hashes).size).toBe(18);
    const { document } = parseUniverseDocument({ ...sent(), strategy_id: id }, { checkFeature });
    expect(hashes).toContain(configHash(document));
    expect(hashes).toContain(configHash(applyParam(document, FEE, 40)));
    const { metrics } = await backtest(api, id);
    const cell = (whole.rows as Row[]).find((row) => row[0] === 63 && row[1] === 5 && row[2] === 2)!;
    expect(cell.slice(3)).toEqual([metrics.total_return, metrics.sharpe_ratio, metrics.max_drawdown]);
    expect(await trials(id)).toHaveLength(18);
  });

  it('are ranked, mapped and judged by plateaus like those of one symbol', async () => {
    const board = await api.ok('GET', `/backtests/sweeps/${sweepId}/leaderboard?by=total_return&limit=4`);
    const best = (whole.rows as Row[]).map((row) => Number(row[3])).sort((a, b) => b - a);
    expect(board.items.map((item: any) => item.value)).toEqual(best.slice(0, 4));
    const matrix = await api.ok('GET', `/backtests/sweeps/${sweepId}/matrix?x=${FEE}&y=${WINDOW}&metric=sharpe`);
    expect([matrix.x.values, matrix.y.values]).toEqual([GRID[1]!.values, GRID[0]!.values]);
    const of = (window: number, fee: number): number[] =>
      (whole.rows as Row[]).filter((row) => row[0] === window && row[1] === fee).map((row) => Number(row[4]));
    expect(matrix.values[1][2]).toBe(Math.max(...of(63, 40)));
    expect(whole.top[0].plateau).toBe(Math.max(...(whole.plateau_scores as number[])));
  });

  it('go by any metric, in samples that are the same each time, and by constraints', async () => {
    const own = await imported();
    const search = { method: 'tpe', samples: 12, seed: 3 };
    const body = { strategy_id: own, params: GRID, search, by: 'turnover' };
    const [a, b] = [await api.result('/backtests/sweep', body), await api.result('/backtests/sweep', body)];
    expect(a).toEqual(b);
    expect(a.columns.at(-1)).toBe('turnover');
    const known = new Set((whole.rows as Row[]).map((row) => JSON.stringify(row)));
    for (const row of a.rows as Row[]) expect(known).toContain(JSON.stringify(row.slice(0, -1)));
    const turnovers = (a.rows as Row[]).map((row) => Number(row.at(-1))).sort((x, y) => x - y);
    expect(a.top.map((cell: any) => cell.turnover)).toEqual(turnovers.slice(0, 10));
    const constraints = [{ left: WINDOW, op: '>', right: FEE }];
    const some = await api.result('/backtests/sweep', { strategy_id: own, params: GRID, constraints });
    expect(some.rows).toEqual((whole.rows as Row[]).filter((row) => Number(row[0]) > Number(row[1])));
  });

  it('are counted by the gates of a later validation, and the best cell becomes a strategy that they count for', async () => {
    await api.result('/validation/walk-forward', { strategy_id: id });
    const crossed = await api.job('/validation/cpcv', { strategy_id: id });
    expect(crossed.state).toBe('completed');
    const judged = await api.ok('GET', `/validation/strategies/${id}`);
    expect(judged.ledger.as_judged).toMatchObject({ trials: 18, owner_trials_on_this_data: 18 });

    const board = await api.ok('GET', `/backtests/sweeps/${sweepId}/leaderboard?limit=1`);
    const { cell, params } = board.items[0];
    const made = await api.ok('POST', `/backtests/sweeps/${sweepId}/strategies`, { cell, name: 'the best' });
    expect(made).toMatchObject({ kind: 'universe', status: 'draft', name: 'the best', source: 'made' });
    const document = await api.ok('GET', `/strategies/${made.id}/export`);
    const stated = parseUniverseDocument({ ...sent(), strategy_id: made.id, name: 'the best' }, { checkFeature });
    const expected = Object.entries(params as Record<string, number>).reduce(
      (one, [path, value]) => applyParam(one, path, value),
      stated.document,
    );
    expect(document).toEqual(expected);
    expect(made.config_hash).toBe(configHash(expected));
    expect(made.pipeline_config).toMatchObject({ costs: expected.costs, mode: 'all_in' });
    const { metrics } = await backtest(api, made.id);
    expect(metrics.sharpe_ratio).toBe((whole.rows as Row[])[cell]![4]);
    await api.result('/validation/walk-forward', { strategy_id: made.id });
    await api.result('/validation/cpcv', { strategy_id: made.id });
    const of = await api.ok('GET', `/validation/strategies/${made.id}`);
    expect(of.ledger.as_judged).toMatchObject({ trials: 18 });
    const lineage = await api.ok('GET', `/strategies/${made.id}/lineage`);
    expect(JSON.stringify(lineage)).toContain(id);
  });

  it('try nothing when one cell is not valid, and name it', async () => {
    const own = await imported(api, { trading_period: 260 });
    const params = [{ path: PLACES, values: [1, 0] }];
    const job = await api.job('/backtests/sweep', { strategy_id: own, params });
    expect(job).toMatchObject({
      state: 'failed',
      error: { code: 'validation_failed', errors: [{ field: PLACES, value: 0 }] },
    });
    expect(job.error.detail).toContain(`cell 1 (${PLACES} = 0): `);
    expect(await trials(own)).toEqual([]);
  });

  it('of a cell that is never warm has no figures, and counts', async () => {
    const own = await imported(api, { trading_period: 261 });
    const found = await api.result('/backtests/sweep', {
      strategy_id: own,
      params: [{ path: WINDOW, values: [21, 900] }],
    });
    expect((found.rows as Row[])[1]).toEqual([900, null, null, null]);
    expect((found.rows as Row[])[0]!.slice(1).every((value) => typeof value === 'number')).toBe(true);
    expect(await trials(own)).toHaveLength(2);
  });

  it.each<[string, string, object]>([
    ['params[0].path', 'swept_path', { params: [{ path: 'universe.0.group', values: ['a', 'b'] }] }],
    ['params[1].path', 'swept_path', { params: [GRID[0], { path: 'mode', values: ['weight', 'all_in'] }] }],
    ['params[0].path', 'swept_path', { params: [{ path: 'trading_period', values: [252, 365] }] }],
    ['params[0].path', 'number_path', { params: [{ path: 'portfolio.max_weight', values: [0.3, 0.5] }] }],
    ['params[0].path', 'number_path', { params: [{ path: 'portfolio.hedge.window', values: [30, 50] }] }],
    ['params[0].values[1]', 'number', { params: [{ path: WINDOW, values: [5, 'six'] }] }],
    ['constraints', 'min_cells', { params: GRID, constraints: [{ left: WINDOW, op: '>', right: 999 }] }],
    ['candidates', 'one_symbol', { candidates: [{ rule_tree: { groups: [] } }] }],
    ['objective', 'one_symbol', { params: GRID, objective: 'cpcv' }],
    ['prune', 'cpcv_only', { params: GRID, prune: 'median' }],
    ['source', 'history_anchor', { params: GRID, source: 'elsewhere' }],
  ])('refuse %s by rule %s', async (field, rule, body) => {
    const { status, body: problem } = await api.send('POST', '/backtests/sweep', { strategy_id: id, ...body });
    expect([status, problem.errors?.[0].field, problem.errors?.[0].rule]).toEqual([422, field, rule]);
  });

  it('need bars of the market that the document names, and belong to their owner', async () => {
    const own = await imported(api, { market: 'GB' });
    const { status, body } = await api.send('POST', '/backtests/sweep', { strategy_id: own, params: GRID });
    expect([status, body.errors?.[0].field, body.errors?.[0].rule]).toEqual([422, 'market', 'stored_market']);
    const other = await research.as('trader', ['research:read', 'research:write']);
    expect((await other.send('GET', `/backtests/sweeps/${sweepId}/leaderboard`)).status).toBe(404);
    expect((await other.send('POST', `/backtests/sweeps/${sweepId}/strategies`, { cell: 0 })).status).toBe(404);
    expect((await other.send('POST', '/backtests/sweep', { strategy_id: id, params: GRID })).status).toBe(404);
  });

  it('leave payloads and results that are read as they were written, those of their shards too', async () => {
    const { read, faults } = await unreadDocuments(research.database.url);
    expect(faults).toEqual([]);
    for (const kind of ['backtest.sweep', 'backtest.sweep_shard'])
      expect([...read]).toEqual(expect.arrayContaining([`payload of ${kind}`, `result of ${kind}`]));
  });
});
