import { syntheticPlantedEdge } from '@assay/simulators';
import { unreadDocuments } from '@assay/testing';
import type { Client } from 'pg';
import { backtest, type ResearchClient, RULE_IDENTITY } from '../test/research-harness';
import { useResearch } from '../test/use-research';
import exampleStrategy from '../../../docs/examples/strategy.json';

const SIGN_OF_FACTOR = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'edge', operator: '>', value: 0 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'edge', operator: '<', value: 0 }] },
  ],
};
const TRAIN_END = '2020-01-09';

describe('the research path', () => {
  const research = useResearch();
  let sql: Client;
  let api: ResearchClient;
  let featureId: string;
  let imported: Record<string, any>;

  beforeAll(async () => {
    ({ api, sql } = research);
    imported = await api.ok('POST', '/data/import', {
      source: 'test',
      symbol: 'EDGE',
      timeframe: '1d',
      market: 'US',
      content: syntheticPlantedEdge({ seed: 1 }),
      synthetic: true,
    });
    const feature = { name: 'edge', plugin: 'column', params: { column: 'factor' } };
    featureId = (await api.ok('POST', '/features', feature)).id;
  });

  const rows = async (text: string, ...params: unknown[]): Promise<Record<string, any>[]> =>
    (await sql.query(text, params)).rows;

  async function draft(ruleTree: object = SIGN_OF_FACTOR, modelId: string | null = RULE_IDENTITY): Promise<string> {
    const signal = await api.ok('POST', '/signals', { name: 'sign', rule_tree: ruleTree, position_mode: 'long_short' });
    const strategy = await api.ok('POST', '/strategies', {
      name: 'edge',
      universe: ['EDGE'],
      source: 'test',
      timeframe: '1d',
      pipeline_config: { costs: { fee_bps: 5 } },
    });
    await api.ok('PATCH', `/strategies/${strategy.id}`, {
      version: 1,
      feature_ids: [featureId],
      signal_logic_id: signal.id,
      ...(modelId ? { model_id: modelId } : {}),
    });
    return strategy.id;
  }

  it('goes from a rule to a promotion with evidence and event in one piece, and back', async () => {
    const id = await draft();
    const vectorized = await backtest(api, id);
    const event = await backtest(api, id, { engine: 'backtrader' });
    expect(event.engine).toBe('event');
    for (const [name, value] of Object.entries<number | null>(vectorized.metrics)) {
      if (value === null) expect(event.metrics[name]).toBeNull();
      else expect(Math.abs(value - event.metrics[name]) / Math.max(1, Math.abs(value))).toBeLessThan(1e-9);
    }
    expect((await api.ok('GET', `/strategies/${id}`)).status).toBe('backtested');
    const early = await api.send('POST', `/strategies/${id}/promote`, {});
    expect([early.status, early.body.code]).toEqual([409, 'not_ready']);
    expect(early.body.checklist).toHaveLength(4);

    const walkForward = await api.result('/validation/walk-forward', { strategy_id: id });
    expect(walkForward.folds).toHaveLength(5);
    expect(walkForward.gates.default.passed).toBeNull();
    const cpcv = await api.result('/validation/cpcv', { strategy_id: id });
    expect([cpcv.splits.length, cpcv.paths.length]).toEqual([15, 5]);
    const ends = cpcv.courses.equity.map((course: number[]) => course.at(-1)! - 1);
    cpcv.paths.forEach((path: any, index: number) => expect(ends[index]).toBeCloseTo(path.total_return, 9));
    expect(cpcv.courses.times).toHaveLength(cpcv.courses.equity[0].length);
    const validation = await api.ok('GET', `/validation/strategies/${id}`);
    expect(Object.keys(validation.gates).sort()).toEqual(['default', 'exploratory', 'strict']);
    expect(validation.validated_under).toContain('default');
    expect(validation.validated_under).not.toContain('strict');
    expect(validation.ledger).toMatchObject({
      as_judged: { trials: 1, at: validation.gates_at },
      now: { trials: 1 },
    });
    expect((await api.ok('GET', `/strategies/${id}/status`)).ready).toBe(true);

    const refused = await api.send('POST', `/strategies/${id}/promote`, { policy: 'strict' });
    expect([refused.status, refused.body.code]).toEqual([409, 'gates_failed']);
    expect(refused.body.gates.map((g: { gate: string }) => g.gate)).toContain('holdout_sharpe');

    const retired = await api.send('POST', `/strategies/${id}/promote`, { policy: 'large_search' });
    expect(retired.status).toBe(422);
    expect(retired.body.errors).toEqual([
      expect.objectContaining({ field: 'policy', rule: 'in_force', value: 'large_search' }),
    ]);
    expect(retired.body.detail).toMatch(/retired: validate again and use default instead/);
    const unknown = await api.send('POST', `/strategies/${id}/promote`, { policy: 'mine' });
    expect(unknown.body.detail).toBe('policy must be one of default, strict, exploratory, was "mine"');
    const { items: policies } = await api.ok('GET', '/validation/policies');
    const inForce = policies.find((one: any) => one.policy === 'default' && one.state === 'in_force');
    for (const { gate, threshold, title, words } of validation.gates.default.gates) {
      expect(inForce.gates).toContainEqual(expect.objectContaining({ gate, threshold, title }));
      expect(words).toMatch(/\.$/);
    }
    expect(validation.gates.default).toMatchObject({ version: inForce.version, in_force: true });
    expect(validation.gates.default.words).toMatch(/good for paper trading only.*are made up/);
    expect(validation.information.benchmark).toMatchObject({ trials: 1, ...inForce.bounds.benchmark });

    const promoted = await api.ok('POST', `/strategies/${id}/promote`, {});
    expect(promoted).toMatchObject({ status: 'promoted', promoted_revision: promoted.revision });
    const [outbox] = await rows(
      `SELECT envelope FROM research.outbox WHERE type = 'strategy.promoted' AND aggregate_id = $1`,
      id,
    );
    const [evidence] = await rows('SELECT * FROM research.evidence WHERE strategy_id = $1', id);
    const { data } = outbox!.envelope;
    expect(data.evidence).toEqual(evidence!.document);
    expect(data).toMatchObject({ policy: 'default', config_hash: promoted.config_hash, revision: promoted.revision });
    expect(data.confidence).toBeGreaterThanOrEqual(0.95);
    expect(evidence!.document).toMatchObject({
      paper_only: false,
      synthetic: true,
      series: [{ source: 'test', symbol: 'EDGE', timeframe: '1d', synthetic: true }],
    });
    expect(evidence!.facts.history_anchor).toMatchObject({ source: 'test', fingerprint: expect.any(String) });
    const exported = await api.ok('GET', `/strategies/${id}/export`);
    expect(exported).toMatchObject({ kind: 'pipeline', ticker: 'EDGE', strategy_id: id, version: promoted.revision });

    expect((await api.send('DELETE', `/strategies/${id}`)).body.code).toBe('illegal_transition');
    const again = await api.send('POST', `/strategies/${id}/promote`, {});
    expect([again.status, again.body.code]).toEqual([409, 'illegal_transition']);
    const demoted = await api.ok('POST', `/strategies/${id}/demote`, { reason: 'test' });
    expect(demoted).toMatchObject({ status: 'validated', promoted_revision: null });
    const history = await rows(
      'SELECT action, reason FROM research.promotion_history WHERE strategy_id = $1 ORDER BY at',
      id,
    );
    expect(history.map((h) => h.action)).toEqual(['promoted', 'demoted']);
    const published = await rows('SELECT type FROM research.outbox WHERE aggregate_id = $1 ORDER BY position', id);
    expect(published.map((e) => e.type)).toEqual([
      'strategy.created',
      'strategy.updated',
      'strategy.promoted',
      'strategy.demoted',
    ]);
  });

  it('answers a promotion that the gates refuse with the gate table', async () => {
    const [buy, sell] = SIGN_OF_FACTOR.groups;
    const id = await draft({
      groups: [
        { ...buy, action: 'SELL' },
        { ...sell, action: 'BUY' },
      ],
    });
    await backtest(api, id);
    await api.result('/validation/walk-forward', { strategy_id: id });
    await api.result('/validation/cpcv', { strategy_id: id });
    expect((await api.ok('GET', `/strategies/${id}`)).status).toBe('backtested');
    const refused = await api.send('POST', `/strategies/${id}/promote`, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'gates_failed']);
    const failed = refused.body.gates.filter((g: { passed: boolean | null }) => g.passed === false);
    expect(failed.map((g: { gate: string }) => g.gate)).toContain('walk_forward_sharpe');
  });

  it('pins the history with the first backtest and refuses to promote once those bars have changed', async () => {
    const id = await draft();
    await backtest(api, id);
    const [first] = (await api.ok('GET', `/strategies/${id}/revisions`)).items.slice(-1);
    expect(first.history_anchor).toMatchObject({
      ...{ source: 'test', adjustment: 'none', first_bar: imported.first, until: imported.last },
    });
    await api.result('/validation/walk-forward', { strategy_id: id });
    await api.result('/validation/cpcv', { strategy_id: id });
    const csv = syntheticPlantedEdge({ seed: 1 });
    const lines = csv.trim().split('\n');
    const cells = lines[100]!.split(',');
    const close = lines[0]!.split(',').indexOf('close');
    cells[close] = String(Number(cells[close]) * 1.0001);
    const body = { source: 'test', symbol: 'EDGE', timeframe: '1d', market: 'US', synthetic: true };
    const corrected = await api.ok('POST', '/data/import', {
      ...body,
      content: [lines[0], cells.join(',')].join('\n'),
    });
    expect(corrected).toMatchObject({ bars: 1, updated: 1 });
    const refused = await api.send('POST', `/strategies/${id}/promote`, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'history_changed']);
    await api.result('/validation/walk-forward', { strategy_id: id });
    await api.result('/validation/cpcv', { strategy_id: id });
    expect((await api.ok('GET', `/validation/strategies/${id}`)).ledger.now.trials).toBe(1);
    expect((await api.ok('POST', `/strategies/${id}/promote`, {})).status).toBe('promoted');
    const restored = await api.ok('POST', '/data/import', { ...body, content: csv });
    expect(restored).toMatchObject({ updated: 1, unchanged: imported.bars - 1, fingerprint: imported.fingerprint });
  });

  it('trains a model, writes it to its strategy, and evaluates bars it was fitted on out of sample only', async () => {
    const model = await api.ok('POST', '/models', {
      name: 'logistic',
      kind: 'logistic',
      feature_ids: [featureId],
      label: { kind: 'forward_return_sign', horizon: 1 },
      params: { l2: 1 },
      seed: 1,
      refit: { every: 126, min_train: 252 },
    });
    const rules = (value: number) => ({
      groups: [
        { action: 'BUY', combinator: 'AND', rules: [{ field: 'prediction', operator: '>', value }] },
        { action: 'SELL', combinator: 'AND', rules: [{ field: 'prediction', operator: '<', value }] },
      ],
    });
    const id = await draft(rules(0.5), null);
    const request = { strategy_id: id, source: 'test', symbol: 'EDGE', timeframe: '1d', end: TRAIN_END };
    const trained = await api.result(`/models/${model.id}/train`, request);
    expect(trained.strategy).toMatchObject({ attached: true, conflict: false });
    expect(trained.train_end.slice(0, 10) <= TRAIN_END).toBe(true);
    const strategy = await api.ok('GET', `/strategies/${id}`);
    expect(strategy.model_id).toBe(model.id);
    const run = await backtest(api, id);
    expect(run.artifact_sha256).toBe(trained.artifact_sha256);
    const { rows: signals } = await api.ok('GET', `/backtests/${run.id}/signals?to=2011-03-01`);
    expect(signals[100]).toMatchObject({ prediction: null, signal: null, decision: 'no_signal' });
    expect(signals[100].bits.features.edge).toMatch(/^[0-9a-f]{16}$/);
    const retrained = await api.result(`/models/${model.id}/train`, request);
    expect(retrained.artifact_sha256).toBe(trained.artifact_sha256);
    const curve = await api.ok('GET', `/backtests/${run.id}/equity-curve`);
    expect(curve.items[0]).toMatchObject({
      date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      equity: expect.any(Number),
    });
    const csv = await api.send('GET', `/backtests/${run.id}/trades?format=csv`);
    expect(csv.body.text.split('\n')[0]).toContain('entry_time,exit_time');
    const byAccept = (path: string, accept: string) =>
      api.send('GET', `/backtests/${run.id}/${path}`, undefined, { accept });
    for (const table of ['equity-curve', 'trades', 'drawdowns']) {
      const asked = await byAccept(table, 'text/csv');
      expect([asked.headers['content-type'], asked.headers.vary]).toEqual(['text/csv; charset=utf-8', 'Accept']);
      expect(asked.body.text).toBe((await api.send('GET', `/backtests/${run.id}/${table}?format=csv`)).body.text);
      expect((await byAccept(table, '*/*')).body.items.length).toBeGreaterThan(0);
      expect((await byAccept(`${table}?format=json`, 'text/csv')).body.items.length).toBeGreaterThan(0);
    }
    const tuned = await api.result(`/models/${model.id}/tune`, { strategy_id: id, l2: [1, 10] });
    expect(tuned).toMatchObject({ sets: 2, trials: 2 });
  });

  it('reports a conflict when the strategy changed while the model was trained, and leaves it alone', async () => {
    const model = await api.ok('POST', '/models', { name: 'late', kind: 'logistic', feature_ids: [featureId] });
    const id = await draft(SIGN_OF_FACTOR, null);
    const request = { strategy_id: id, source: 'test', symbol: 'EDGE', timeframe: '1d', end: TRAIN_END };
    await sql.query('BEGIN');
    await sql.query('SELECT 1 FROM research.strategy WHERE id = $1 FOR UPDATE', [id]);
    const { job_id: job } = await api.ok('POST', `/models/${model.id}/train`, request);
    await sql.query('UPDATE research.strategy SET version = version + 1 WHERE id = $1', [id]);
    await sql.query('COMMIT');
    expect((await api.ended(job)).result.strategy).toMatchObject({ attached: false, conflict: true });
    expect((await api.ok('GET', `/strategies/${id}`)).model_id).toBeNull();
  });

  it('imports a Strategy JSON under its own id and exports it again without loss', async () => {
    const strategy_id = '01890000-0000-7000-8000-00000000abcd';
    const document = { ...exampleStrategy, strategy_id, ticker: 'EDGE', trading_period: 252 };
    const created = await api.ok('POST', '/strategies/import', { ...document, source: 'test' });
    expect(created).toMatchObject({ id: document.strategy_id, revision: 1, status: 'draft', kind: 'substrategies' });
    expect(created.warnings.map((w: { code: string }) => w.code)).toContain('band_resolved_to_bounded');
    expect(await api.ok('GET', `/strategies/${created.id}/export`)).toEqual(document);
    const same = await api.ok('POST', '/strategies/import', { ...document, source: 'test' });
    expect(same.revision).toBe(1);
    const changed = { ...document, substrategies: [document.substrategies[0]] };
    expect((await api.ok('POST', '/strategies/import', { ...changed, source: 'test' })).revision).toBe(2);
    // Whatever answers with the strategy says how its document is understood, not only the import.
    const { version, warnings } = await api.ok('POST', '/strategies/import', { ...document, source: 'test' });
    expect(warnings).toEqual(created.warnings);
    const patched = await api.ok('PATCH', `/strategies/${created.id}`, { version, name: 'another name' });
    expect(patched.warnings).toEqual(created.warnings);
    expect((await api.ok('GET', `/strategies/${created.id}`)).warnings).toEqual(created.warnings);
    const run = await backtest(api, created.id);
    expect(run.status).toBe('completed');
    const validated = await api.result('/validation/walk-forward', { strategy_id: created.id });
    expect(validated.gates.exploratory.gates.length).toBeGreaterThan(5);
  });

  it('leaves events and jobs that are read as they were written', async () => {
    const [strategy] = (await api.ok('GET', '/strategies?limit=1')).items;
    await api.result(`/features/${featureId}/generate`, { symbol: 'EDGE', timeframe: '1d' });
    await api.result('/signals/generate', { strategy_id: strategy.id });
    const { read, faults } = await unreadDocuments(research.database.url);
    expect(faults).toEqual([]);
    const kinds = ['feature.generate', 'signal.generate', 'model.train', 'model.tune', 'backtest.execute'];
    const validations = ['validation.walk_forward', 'validation.cpcv'];
    const types = ['created', 'updated', 'promoted', 'demoted'].map((what) => `strategy.${what}`);
    const expected = [
      ...[...kinds, ...validations].flatMap((kind) => [`payload of ${kind}`, `result of ${kind}`]),
      ...[...types, 'model.trained', 'backtest.completed', 'validation.completed'].map((type) => `event ${type}`),
    ];
    expect(expected.filter((what) => !read.has(what))).toEqual([]);
  });
});
