import { inTurn } from '@assay/persistence';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backtest, importMarket, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const EXAMPLE = readFileSync(join(__dirname, '../../../../docs/examples/direction.onnx'));
const RULES = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value: 0.5 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'prediction', operator: '<=', value: 0.5 }] },
  ],
};
const LABEL = { kind: 'forward_return_sign', horizon: 1 };
const FEATURES = [
  { name: 'momentum_5', plugin: 'momentum', params: { window: 5 } },
  { name: 'rsi_14', plugin: 'rsi', params: { window: 14 } },
  { name: 'vol_21', plugin: 'realised_volatility', params: { window: 21 } },
];

describe('models that are no formula of their inputs', () => {
  const research = useResearch();
  let api: ResearchClient;
  let featureIds: string[];

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'NET', { bars: 700, seed: 5 });
    featureIds = [];
    for (const feature of FEATURES) featureIds.push((await api.ok('POST', '/features', feature)).id);
  });

  async function strategyWith(model: object): Promise<{ strategy: string; model: string }> {
    const made = await api.ok('POST', '/models', { name: 'm', feature_ids: featureIds, ...model });
    const signal = await api.ok('POST', '/signals', { name: 's', rule_tree: RULES, position_mode: 'long_only' });
    const { id } = await api.ok('POST', '/strategies', {
      name: 'n',
      universe: ['NET'],
      source: 'test',
      timeframe: '1d',
      pipeline_config: {},
    });
    const parts = { version: 1, feature_ids: featureIds, signal_logic_id: signal.id, model_id: made.id };
    await api.ok('PATCH', `/strategies/${id}`, parts);
    return { strategy: id, model: made.id };
  }

  it('train, trade and are judged in folds: an LSTM', async () => {
    const params = { units: 3, steps: 4, epochs: 2 };
    const refit = { every: 400, min_train: 200 };
    const { strategy, model } = await strategyWith({ kind: 'lstm', label: LABEL, params, refit, seed: 1 });
    const series = { source: 'test', symbol: 'NET', timeframe: '1d', end: '2011-06-30' };
    const trained = await api.result(`/models/${model}/train`, { ...series, strategy_id: strategy });
    expect(trained.strategy).toMatchObject({ attached: true });
    expect(trained.metrics).toMatchObject({ epochs: expect.any(Number), samples: expect.any(Number) });
    const again = await api.result(`/models/${model}/train`, series);
    expect(again.artifact_sha256).toBe(trained.artifact_sha256);
    const done = await backtest(api, strategy);
    expect(done).toMatchObject({ artifact_sha256: trained.artifact_sha256 });
    const walked = await api.result('/validation/walk-forward', { strategy_id: strategy });
    expect(walked.folds).toHaveLength(5);
  }, 120_000);

  it('are refused with the input or the parameter that no fit can take, once', async () => {
    const feature = { name: 'huge', plugin: 'expression', params: { expression: 'exp(close * 5)' } };
    const huge = (await api.ok('POST', '/features', feature)).id;
    const series = { source: 'test', symbol: 'NET', timeframe: '1d', end: '2011-06-30' };
    const refused = async (model: object) => {
      const { id } = await api.ok('POST', '/models', { name: 'm', feature_ids: featureIds, label: LABEL, ...model });
      const job = await api.job(`/models/${id}/train`, series);
      return [job.state, job.attempts, job.error.errors[0].field, job.error.errors[0].rule];
    };
    expect(await refused({ kind: 'logistic', feature_ids: [featureIds[0], huge] })).toEqual([
      ...['failed', 1, 'model.inputs[1]', 'number_range'],
    ]);
    // as many units as this kind takes, though another takes fewer
    const endless = { units: 200, l2: 1e300, epochs: 1 };
    expect(await refused({ kind: 'mlp', params: endless })).toEqual([
      ...['failed', 1, 'params.learning_rate', 'finite_weights'],
    ]);
  }, 60_000);

  it('come as a file, trade after their training and are never fitted', async () => {
    const { strategy, model } = await strategyWith({ kind: 'onnx', label: LABEL });
    const series = { source: 'test', symbol: 'NET', timeframe: '1d' };
    const stated = { ...series, train_start: '2010-01-04', train_end: '2011-06-30' };
    const send = (change: Record<string, string>, body: unknown = EXAMPLE, type = 'application/octet-stream') =>
      api.send('POST', `/models/${model}/import?${new URLSearchParams({ ...stated, ...change })}`, body, {
        'content-type': type,
      });
    const imported = await send({ strategy_id: strategy });
    expect([imported.status, imported.body]).toEqual([
      201,
      expect.objectContaining({
        model_id: model,
        train_end: '2011-06-30T23:59:59.999Z',
        metrics: { bytes: EXAMPLE.length },
      }),
    ]);
    expect(imported.body.strategy).toMatchObject({ attached: true });
    const done = await backtest(api, strategy);
    expect(done).toMatchObject({ artifact_sha256: imported.body.artifact_sha256, scored_from: { rule: 'train_end' } });
    expect(Date.parse(done.scored_from.time)).toBeGreaterThan(Date.parse('2011-06-30'));
    expect(done.warnings).toContainEqual(expect.objectContaining({ code: 'stated_training' }));

    const walked = await api.result('/validation/walk-forward', { strategy_id: strategy });
    const crossed = await api.result('/validation/cpcv', { strategy_id: strategy });
    for (const judged of [walked, crossed]) expect(judged.scored_from).toEqual(done.scored_from);
    expect(Date.parse(walked.folds[0].train[0])).toBeGreaterThan(Date.parse('2011-06-30'));
    expect(crossed.warnings).toContainEqual(expect.objectContaining({ code: 'stated_training' }));
    const proof = await api.ok('GET', `/validation/strategies/${strategy}`);
    expect(proof.information.first_scored_bar).toBe(walked.scored[0]);
    expect(proof.gates.default).toMatchObject({ policy: 'default', passed: expect.any(Boolean) });
    expect(proof.ledger.now.trials).toBe(1);

    // what a file has seen does not become less, under other parameters or another model neither
    const earlier = await send({ train_end: '2010-12-31' });
    expect([earlier.status, earlier.body.errors[0].rule]).toEqual([422, 'said_before']);
    expect(earlier.body.errors[0].message).toContain('must not be before 2011-06-30T23:59:59.999Z');
    const { model: twin } = await strategyWith({ kind: 'onnx', label: LABEL, params: { column: 0 } });
    const url = `/models/${twin}/import?${new URLSearchParams({ ...stated, train_end: '2010-12-31' })}`;
    const again = await api.send('POST', url, EXAMPLE, { 'content-type': 'application/octet-stream' });
    expect([again.status, again.body.errors[0].rule]).toEqual([422, 'said_before']);
    const stranger = await research.as();
    const own = await stranger.ok('POST', '/models', {
      ...{ name: 'm', kind: 'onnx', label: LABEL },
      feature_ids: await inTurn(FEATURES, async (feature) => (await stranger.ok('POST', '/features', feature)).id),
    });
    const theirs = `/models/${own.id}/import?${new URLSearchParams({ ...stated, train_end: '2010-12-31' })}`;
    const free = await stranger.send('POST', theirs, EXAMPLE, { 'content-type': 'application/octet-stream' });
    expect(free.status).toBe(201);
    expect((await send({ train_end: '2011-07-29' })).status).toBe(201);

    const noModel = await send({}, Buffer.from('no model'));
    expect([noModel.status, noModel.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ field: 'file', rule: 'model_file' }),
    ]);
    const json = await send({}, '{}', 'application/json');
    expect([json.status, json.body.errors[0].field]).toEqual([422, 'file']);
    const backwards = await send({ train_end: '2009-01-01' });
    expect(backwards.body.errors[0]).toMatchObject({ field: 'train_end', rule: 'after_start' });
    const later = await send({ train_end: new Date(Date.now() + 3 * 86_400_000).toISOString() });
    expect([later.status, later.body.errors[0].rule]).toEqual([422, 'not_future']);
    const training = await api.send('POST', `/models/${model}/train`, { ...series, end: '2011-06-30' });
    expect([training.status, training.body.code]).toEqual([409, 'not_ready']);
    const other = await api.ok('POST', '/models', {
      name: 'l',
      kind: 'logistic',
      feature_ids: featureIds,
      label: LABEL,
    });
    const fitted = await api.send('POST', `/models/${other.id}/import?${new URLSearchParams(stated)}`, EXAMPLE, {
      'content-type': 'application/octet-stream',
    });
    expect([fitted.status, fitted.body.code]).toEqual([409, 'not_ready']);
    const strange = await api.send(
      'POST',
      `/models/01890000-0000-7000-8000-0000000000ff/import?${new URLSearchParams(stated)}`,
      EXAMPLE,
      { 'content-type': 'application/octet-stream' },
    );
    expect(strange.status).toBe(404);
  }, 180_000);
});
