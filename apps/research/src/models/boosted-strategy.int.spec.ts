import { syntheticPlantedEdge } from '@assay/simulators';
import { backtest, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const MIDDLE = '2018-01-09';

describe('a strategy of boosted trees', () => {
  const research = useResearch();
  let api: ResearchClient;
  let last: string;
  let featureIds: string[];

  beforeAll(async () => {
    ({ api } = research);
    const content = syntheticPlantedEdge({ seed: 1 });
    const series = { source: 'test', symbol: 'EDGE', timeframe: '1d', market: 'US', synthetic: true };
    last = (await api.ok('POST', '/data/import', { ...series, content })).last;
    const features = [
      { name: 'edge', plugin: 'column', params: { column: 'factor' } },
      { name: 'vol', plugin: 'realised_volatility', params: { window: 21 } },
    ];
    featureIds = [];
    for (const feature of features) featureIds.push((await api.ok('POST', '/features', feature)).id);
  });

  const boosted = (change: object = {}) => ({
    name: 'boosted',
    kind: 'gradient_boosting',
    feature_ids: featureIds,
    params: { trees: 20, max_depth: 3 },
    seed: 7,
    refit: { every: 504, min_train: 504 },
    ...change,
  });
  const train = (modelId: string, end: string, strategyId?: string, folds?: number) =>
    api.result(`/models/${modelId}/train`, {
      ...(folds ? { folds } : {}),
      ...(strategyId ? { strategy_id: strategyId } : {}),
      ...{ source: 'test', symbol: 'EDGE', timeframe: '1d', end },
    });

  async function draft(buyAbove: number, sellBelow: number): Promise<string> {
    const side = (action: string, operator: string, value: number) => ({
      action,
      combinator: 'AND',
      rules: [{ field: 'prediction', operator, value }],
    });
    const groups = [side('BUY', '>', buyAbove), side('SELL', '<', sellBelow)];
    const signal = await api.ok('POST', '/signals', {
      name: 'sides',
      rule_tree: { groups },
      position_mode: 'long_short',
    });
    const { id } = await api.ok('POST', '/strategies', {
      ...{ name: 'boosted', universe: ['EDGE'], source: 'test', timeframe: '1d' },
      pipeline_config: { costs: { fee_bps: 5 } },
    });
    await api.ok('PATCH', `/strategies/${id}`, { version: 1, feature_ids: featureIds, signal_logic_id: signal.id });
    return id;
  }

  /** Predictions of a backtest by time, with their bits. */
  async function predictions(runId: string): Promise<Map<string, string | null>> {
    const { rows } = await api.ok('GET', `/backtests/${runId}/signals`);
    return new Map(rows.map((row: any) => [row.bar_time, row.prediction === null ? null : row.bits.prediction]));
  }

  it('is trained, run, validated and judged by the gates, and never says of a bar what it was fitted on', async () => {
    const label = {
      ...{ kind: 'triple_barrier', horizon: 10, profit: 2, stop: 2, side: null },
      width: { kind: 'volatility', window: 21 },
      events: { kind: 'every_bar' },
    };
    const training = { uniqueness: true, calibration: { kind: 'platt', fraction: 0.2 } };
    const model = await api.ok('POST', '/models', boosted({ label, training }));
    expect(model).toMatchObject({ label, training });
    const id = await draft(0.5, 0.5);
    const half = await train(model.id, MIDDLE, id);
    expect(half.strategy).toMatchObject({ attached: true });
    expect(half.metrics).toMatchObject({
      trees: 20,
      log_loss: expect.any(Number),
      auc: expect.any(Number),
      ic: expect.any(Number),
      'gain_share.edge': expect.any(Number),
    });
    expect((await train(model.id, MIDDLE)).artifact_sha256).toBe(half.artifact_sha256);
    const early = await predictions((await backtest(api, id)).id);

    // fitted on every bar there is: what it says of them all the same comes from fits that had not seen them
    const whole = await train(model.id, last.slice(0, 10), id);
    expect(whole.artifact_sha256).not.toBe(half.artifact_sha256);
    const late = await predictions((await backtest(api, id)).id);
    const before = [...early].filter(([time]) => time.slice(0, 10) <= MIDDLE);
    expect(before.filter(([, bits]) => bits !== null).length).toBeGreaterThan(500);
    expect(before.filter(([time, bits]) => late.get(time) !== bits)).toEqual([]);

    const walked = await api.result('/validation/walk-forward', { strategy_id: id });
    expect(walked.folds).toHaveLength(5);
    const crossed = await api.result('/validation/cpcv', { strategy_id: id });
    expect([crossed.splits.length, crossed.paths.length]).toEqual([15, 5]);
    for (const { train: ranges, test } of crossed.splits)
      for (const [from, to] of test)
        expect(ranges.filter(([start, end]: [string, string]) => start <= to && from <= end)).toEqual([]);
    const { gates } = await api.ok('GET', `/validation/strategies/${id}`);
    const audit = gates.default.gates.find(({ gate }: { gate: string }) => gate.includes('look_ahead'));
    expect(audit).toMatchObject({ passed: true });
  });

  it('cannot be validated on bars of its fit: no request says what the folds are fitted on', async () => {
    const id = await draft(0.5, 0.5);
    for (const field of ['artifact_id', 'artifact_sha256', 'train']) {
      const refused = await api.send('POST', '/validation/cpcv', { strategy_id: id, [field]: 'x' });
      expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed']);
    }
    const gap = await api.send('POST', '/validation/walk-forward', { strategy_id: id, gap: 0 });
    expect(gap.status).toBeGreaterThanOrEqual(400);
  });

  it('predicts returns where its label is one', async () => {
    const model = await api.ok('POST', '/models', boosted({ label: { kind: 'forward_return', horizon: 5 } }));
    const { metrics, folds } = await train(model.id, MIDDLE, undefined, 3);
    expect(metrics).toMatchObject({ mse: expect.any(Number), mae: expect.any(Number), hit_rate: expect.any(Number) });
    expect(metrics.mse).toBeLessThan(0.01);
    expect(metrics).toMatchObject({ oos_folds: 3, oos_mse: expect.any(Number), oos_ic: expect.any(Number) });
    expect(metrics['importance.edge']).toBeGreaterThan(metrics['importance.vol']);

    const kept = await api.ok('GET', `/models/${model.id}/folds`);
    expect(kept).toMatchObject({ artifact_id: expect.any(String), reason: null, items: folds });
    expect(folds).toHaveLength(3);
    const mean = folds.reduce((sum: number, fold: any) => sum + fold.metrics.mse / 3, 0);
    expect(mean).toBeCloseTo(metrics.oos_mse, 12);
    for (const [i, fold] of folds.entries()) if (i > 0) expect(fold.from > folds[i - 1].to).toBe(true);
    const { body } = await api.send('GET', `/models/${model.id}/folds?format=csv`);
    const lines = body.text.trim().split('\n');
    expect([lines.length, lines[0]]).toEqual([
      4,
      'from,to,rows,fitted_rows,hit_rate,ic,mae,mse,importance.edge,importance.vol',
    ]);
    const other = await research.as();
    expect((await other.send('GET', `/models/${model.id}/folds`)).status).toBe(404);
  });

  it('may be asked for by the other name of its kind, and is the same model and strategy', async () => {
    const { items } = await api.ok('GET', '/models/plugins');
    expect(items.find(({ kind }: any) => kind === 'gradient_boosting').aliases).toEqual(['ml.gradient_boosting']);
    const own = await api.ok('POST', '/models', boosted());
    const named = await api.ok('POST', '/models', boosted({ kind: 'ml.gradient_boosting' }));
    expect([named.kind, named.hash]).toEqual(['gradient_boosting', own.hash]);
    expect((await train(named.id, MIDDLE)).artifact_sha256).toBe((await train(own.id, MIDDLE)).artifact_sha256);

    const id = await draft(0.5, 0.5);
    await api.ok('PATCH', `/strategies/${id}`, { version: 2, model_id: own.id });
    const { strategy_id: _, ...exported } = await api.ok('GET', `/strategies/${id}/export`);
    expect(exported.model.kind).toBe('gradient_boosting');
    const imported = async (kind: string) => {
      const model = { ...exported.model, kind };
      return api.ok('POST', '/strategies/import', { ...exported, model, source: 'test' });
    };
    const [first, second] = [await imported('gradient_boosting'), await imported('ml.gradient_boosting')];
    expect(second.config_hash).toBe(first.config_hash);
    expect(second.config_hash).toMatch(/^[0-9a-f]{64}$/);
    const { status, body } = await api.send('POST', '/models', boosted({ kind: 'ml.boosting' }));
    expect([status, body.errors[0].field]).toEqual([422, 'kind']);
  });

  it('says which inputs the fit and each of its folds has chosen', async () => {
    const selection = { score: 'f_statistic', keep: { kind: 'best', count: 1 } };
    const model = await api.ok('POST', '/models', boosted({ training: { selection } }));
    expect(model.training).toEqual({ selection });
    const { metrics, folds } = await train(model.id, MIDDLE, undefined, 3);
    expect(metrics).toMatchObject({
      'selected.edge': 1,
      'selected.vol': 0,
      'oos_selected.edge': 1,
      'gain_share.edge': 1,
    });
    expect(metrics['selection_score.edge']).toBeGreaterThan(metrics['selection_score.vol']);
    expect(metrics).not.toHaveProperty('gain_share.vol');
    expect(folds.map((fold: any) => fold.selected)).toEqual([['edge'], ['edge'], ['edge']]);
    expect((await api.ok('GET', `/models/${model.id}/folds`)).items).toEqual(folds);
    const { body } = await api.send('GET', `/models/${model.id}/folds?format=csv`);
    const [head, ...lines] = body.text.trim().split('\n');
    expect(head).toMatch(/,importance\.edge,importance\.vol,selected\.edge,selected\.vol$/);
    expect(lines.map((line: string) => line.split(',').slice(-2))).toEqual(Array(3).fill(['1', '0']));

    const id = await draft(0.5, 0.5);
    await api.ok('PATCH', `/strategies/${id}`, { version: 2, model_id: model.id });
    await backtest(api, id);
    const walked = await api.result('/validation/walk-forward', { strategy_id: id });
    expect(walked.folds.map((fold: any) => fold.selected_inputs)).toEqual(Array(5).fill(['edge']));
    const crossed = await api.result('/validation/cpcv', { strategy_id: id });
    expect(crossed.splits.map((split: any) => split.selected_inputs)).toEqual(Array(15).fill(['edge']));
  });

  it('says why there are no folds: no fit, none asked for, or a fit of which the means alone were kept', async () => {
    const model = await api.ok('POST', '/models', boosted({ label: { kind: 'forward_return', horizon: 5 } }));
    const reason = async () => (await api.ok('GET', `/models/${model.id}/folds`)).reason;
    expect(await reason()).toBe('not_fitted');
    await train(model.id, MIDDLE, undefined, 2);
    expect(await reason()).toBeNull();
    await research.sql.query('UPDATE research.model_artifact SET folds = NULL WHERE model_id = $1', [model.id]);
    expect(await reason()).toBe('not_kept');
    const { status, body } = await api.send('GET', `/models/${model.id}/folds?format=csv`);
    expect([status, body.text.trim()]).toEqual([200, 'from,to,rows,fitted_rows']);
    await train(model.id, MIDDLE);
    expect(await reason()).toBe('not_judged');
  });

  it.each([
    [{ kind: 'logistic', params: {}, label: { kind: 'forward_return', horizon: 1 } }, 'label.kind'],
    [{ params: { monotone: '+-+' } }, 'params.monotone'],
    [{ training: { bootstrap: 'sequential' } }, 'training.bootstrap'],
    [{ training: { time_decay: 1 } }, 'training.time_decay'],
    [
      { training: { selection: { score: 'variance', keep: { kind: 'best', count: 3 } } } },
      'training.selection.keep.count',
    ],
  ])('is refused by its field when it is made: %j', async (change, field) => {
    const refused = await api.send('POST', '/models', boosted(change));
    expect([refused.body.code, refused.body.errors.map((e: { field: string }) => e.field)]).toEqual([
      'validation_failed',
      [field],
    ]);
  });
});
