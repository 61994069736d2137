import { unreadDocuments } from '@assay/testing';
import { backtest, importMarket, type ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const WINDOW = 'features.0.params.window';
const L2 = 'model.params.l2';
const HORIZON = 'model.label.horizon';
const LEVEL = 'signal.rule_tree.groups.0.rules.0.value';
const ANNUAL = 'sizing.annual';
const REBALANCE = 'sizing.rebalance';

/** Of the feature, the model, its label, the rules and the sizing together. */
const SPACE = [
  { path: WINDOW, values: [5, 10, 20, 40] },
  { path: L2, log_range: '0.01:100:5' },
  { path: HORIZON, values: [1, 3] },
  { path: LEVEL, values: [0.48, 0.5, 0.52] },
  { path: REBALANCE, values: ['bar', 'entry'] },
  { path: ANNUAL, values: [0.1, 0.2], when: { path: REBALANCE, among: ['entry'] } },
];

describe('tuning', () => {
  const research = useResearch({ env: { ASSAY_SWEEP_MS: '200' } });
  let api: ResearchClient;
  let id: string;
  let job: Record<string, any>;

  const request = (more: object = {}): object => ({
    ...{ strategy_id: id, params: SPACE, objective: 'cpcv', prune: 'median', top: 5 },
    search: { method: 'tpe', samples: 44, seed: 3 },
    ...more,
  });

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'WALK', { bars: 620, seed: 8 });
    const feature = await api.ok('POST', '/features', { name: 'mean', plugin: 'sma', params: { window: 20 } });
    const model = await api.ok('POST', '/models', {
      ...{ name: 'odds', kind: 'logistic', feature_ids: [feature.id], params: { l2: 1 } },
      ...{ label: { kind: 'forward_return_sign', horizon: 1 } },
    });
    const rule = (operator: string) => ({ combinator: 'AND', rules: [{ field: 'prediction', operator, value: 0.5 }] });
    const signal = await api.ok('POST', '/signals', {
      name: 'odds',
      rule_tree: {
        groups: [
          { action: 'BUY', ...rule('>') },
          { action: 'SELL', ...rule('<=') },
        ],
      },
      position_mode: 'long_short',
    });
    const sizing = { kind: 'volatility_target', annual: 0.1, window: 21, cap: 1, rebalance: 'bar' };
    ({ id } = await api.ok('POST', '/strategies', {
      ...{ name: 'odds', universe: ['WALK'], source: 'test', timeframe: '1d', pipeline_config: { sizing } },
    }));
    await api.ok('PATCH', `/strategies/${id}`, {
      ...{ version: 1, feature_ids: [feature.id], model_id: model.id, signal_logic_id: signal.id },
    });
    job = await api.job('/backtests/sweep', request());
  });

  const trialsOf = async (strategyId: string): Promise<Record<string, any>[]> =>
    (await api.ok('GET', `/experiments?strategy_id=${strategyId}&limit=1000`)).items;

  it('tries so many sets of the whole recipe, each a trial, those that were given up too', async () => {
    const { result } = job;
    expect(result).toMatchObject({ cells: 44, trials: 44, objective: 'cpcv', scored_from: { rule: 'policy' } });
    expect(result.pruning).toMatchObject({ rule: 'median', splits: 15 });
    const { cells } = result.pruning;
    expect(cells.length).toBeGreaterThan(2);
    // the first round has nothing to be judged by
    expect(Math.min(...cells.map((cell: any) => cell.index))).toBeGreaterThanOrEqual(20);
    for (const { index, splits } of cells) {
      expect(splits).toBeGreaterThanOrEqual(5);
      expect(splits).toBeLessThan(15);
      expect(result.rows[index].slice(-3)).toEqual([null, null, null]);
    }
    const trials = await trialsOf(id);
    expect(trials.map(({ origin }) => origin)).toEqual(Array(44).fill('tuning'));
    expect(trials.map(({ observations }) => observations)).toEqual(Array(44).fill(620 - 252));
    expect(trials.filter(({ metrics }) => metrics.cv_splits < 15)).toHaveLength(cells.length);
  });

  it('varies what a choice opens only there', () => {
    const closed = job.result.rows.filter((row: unknown[]) => row[4] === 'bar');
    expect(closed.length).toBeGreaterThan(0);
    expect(new Set(closed.map((row: unknown[]) => row[5]))).toEqual(new Set([0.1]));
  });

  it('judges as CPCV of the same document does', async () => {
    const [best] = job.result.top;
    const made = await api.ok('POST', `/backtests/sweeps/${job.id}/strategies`, { cell: best.index });
    await backtest(api, made.id);
    const judged = await api.result('/validation/cpcv', { strategy_id: made.id });
    expect(judged.summary.mean_oos_sharpe).toBeCloseTo(best.sharpe, 12);
  });

  it('gives the same for the same seed, and counts none anew', async () => {
    const { result } = await api.job('/backtests/sweep', request());
    expect(result).toEqual(job.result);
  });

  it('makes a strategy of a cell that carries the whole ledger', async () => {
    const board = await api.ok('GET', `/backtests/sweeps/${job.id}/leaderboard?limit=3`);
    expect(board).toMatchObject({ by: 'sharpe', objective: 'cpcv', cells: 44 });
    expect(board.items.map(({ cell }: any) => cell)).toEqual(job.result.ranking.slice(0, 3));
    const [, second] = board.items;
    const made = await api.ok('POST', `/backtests/sweeps/${job.id}/strategies`, { cell: second.cell, name: 'second' });
    expect(made).toMatchObject({ name: 'second', status: 'draft', universe: ['WALK'], source: 'test' });
    const document = await api.ok('GET', `/strategies/${made.id}/export`);
    for (const [path, value] of Object.entries(second.params))
      expect(path.split('.').reduce((node: any, key) => node[key], document)).toBe(value);
    const lineage = await api.ok('GET', `/strategies/${made.id}/lineage`);
    expect(lineage).toMatchObject({ cloned_from: id, trials: 44 });
    // its own backtest is the trial of the cell
    await backtest(api, made.id);
    expect(await trialsOf(made.id)).toHaveLength(44);
  });

  it('gives up by the rounds of an exhaustive sweep of rules too', async () => {
    const { result } = await api.job('/backtests/sweep', {
      ...request({ search: undefined, by: 'total_return', top: 1 }),
      params: [
        { path: REBALANCE, values: ['bar', 'entry'] },
        { path: LEVEL, range: '0.44:0.56:0.01' },
      ],
    });
    expect(result.cells).toBe(26);
    expect(result.pruning.cells.every((cell: any) => cell.index >= 20)).toBe(true);
  });

  it('draws from grids of billions of cells, as long as they are whole', async () => {
    const params = [WINDOW, 'costs.fee_bps', 'costs.slippage_bps', 'costs.spread_bps'].map((path) => ({
      ...{ path, range: '2:200' },
    }));
    const search = { method: 'random', samples: 3, seed: 1 };
    const { result } = await api.job('/backtests/sweep', { strategy_id: id, params, search });
    expect(result).toMatchObject({ cells: 3, search: { grid_cells: 199 ** 4 }, plateau: null, plateau_scores: null });
    const ranked = await api.send('POST', '/backtests/sweep', { strategy_id: id, params, search, by: 'plateau' });
    expect([ranked.status, ranked.body.errors[0].field, ranked.body.errors[0].rule]).toEqual([422, 'by', 'max_cells']);
    const constraints = [{ left: 'costs.fee_bps', op: '<', right: 'costs.spread_bps' }];
    const { status, body } = await api.send('POST', '/backtests/sweep', {
      ...{ strategy_id: id, params, search, constraints },
    });
    expect([status, body.errors[0].field, body.errors[0].rule]).toEqual([422, 'params', 'max_cells']);
  });

  it.each([
    [{ objective: undefined }, 'prune', 'cpcv_only'],
    [{ params: [{ path: L2, log_range: '0:1:3' }] }, 'params[0].log_range', 'positive'],
    [{ params: [SPACE[5]] }, 'params[0].when.path', 'earlier_param'],
    [{ params: undefined, candidates: [{ rule_tree: {} }], search: undefined }, 'objective', 'grid_only'],
    [{ objective: 'luck' }, 'objective', 'enum'],
  ])('refuses %j', async (wrong, field, rule) => {
    const { status, body } = await api.send('POST', '/backtests/sweep', request(wrong));
    expect([status, body.errors?.[0].field, body.errors?.[0].rule]).toEqual([422, field, rule]);
  });

  it('refuses a cell that there is not, and hides the sweeps of others', async () => {
    const path = `/backtests/sweeps/${job.id}`;
    const { status, body } = await api.send('POST', `${path}/strategies`, { cell: 44 });
    expect([status, body.errors[0].field, body.errors[0].rule]).toEqual([422, 'cell', 'cell_index']);
    const other = await research.as('trader', ['research:read', 'research:write']);
    expect((await other.send('POST', `${path}/strategies`, { cell: 0 })).status).toBe(404);
    expect((await other.send('GET', `${path}/leaderboard`)).status).toBe(404);
  });

  it('writes jobs that this version reads', async () => {
    const { faults } = await unreadDocuments(research.database.url);
    expect(faults).toEqual([]);
  });

  it('goes by a metric of the catalogue, in its direction, which every trial keeps', async () => {
    const params = [{ path: WINDOW, values: [8, 12, 16] }];
    const search = { method: 'exhaustive' };
    for (const [by, sign] of [
      ['ulcer_index', 1],
      ['sortino_ratio', -1],
    ] as const) {
      const { result } = await api.job('/backtests/sweep', request({ params, search, by }));
      expect([result.top_by, result.columns.at(-1), result.cells]).toEqual([by, by, 3]);
      const values = result.rows.map((row: number[]) => row.at(-1)!);
      expect(result.top.map((cell: any) => cell[by])).toEqual([...values].sort((a, b) => sign * (a - b)));
      const [trial] = (await trialsOf(id)).filter(({ metrics }) => metrics[`mean_oos_${by}`] === values[0]);
      expect(trial).toMatchObject({ origin: 'tuning' });
    }
  });
});
