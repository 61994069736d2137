import {
  AVERAGE_RULES,
  backtest,
  importMarket,
  type ResearchClient,
  RULE_IDENTITY,
  seedRuleStrategy,
} from '../test/research-harness';
import { useResearch } from '../test/use-research';

describe('strategies through their life', () => {
  const research = useResearch();
  let api: ResearchClient;
  let stranger: ResearchClient;
  let viewer: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    stranger = await research.as('trader', ['research:read', 'research:write']);
    viewer = await research.as('viewer', ['research:read']);
    await importMarket(api, 'WALK', { bars: 900, seed: 11 });
  });

  const patch = async (id: string, fields: object): Promise<Record<string, any>> => {
    const { version } = await api.ok('GET', `/strategies/${id}`);
    return api.ok('PATCH', `/strategies/${id}`, { version, ...fields });
  };

  it.each<[string, string, object, number]>([
    ['the market of its bars', 'AROUND', {}, 365],
    ['what is asked for', 'AROUND', { trading_period: 300 }, 300],
    ['252 while no bars tell', 'UNKNOWN', {}, 252],
  ])('takes the trading period of %s', async (_what, symbol, pipeline_config, expected) => {
    const content = 'date,open,high,low,close\n2024-01-06,1,1,1,1\n2024-01-07,1,1,1,1\n';
    if (symbol === 'AROUND') {
      const series = { source: 'test', symbol, timeframe: '1d', market: 'CRYPTO', synthetic: true };
      await api.ok('POST', '/data/import', { ...series, content });
    }
    const body = { name: 'crypto', universe: [symbol], source: 'test', timeframe: '1h', pipeline_config };
    const made = await api.ok('POST', '/strategies', body);
    expect(made.pipeline_config.trading_period).toBe(expected);
  });

  it('refuses an imported document once, with everything that is wrong with it', async () => {
    const feature = (name: string, plugin: string, params: object) => ({ name, plugin, plugin_version: '1', params });
    const { status, body } = await api.send('POST', '/strategies/import', {
      ...{ kind: 'pipeline', source: 'two words', ticker: 'WALK', trading_period: 0, costs: { fee_bps: -1 } },
      features: [feature('a', 'sma', { window: 0 }), feature('b', 'magic', {}), feature('a', 'rsi', { length: 3 })],
      model: { kind: 'rule.identity' },
      sizing: { kind: 'volatility_target' },
      signal: { output_mode: 'discrete', position_mode: 'long', rule_tree: { groups: [] } },
    });
    expect(status).toBe(422);
    const fields = body.errors.map((problem: { field: string }) => problem.field);
    expect(fields).toEqual(
      expect.arrayContaining([
        ...['source', 'trading_period', 'costs.fee_bps', 'costs.slippage_bps', 'features[0].params.window'],
        ...['features[1].plugin', 'features[2].params.length', 'features[2].name', 'sizing.annual'],
        ...['signal.position_mode', 'signal.rule_tree.groups'],
      ]),
    );
  });

  it('raises the version on every write and the revision only when the content changes', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK');
    const before = await api.ok('GET', `/strategies/${id}`);
    const renamed = await patch(id, { name: 'another name' });
    expect([renamed.version, renamed.revision, renamed.config_hash]).toEqual([
      before.version + 1,
      before.revision,
      before.config_hash,
    ]);
    const same = await patch(id, { pipeline_config: { costs: { fee_bps: 5, slippage_bps: 0, spread_bps: 0 } } });
    expect([same.version, same.revision]).toEqual([before.version + 2, before.revision]);
    const dearer = await patch(id, { pipeline_config: { costs: { fee_bps: 6 } } });
    expect([dearer.revision, dearer.status]).toEqual([before.revision + 1, 'draft']);
    const { items } = await api.ok('GET', `/strategies/${id}/revisions`);
    expect(items.map((r: { revision: number }) => r.revision)).toEqual([1, 2, 3]);
    expect(items[1].recipe.config.costs.fee_bps).toBe(5);
  });

  it('answers a strategy with an ETag that If-None-Match and If-Match take, and that follows its status', async () => {
    const { id, featureId, signalId } = await seedRuleStrategy(api, 'WALK');
    const path = `/strategies/${id}`;
    const read = await api.send('GET', path);
    const tag = String(read.headers.etag);
    expect(tag).toMatch(new RegExp(`^"${read.body.version}-[0-9a-f]+"$`));
    const again = await api.send('GET', path, undefined, { 'if-none-match': tag });
    expect([again.status, again.body.text, again.headers.etag]).toEqual([304, '', tag]);

    // A backtest moves the status without a new version.
    await backtest(api, id);
    const moved = await api.send('GET', path, undefined, { 'if-none-match': tag });
    expect([moved.status, moved.body.status, moved.body.version]).toEqual([200, 'backtested', read.body.version]);

    const renamed = await api.send('PATCH', path, { name: 'by tag' }, { 'if-match': String(moved.headers.etag) });
    expect([renamed.status, renamed.body.version]).toEqual([200, read.body.version + 1]);
    const stale = await api.send('PATCH', path, { name: 'too late' }, { 'if-match': tag });
    expect([stale.status, stale.body.code]).toEqual([409, 'stale_version']);

    for (const other of [`/features/${featureId}`, `/signals/${signalId}`, `/models/${RULE_IDENTITY}`]) {
      const { headers } = await api.send('GET', other);
      expect((await api.send('GET', other, undefined, { 'if-none-match': String(headers.etag) })).status).toBe(304);
    }
  });

  it('lets one of two writers through who read the same version', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK');
    const { version } = await api.ok('GET', `/strategies/${id}`);
    const answers = await Promise.all(
      ['a', 'b'].map((name) => api.send('PATCH', `/strategies/${id}`, { version, name })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const refused = answers.find((answer) => answer.status === 409)!;
    expect(refused.body).toMatchObject({ code: 'stale_version', current_version: version + 1 });
  });

  it('answers features, models and signal logics in one form, with every revision of their content', async () => {
    const { featureId, signalId } = await seedRuleStrategy(api, 'WALK', 31);
    const renamed = await api.ok('PATCH', `/features/${featureId}`, { version: 1, params: { window: 32 } });
    expect([renamed.revision, renamed.version]).toEqual([2, 2]);
    const versions = await api.ok('GET', `/features/${featureId}/versions`);
    const signals = await api.ok('GET', `/signals/${signalId}/revisions`);
    const models = await api.ok('GET', `/models/${RULE_IDENTITY}/revisions`);
    expect(versions.items.map((r: { content: { params: object } }) => r.content.params)).toMatchObject([
      { window: 31 },
      { window: 32 },
    ]);
    for (const item of [...versions.items, ...signals.items, ...models.items]) {
      expect(item).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), created_at: expect.any(String) });
    }
    for (const path of [`/features/${featureId}`, `/signals/${signalId}`, `/models/${RULE_IDENTITY}`]) {
      const shared = ['id', 'name', 'revision', 'hash', 'version', 'created_at', 'updated_at'];
      expect(Object.keys(await api.ok('GET', path))).toEqual(expect.arrayContaining(shared));
    }
  });

  it('keeps what a revision pins when a feature is edited, until the features are attached again', async () => {
    const { id, featureId } = await seedRuleStrategy(api, 'WALK');
    const before = await api.ok('GET', `/strategies/${id}`);
    await api.ok('PATCH', `/features/${featureId}`, { version: 1, params: { window: 50 } });
    const kept = await patch(id, { description: 'still the same' });
    expect(kept.config_hash).toBe(before.config_hash);
    const repinned = await patch(id, { feature_ids: [featureId] });
    expect(repinned.revision).toBe(before.revision + 1);
    const { items } = await api.ok('GET', `/strategies/${id}/revisions`);
    const windows = items
      .slice(-2)
      .map((r: any) => [r.recipe.features[0].params.window, r.recipe.features[0].pin.revision]);
    expect(windows).toEqual([
      [20, 1],
      [50, 2],
    ]);
    expect((await api.ok('GET', `/features/${featureId}/versions`)).items).toHaveLength(2);
  });

  it('starts over as a draft when a backtested strategy changes, and keeps the older revision backtested', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK');
    await backtest(api, id);
    const changed = await patch(id, {
      pipeline_config: { sizing: { kind: 'volatility_target', annual: 0.1, window: 21, cap: 1, rebalance: 'bar' } },
    });
    expect(changed.status).toBe('draft');
    const { items } = await api.ok('GET', `/strategies/${id}/revisions`);
    expect(items.slice(-2).map((r: { status: string }) => r.status)).toEqual(['backtested', 'draft']);
    const refused = await api.send('POST', '/validation/cpcv', { strategy_id: id });
    expect([refused.status, refused.body.code]).toEqual([409, 'illegal_transition']);
  });

  it('archives for reading only, and shows the history of what happened', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK');
    const archived = await api.ok('POST', `/strategies/${id}/archive`, { reason: 'no longer traded' });
    expect(archived.status).toBe('archived');
    expect((await api.send('POST', '/backtests', { strategy_id: id })).body.code).toBe('archived_read_only');
    expect((await api.ok('GET', `/strategies/${id}/lineage`)).promotions).toEqual([
      expect.objectContaining({ action: 'archived', reason: 'no longer traded' }),
    ]);
  });

  it('shows nobody what belongs to somebody else, and lets viewers only look', async () => {
    const { id, featureId, signalId } = await seedRuleStrategy(api, 'WALK');
    const run = await backtest(api, id);
    const paths = [
      `/strategies/${id}`,
      `/strategies/${id}/revisions`,
      `/strategies/${id}/status`,
      `/strategies/${id}/lineage`,
      `/strategies/${id}/export`,
      `/features/${featureId}`,
      `/signals/${signalId}`,
      `/backtests/${run.id}`,
      `/backtests/${run.id}/equity-curve`,
      `/backtests/${run.id}/signals`,
      `/validation/strategies/${id}`,
      `/jobs/${run.job_id}`,
    ];
    for (const path of paths) {
      expect([path, (await api.send('GET', path)).status]).toEqual([path, 200]);
      expect([path, (await stranger.send('GET', path)).status]).toEqual([path, 404]);
    }
    expect((await stranger.send('PATCH', `/strategies/${id}`, { version: 2, name: 'mine' })).status).toBe(404);
    expect((await stranger.send('POST', '/backtests', { strategy_id: id })).status).toBe(404);
    expect((await stranger.ok('GET', '/strategies')).items).toEqual([]);
    expect((await stranger.ok('GET', '/models')).items.map((m: { id: string }) => m.id)).toEqual([RULE_IDENTITY]);
    expect((await viewer.send('POST', '/strategies', {})).status).toBe(403);
    expect((await stranger.send('POST', '/data/import', {})).status).toBe(403);
  });

  it('runs a rule tree over sample rows, missing data included', async () => {
    const tree = AVERAGE_RULES('open');
    const {
      dry_run: rows,
      unreachable,
      groups,
    } = await api.ok('POST', '/signals/validate-rule-tree', {
      rule_tree: { groups: [...tree.groups, tree.groups[0]] },
      sample: [
        { close: 2, open: 1 },
        { close: null, open: 1 },
        { close: 1, open: 2 },
      ],
    });
    expect(rows).toEqual([
      { decision: 'BUY', signal: 1 },
      { decision: 'NO_SIGNAL', signal: 1 },
      { decision: 'SELL', signal: 0 },
    ]);
    expect(unreachable).toEqual([expect.objectContaining({ group: 2, reason: 'covered', by: [0] })]);
    expect(groups[2]).toEqual({ group: 2, action: 'BUY', true: 1, false: 1, unknown: 1, decided: 0 });
  });

  it('explains one bar of a strategy as its backtest evaluated it', async () => {
    const { id } = await seedRuleStrategy(api, 'WALK', 20);
    const bar = await api.result('/signals/explain', { strategy_id: id, at: '2011-03-01' });
    expect(bar).toMatchObject({ bar_time: '2011-03-01T00:00:00.000Z', sizing: { kind: 'fixed' } });
    const decides = bar.groups.filter((group: any) => group.decides);
    expect(decides).toHaveLength(1);
    expect(bar.why).toBe(`${decides[0].path} holds: ${decides[0].action}`);
    expect(bar.signal).toBe(decides[0].action === 'BUY' ? 1 : 0);
    const [leaf] = decides[0].rules;
    expect(leaf).toMatchObject({ truth: 'true', left: bar.close });
    expect(leaf.right).toBe(Object.values(bar.features)[0]);
    const { status, body } = await api.send('POST', '/signals/explain', { strategy_id: id, at: 'soon' });
    expect([status, body.errors[0].field]).toEqual([422, 'at']);
    expect((await stranger.send('POST', '/signals/explain', { strategy_id: id })).status).toBe(404);
  });
});
