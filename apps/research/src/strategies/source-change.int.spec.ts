import { syntheticPlantedEdge } from '@assay/simulators';
import type { Client } from 'pg';
import { backtest, type ResearchClient, RULE_IDENTITY } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';
import exampleStrategy from '../../../../docs/examples/strategy.json';

const RULES = {
  groups: [
    { action: 'BUY', combinator: 'AND', rules: [{ field: 'edge', operator: '>', value: 0 }] },
    { action: 'SELL', combinator: 'AND', rules: [{ field: 'edge', operator: '<', value: 0 }] },
  ],
};

const WAITING = `SELECT count(*)::int AS waiting FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('what was proven on the bars of one source', () => {
  const research = useResearch();
  let api: ResearchClient;
  let sql: Client;
  let featureId: string;

  beforeAll(async () => {
    ({ api, sql } = research);
    for (const [source, seed] of [
      ['first', 1],
      ['second', 2],
    ] as const) {
      const series = { source, symbol: 'EDGE', timeframe: '1d', market: 'US', synthetic: true };
      await api.ok('POST', '/data/import', { ...series, content: syntheticPlantedEdge({ seed }) });
    }
    const feature = { name: 'edge', plugin: 'column', params: { column: 'factor' } };
    featureId = (await api.ok('POST', '/features', feature)).id;
  });

  async function drafted(source: string | null, modelId = RULE_IDENTITY): Promise<Record<string, any>> {
    const signal = await api.ok('POST', '/signals', { name: 'sign', rule_tree: RULES, position_mode: 'long_short' });
    const draft = { name: 'edge', universe: ['EDGE'], source, timeframe: '1d', pipeline_config: {} };
    const { id } = await api.ok('POST', '/strategies', draft);
    const parts = { version: 1, feature_ids: [featureId], signal_logic_id: signal.id, model_id: modelId };
    return api.ok('PATCH', `/strategies/${id}`, parts);
  }
  async function validated(source: string | null): Promise<Record<string, any>> {
    const { id } = await drafted(source);
    await backtest(api, id, source === null ? { source: 'first' } : {});
    await api.result('/validation/walk-forward', { strategy_id: id });
    await api.result('/validation/cpcv', { strategy_id: id });
    const strategy = await api.ok('GET', `/strategies/${id}`);
    expect(strategy.status).toBe('validated');
    return strategy;
  }
  const revisionsOf = async (id: string) => (await api.ok('GET', `/strategies/${id}/revisions`)).items;
  /** Nothing is proven about the newest revision, and no bar of the first source may speak for it. */
  async function expectDraft({ id, revision }: Record<string, any>): Promise<void> {
    const now = await api.ok('GET', `/strategies/${id}`);
    expect(now).toMatchObject({ status: 'draft', validated_under: [], revision });
    expect((await api.ok('GET', `/strategies/${id}/status`)).ready).toBe(false);
    expect(await api.ok('GET', `/validation/strategies/${id}`)).toMatchObject({ walk_forward: null, gates: {} });
    const promoted = await api.send('POST', `/strategies/${id}/promote`, {});
    expect([promoted.status, promoted.body.code]).toEqual([409, 'not_ready']);
    const run = await backtest(api, id);
    expect(run.data.source).toBe('second');
  }

  it('is not proven of another one that a change states, and stays with the revision it was proven of', async () => {
    const before = await validated('first');
    const { id, version, revision, config_hash } = before;
    const moved = await api.ok('PATCH', `/strategies/${id}`, { version, source: 'second' });
    expect(moved).toMatchObject({ source: 'second', revision: revision + 1, config_hash, status: 'draft' });
    await expectDraft(moved);
    const [proven, fresh] = (await revisionsOf(id)).slice(-2);
    expect(proven).toMatchObject({ source: 'first', status: 'validated', history_anchor: { source: 'first' } });
    expect(fresh).toMatchObject({ source: 'second', status: 'backtested', history_anchor: { source: 'second' } });
  });

  it('is not proven of another one that an import states, nor of the one that a changed anchor names', async () => {
    const { id, revision } = await validated('first');
    const document = await api.ok('GET', `/strategies/${id}/export`);
    const again = await api.ok('POST', '/strategies/import', document);
    expect(again).toMatchObject({ revision, status: 'validated', source: 'first' });
    const bare = Object.fromEntries(Object.entries(document).filter(([key]) => key !== 'history_anchor'));
    const unsaid = await api.ok('POST', '/strategies/import', bare);
    expect(unsaid).toMatchObject({ revision, status: 'validated', source: 'first' });
    const moved = await api.ok('POST', '/strategies/import', { ...document, source: 'second' });
    expect(moved).toMatchObject({ source: 'second', revision: revision + 1, status: 'draft' });
    await expectDraft(moved);
    const back = { ...document.history_anchor, source: 'first' };
    const returned = await api.ok('POST', '/strategies/import', { ...document, history_anchor: back });
    expect(returned).toMatchObject({ source: 'first', revision: revision + 2, status: 'draft', validated_under: [] });
  });

  it('is not proven of another one where the strategy stated none; to state the one it was proven on changes nothing', async () => {
    const { id, version, revision } = await validated(null);
    const stated = await api.ok('PATCH', `/strategies/${id}`, { version, source: 'first' });
    expect(stated).toMatchObject({ source: 'first', revision, status: 'validated' });
    const moved = await api.ok('PATCH', `/strategies/${id}`, { version: stated.version, source: 'second' });
    expect(moved).toMatchObject({ revision: revision + 1, status: 'draft' });
    await expectDraft(moved);
  });

  it('is not proven of another one of an imported substrategies document', async () => {
    const strategy_id = '01890000-0000-7000-8000-00000000bcde';
    const document = { ...exampleStrategy, strategy_id, ticker: 'EDGE', trading_period: 252 };
    await api.ok('POST', '/strategies/import', { ...document, source: 'first' });
    await backtest(api, strategy_id);
    expect(await api.ok('POST', '/strategies/import', document)).toMatchObject({ revision: 1, status: 'backtested' });
    const moved = await api.ok('POST', '/strategies/import', { ...document, source: 'second' });
    expect(moved).toMatchObject({ source: 'second', revision: 2, status: 'draft' });
  });

  it('begins with a source that a run may not replace', async () => {
    const { id } = await drafted('first');
    const asked = { strategy_id: id, source: 'second' };
    for (const [path, body] of [
      ['/backtests', asked],
      ['/backtests/sweep', { ...asked, params: [{ path: 'costs.fee_bps', values: [1, 2] }] }],
    ] as const) {
      const refused = await api.send('POST', path, body);
      expect([path, refused.status, refused.body.errors?.[0]]).toEqual([
        path,
        422,
        expect.objectContaining({ field: 'source', rule: 'strategy_source', value: 'second' }),
      ]);
    }
  });

  it('is not mixed by two runs of a strategy without a source, whichever of them read its bars first', async () => {
    const { id, revision } = await drafted(null);
    const [before, meanwhile, pinned] = [
      await api.ok('POST', '/backtests', { strategy_id: id, source: 'second' }),
      await api.ok('POST', '/backtests', { strategy_id: id, source: 'second' }),
      await api.ok('POST', '/backtests', { strategy_id: id, source: 'first' }),
    ];
    // the run has read its bars when another one pins the history
    await sql.query('BEGIN');
    await sql.query('SELECT 1 FROM research.strategy WHERE id = $1 FOR UPDATE', [id]);
    const { job_id: running } = await api.ok('POST', `/backtests/${meanwhile.id}/execute`);
    for (let waiting = 0; waiting === 0;) ({ waiting } = (await sql.query(WAITING)).rows[0]);
    const anchor = { source: 'first', adjustment: 'none', first_bar: '2010-01-04T00:00:00.000Z' };
    const pin = 'UPDATE research.strategy_revision SET history_anchor = $3 WHERE strategy_id = $1 AND revision = $2';
    await sql.query(pin, [id, revision, anchor]);
    await sql.query('COMMIT');
    expect((await api.ended(running)).state).toBe('failed');
    expect((await api.job(`/backtests/${before.id}/execute`)).state).toBe('failed');
    for (const run of [before, meanwhile]) {
      const { error } = await api.ok('GET', `/backtests/${run.id}`);
      expect(error.errors[0]).toMatchObject({ field: 'source', rule: 'history_anchor', value: 'second' });
    }
    expect((await api.job(`/backtests/${pinned.id}/execute`)).state).toBe('completed');
  });

  it('is never a model that was fitted on those of another', async () => {
    const model = await api.ok('POST', '/models', { name: 'fit', kind: 'logistic', feature_ids: [featureId] });
    const fit = { symbol: 'EDGE', timeframe: '1d', end: '2020-01-09' };
    const { id } = await drafted('first', model.id);
    const other = await api.result(`/models/${model.id}/train`, { ...fit, strategy_id: id, source: 'second' });
    expect(other.strategy).toMatchObject({ attached: false, conflict: true });
    expect(other.strategy.reason).toMatch(/bars come from first, the model was fitted on those from second/);

    const open = await drafted(null, model.id);
    expect((await revisionsOf(open.id)).at(-1).artifact.sha256).toBe(other.artifact_sha256);
    const refused = await api.send('POST', '/backtests', { strategy_id: open.id, source: 'first' });
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({ code: 'not_ready', source: 'first', fitted: ['second'] }),
    ]);
    await api.result(`/models/${model.id}/train`, { ...fit, strategy_id: open.id, source: 'first' });
    expect((await backtest(api, open.id, { source: 'first' })).data.source).toBe('first');
  });
});
