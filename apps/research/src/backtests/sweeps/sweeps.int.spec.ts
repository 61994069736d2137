import { unreadDocuments } from '@assay/testing';
import {
  AVERAGE_RULES,
  backtest,
  importMarket,
  type ResearchClient,
  seedRuleStrategy,
} from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const WINDOW = 'features.0.params.window';
const FEE = 'costs.fee_bps';
const MODE = 'signal.position_mode';
const GRID = [
  { path: WINDOW, range: '5:40:5' },
  { path: FEE, values: [50, 0, 10] },
];

type Row = (number | string | null)[];

describe('sweeps', () => {
  const research = useResearch({ env: { ASSAY_SWEEP_MS: '200' } });
  let api: ResearchClient;
  let id: string;
  let whole: Record<string, any>;
  let sweepId: string;

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'WALK', { bars: 600, seed: 5 });
    ({ id } = await seedRuleStrategy(api, 'WALK'));
    const job = await api.job('/backtests/sweep', { strategy_id: id, params: GRID, by: 'plateau', top: 3 });
    sweepId = job.id;
    whole = job.result;
  });

  const sweep = (body: object): Promise<Record<string, any>> =>
    api.result('/backtests/sweep', { strategy_id: id, ...body });

  it('has a row per cell in grid order, the best by Sharpe ratio and the ranking', () => {
    const rows = whole.rows as Row[];
    expect(whole.columns).toEqual([WINDOW, FEE, 'total_return', 'sharpe', 'max_drawdown']);
    expect(rows.map((row) => row.slice(0, 2)).slice(0, 4)).toEqual([
      [5, 50],
      [5, 0],
      [5, 10],
      [10, 50],
    ]);
    const bySharpe = rows.map((_, i) => i).sort((a, b) => Number(rows[b]![3]) - Number(rows[a]![3]) || a - b);
    expect(whole.ranking).toEqual(bySharpe.slice(0, 20));
    expect(whole.best).toMatchObject({ index: bySharpe[0], sharpe: rows[bySharpe[0]!]![3] });
    expect(whole.search).toEqual({ method: 'exhaustive', samples: null, seed: null, grid_cells: 24 });
  });

  it('has in each cell what a backtest with its parameters gives, costs too', async () => {
    const rows = whole.rows as Row[];
    const { metrics } = await backtest(api, id, { costs: { fee_bps: 10 } });
    const cell = rows.find((row) => row[0] === 20 && row[1] === 10)!;
    expect(cell.slice(2)).toEqual([metrics.total_return, metrics.sharpe_ratio, metrics.max_drawdown]);
    const fees = [0, 10, 50].map((fee) => Number(rows.find((row) => row[0] === 20 && row[1] === fee)![2]));
    expect(fees[0]).toBeGreaterThan(fees[1]!);
    expect(fees[1]).toBeGreaterThan(fees[2]!);
    const { items } = await api.ok('GET', `/experiments?strategy_id=${id}&limit=1000`);
    expect(items).toHaveLength(24);
  });

  it('ranks the top by the figure that was asked for, with its plateau scores', async () => {
    const scores = whole.plateau_scores as number[];
    const best = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
    expect(whole.top.map((cell: any) => cell.index)).toEqual(best.slice(0, 3));
    expect(whole.plateau).toEqual(whole.top[0]);
    expect(whole.top[0].plateau).toBe(scores[best[0]!]);
    // no score is better than the cell's own Sharpe ratio
    (whole.rows as Row[]).forEach((row, i) => expect(scores[i]).toBeLessThanOrEqual(Number(row[3])));
    const byDrawdown = await sweep({ params: GRID, by: 'max_drawdown', top: 2 });
    const drawdowns = (byDrawdown.rows as Row[]).map((row) => Number(row[4]));
    expect(byDrawdown.top[0].max_drawdown).toBe(Math.min(...drawdowns));
  });

  it.each([
    ['ulcer_index', 1],
    ['win_rate_trades', -1],
  ])('ranks by %s of the catalogue in its direction, as the backtest has it', async (by, order) => {
    const job = await api.job('/backtests/sweep', { strategy_id: id, params: GRID, by, top: 24 });
    const rows = job.result.rows as Row[];
    expect(job.result.columns).toEqual([WINDOW, FEE, 'total_return', 'sharpe', 'max_drawdown', by]);
    expect(rows.map((row) => row.slice(0, 5))).toEqual(whole.rows);
    const { metrics } = await backtest(api, id, { costs: { fee_bps: 10 } });
    expect(rows.find((row) => row[0] === 20 && row[1] === 10)![5]).toBe(metrics[by]);
    const values = rows.map((row) => Number(row[5])).sort((a, b) => order * (a - b));
    expect(job.result.top.map((cell: any) => cell[by])).toEqual(values);
    const board = await api.ok('GET', `/backtests/sweeps/${job.id}/leaderboard?limit=3`);
    expect([board.by, board.items.map((item: any) => item.value)]).toEqual([by, values.slice(0, 3)]);
    const matrix = await api.ok('GET', `/backtests/sweeps/${job.id}/matrix?x=${FEE}&y=${WINDOW}&metric=${by}`);
    expect(matrix.values[3][1]).toBe(metrics[by]);
    const other = await api.send('GET', `/backtests/sweeps/${job.id}/leaderboard?by=calmar_ratio`);
    expect([other.status, other.body.errors[0].field]).toEqual([422, 'by']);
    expect(other.body.errors[0].message).toContain(`sharpe, total_return, max_drawdown, plateau, ${by}`);
  });

  it('looks by tpe for the lowest of a metric of which less is better', async () => {
    const params = [{ path: WINDOW, range: '2:120' }];
    const search = { method: 'tpe', samples: 60, seed: 2 };
    const drawn = { ...search, method: 'random' };
    const mean = async (body: object): Promise<number> => {
      const { rows } = await sweep({ params, by: 'turnover', ...body });
      const late = (rows as Row[]).slice(30).map((row) => Number(row[4]));
      return late.reduce((sum, value) => sum + value, 0) / late.length;
    };
    expect(await mean({ search })).toBeLessThan(await mean({ search: drawn }));
  });

  it('shows any two parameters as a matrix, axes ascending, the third reduced', async () => {
    const matrix = await api.ok('GET', `/backtests/sweeps/${sweepId}/matrix?x=${FEE}&y=${WINDOW}`);
    expect(matrix).toMatchObject({ x: { path: FEE, values: [0, 10, 50] }, metric: 'sharpe', reduce: 'max' });
    const rows = whole.rows as Row[];
    matrix.y.values.forEach((window: number, r: number) =>
      matrix.x.values.forEach((fee: number, c: number) =>
        expect(matrix.values[r][c]).toBe(rows.find((row) => row[0] === window && row[1] === fee)![3]),
      ),
    );
    const three = await api.job('/backtests/sweep', {
      strategy_id: id,
      params: [...GRID, { path: MODE, values: ['long_only', 'long_short'] }],
    });
    const reduced = await api.ok(
      'GET',
      `/backtests/sweeps/${three.id}/matrix?x=${MODE}&y=${FEE}&metric=total_return&reduce=mean`,
    );
    const cells = (three.result.rows as Row[]).filter((row) => row[1] === 10 && row[2] === 'long_short');
    expect(cells).toHaveLength(8);
    const mean = cells.reduce((sum, row) => sum + Number(row[3]), 0) / 8;
    expect(reduced.x.values).toEqual(['long_only', 'long_short']);
    expect(reduced.values[1][1]).toBeCloseTo(mean, 12);
  });

  it.each([
    ['x', 'nowhere', WINDOW],
    ['y', WINDOW, WINDOW],
  ])('refuses a matrix over %s that is no other parameter', async (field, x, y) => {
    const { status, body } = await api.send('GET', `/backtests/sweeps/${sweepId}/matrix?x=${x}&y=${y}`);
    expect([status, body.errors?.[0].field, body.errors?.[0].rule]).toEqual([422, field, 'enum']);
  });

  it('hides the sweeps of others and what is no sweep', async () => {
    const other = await research.as('trader', ['research:read']);
    const path = `/backtests/sweeps/${sweepId}/matrix?x=${FEE}&y=${WINDOW}`;
    expect((await other.send('GET', path)).status).toBe(404);
    const { id: backtestId } = await api.ok('POST', '/backtests', { strategy_id: id });
    const { job_id } = await api.ok('POST', `/backtests/${backtestId}/execute`);
    expect((await api.send('GET', path.replace(sweepId, job_id))).status).toBe(404);
  });

  it.each(['random', 'tpe'])(
    'samples by %s the same cells each time, each with the figures it has in the whole',
    async (method) => {
      const search = { method, samples: 22, seed: 4 };
      const [a, b] = [await sweep({ params: GRID, search }), await sweep({ params: GRID, search })];
      expect(a).toEqual(b);
      expect(a.cells).toBe(22);
      const known = new Set((whole.rows as Row[]).map((row) => JSON.stringify(row)));
      expect(new Set(a.rows.map((row: Row) => JSON.stringify(row))).size).toBe(22);
      for (const row of a.rows) expect(known).toContain(JSON.stringify(row));
      expect(a.search).toEqual({
        ...search,
        grid_cells: 24,
        note: `sampled 22 of 24 cells by ${method}, seed 4: the best may not be among them`,
      });
      expect(a.plateau_scores).toHaveLength(22);
    },
  );

  it('leaves out the cells that a constraint excludes', async () => {
    const found = await sweep({ params: GRID, constraints: [{ left: WINDOW, op: '>', right: FEE }] });
    const kept = (whole.rows as Row[]).filter((row) => Number(row[0]) > Number(row[1]));
    expect(found.rows).toEqual(kept);
    expect(found.search).toMatchObject({ grid_cells: kept.length });
  });

  it('tries rule trees in the order given, without a plateau', async () => {
    const inverted = { groups: [...AVERAGE_RULES('sma_20').groups].reverse() };
    const candidates = [{ rule_tree: inverted }, { rule_tree: AVERAGE_RULES('sma_20') }];
    const found = await sweep({ candidates, top: 1 });
    expect(found).toMatchObject({
      cells: 2,
      columns: ['index', 'total_return', 'sharpe', 'max_drawdown'],
      plateau: null,
    });
    expect(found.plateau_scores).toBeNull();
    expect(found.top[0].params.rule_tree).toEqual(candidates[found.top[0].index]!.rule_tree);
  });

  it('tries nothing when one cell is not valid, and names it', async () => {
    const { id: own } = await seedRuleStrategy(api, 'WALK', 33);
    const job = await api.job('/backtests/sweep', { strategy_id: own, params: [{ path: WINDOW, values: [5, 0] }] });
    expect(job).toMatchObject({ state: 'failed', error: { code: 'validation_failed', errors: [{ value: 0 }] } });
    expect(job.error.detail).toContain(`cell 1 (${WINDOW} = 0): `);
    expect((await api.ok('GET', `/jobs?parent_id=${job.id}`)).items).toEqual([]);
    expect((await api.ok('GET', `/experiments?strategy_id=${own}`)).items).toEqual([]);
  });

  it.each([
    ['search.samples', 'required', { params: GRID, search: { method: 'random' } }],
    ['search.samples', 'max', { params: GRID, search: { method: 'tpe', samples: 25 } }],
    ['search.samples', 'sampled_only', { params: GRID, search: { method: 'exhaustive', samples: 3 } }],
    ['search.seed', 'sampled_only', { params: GRID, search: { method: 'exhaustive', seed: 3 } }],
    [
      'params',
      'max_cells',
      {
        params: [
          { path: WINDOW, range: '1:300' },
          { path: FEE, range: '0:300' },
        ],
      },
    ],
    ['params[1].values[1]', 'unique', { params: [GRID[0], { path: FEE, values: [1, 1] }] }],
    ['params[0].values[1]', 'number', { params: [{ path: WINDOW, values: [5, 'six'] }] }],
    ['constraints', 'min_cells', { params: GRID, constraints: [{ left: WINDOW, op: '>', right: 99 }] }],
    ['constraints[0].left', 'scalar_path', { params: GRID, constraints: [{ left: 'x', op: '>', right: WINDOW }] }],
    ['constraints[0].right', 'scalar_path', { params: GRID, constraints: [{ left: WINDOW, op: '>', right: 'x' }] }],
    ['params[0].values[0]', 'storable_text', { params: [{ path: MODE, values: ['long\u0000only'] }] }],
    ['constraints[0]', 'comparable', { params: GRID, constraints: [{ left: WINDOW, op: '<', right: MODE }] }],
    ['params[0].range', 'unique', { params: [{ path: FEE, range: '0:1e-12:1e-13' }] }],
    ['params[0].path', 'number_path', { params: [{ path: 'features.length', values: [1, 2] }] }],
    ['params[0].path', 'swept_path', { params: [{ path: 'ticker', values: ['WALK', 'OTHER'] }] }],
    ['params[1].path', 'swept_path', { params: [GRID[0], { path: 'timeframe', values: ['1d', '1h'] }] }],
    ['params[0].path', 'swept_path', { params: [{ path: 'trading_period', values: [252, 25_200] }] }],
    ['params[0].path', 'swept_path', { params: [{ path: 'features.0.pin.revision', values: [1, 2] }] }],
    ['by', 'enum', { params: GRID, objective: 'cpcv', by: 'exposure' }],
    ['by', 'enum', { params: GRID, by: 'exposure' }],
    ['by', 'grid_only', { candidates: [{ rule_tree: AVERAGE_RULES('sma_20') }], by: 'plateau' }],
  ])('refuses %s by rule %s', async (field, rule, body) => {
    const { status, body: problem } = await api.send('POST', '/backtests/sweep', { strategy_id: id, ...body });
    expect([status, problem.errors?.[0].field, problem.errors?.[0].rule]).toEqual([422, field, rule]);
  });

  it('samples a grid that is too large to try every cell', async () => {
    const params = [
      { path: WINDOW, range: '2:300' },
      { path: FEE, range: '0:99' },
    ];
    const found = await sweep({ params, search: { method: 'random', samples: 30 } });
    expect(found.search).toMatchObject({ grid_cells: 29_900, seed: 1 });
    expect(found.rows).toHaveLength(30);
  });

  it('leave payloads and results that are read as they were written, those of their shards too', async () => {
    const { read, faults } = await unreadDocuments(research.database.url);
    expect(faults).toEqual([]);
    for (const kind of ['backtest.sweep', 'backtest.sweep_shard']) {
      expect([...read]).toEqual(expect.arrayContaining([`payload of ${kind}`, `result of ${kind}`]));
    }
  });
});
