import { DataSource } from 'typeorm';
import {
  backtest,
  importMarket,
  randomMarketCsv,
  seedRuleStrategy,
  type Answer,
  type ResearchClient,
} from '../../test/research-harness';
import { useResearch } from '../../test/use-research';
import type { DataPin } from '../records/market/data-pin';
import { StrategyStore } from '../records/strategies/strategy.store';
import { TrialLedger } from '../records/trials/trial-ledger.store';

const WINDOW = 'features.0.params.window';
const FROM = '2012-06-01';
const SHAPE = { bars: 900, seed: 5 };
const PIN: DataPin = {
  ...{
    source: 'test',
    symbol: 'KEPT',
    timeframe: '1d',
    adjustment: 'none',
    first_bar: '',
    until: '',
    fingerprint: 'f',
  },
  ...{ bars: 3, scored: null },
};

describe('a locked holdout', () => {
  const research = useResearch();
  let api: ResearchClient;
  let id: string;
  let featureId: string;
  let modelId: string;
  let learned: string;

  const lock = (from: unknown, of = id) => api.send('POST', `/strategies/${of}/holdout`, { from });
  const holdouts = async (of = id): Promise<Record<string, any>[]> =>
    (await api.ok('GET', `/strategies/${of}/holdout`)).items;
  const count = async (table: string): Promise<number> =>
    Number((await research.sql.query(`SELECT count(*) FROM ${table}`)).rows[0].count);
  const isRefused = ({ status, body }: Answer, field?: string): void => {
    expect([status, body.code]).toEqual([409, 'holdout_locked']);
    expect(body).toMatchObject({
      ...{ from: `${FROM}T00:00:00.000Z`, symbols: ['KEPT'], detail: expect.stringContaining('KEPT') },
    });
    if (field) expect(body.errors).toMatchObject([{ field, rule: 'holdout_locked' }]);
  };
  const end = Date.parse(FROM);
  const isBefore = (time: string): void => expect(Date.parse(time)).toBeLessThan(end);

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'KEPT', SHAPE);
    ({ id, featureId } = await seedRuleStrategy(api, 'KEPT'));
    const model = {
      name: 'm',
      kind: 'logistic',
      feature_ids: [featureId],
      label: { kind: 'forward_return_sign', horizon: 1 },
    };
    ({ id: modelId } = await api.ok('POST', '/models', model));
    const rules = [{ field: 'prediction', operator: '>', value: 0.5 }];
    const signal = await api.ok('POST', '/signals', {
      ...{
        name: 'up',
        rule_tree: { groups: [{ action: 'BUY', combinator: 'AND', rules }] },
        position_mode: 'long_only',
      },
    });
    ({ id: learned } = await api.ok('POST', '/strategies', {
      ...{ name: 'learned', universe: ['KEPT'], source: 'test', timeframe: '1d', pipeline_config: {} },
    }));
    await api.ok('PATCH', `/strategies/${learned}`, {
      ...{ version: 1, feature_ids: [featureId], model_id: modelId, signal_logic_id: signal.id },
    });
  });

  it('is locked before anything has read its bars, once, and for every strategy of the owner on the symbol', async () => {
    const made = await lock(FROM);
    expect([made.status, made.body]).toMatchObject([
      200,
      { strategy_id: id, symbols: ['KEPT'], from: `${FROM}T00:00:00.000Z`, state: 'locked', look: null, result: null },
    ]);
    expect((await lock(FROM)).body.id).toBe(made.body.id);
    isRefused(await lock('2012-07-01'));
    isRefused(await lock(FROM, learned));
    expect(await count('research.holdout')).toBe(1);
    for (const from of ['soon', 5, '']) expect((await lock(from)).status).toBe(422);
    const { rows } = await research.sql.query(`SELECT facts FROM ops.audit WHERE action = 'holdout.locked'`);
    expect(rows).toMatchObject([{ facts: { symbols: ['KEPT'], from: `${FROM}T00:00:00.000Z` } }]);
  });

  it('refuses every request that names its bars, and changes nothing', async () => {
    const before = [await count('research.backtest'), await count('ops.job')];
    for (const strategy of [id, learned]) {
      isRefused(await api.send('POST', '/backtests', { strategy_id: strategy, end: FROM }), 'end');
      isRefused(await api.send('POST', '/backtests', { strategy_id: strategy, start: '2012-12-03' }), 'start');
    }
    const series = { source: 'test', symbol: 'KEPT', timeframe: '1d' };
    isRefused(await api.send('POST', `/models/${modelId}/train`, { ...series, end: '2013-01-02' }), 'end');
    isRefused(await api.send('POST', `/features/${featureId}/generate`, { ...series, end: FROM }), 'end');
    isRefused(await api.send('POST', '/signals/explain', { strategy_id: id, at: '2012-07-02' }), 'at');
    expect([await count('research.backtest'), await count('ops.job')]).toEqual(before);
  });

  it('is in no backtest that names no end, nor in what is made of one', async () => {
    const run = await backtest(api, id);
    expect(run.data).toMatchObject({ until: '2012-05-31T00:00:00.000Z', locked_from: `${FROM}T00:00:00.000Z` });
    isBefore((await api.ok('GET', `/backtests/${run.id}/equity-curve`)).items.at(-1).date);
    isBefore((await api.ok('GET', `/backtests/${run.id}/signals`)).rows.at(-1).bar_time);
    const again = await api.result(`/backtests/${run.id}/rerun`);
    expect(again.rerun).toMatchObject({ same_bars: true, same_result: true });
    // both run the bars of the backtest again
    for (const what of ['stress', 'monte-carlo?draws=100'])
      expect((await api.send('GET', `/backtests/${run.id}/${what}`)).status).toBe(200);
    const clone = await api.ok('POST', `/strategies/${id}/clone`, {});
    isBefore((await backtest(api, clone.id)).data.until);
    const anew = await seedRuleStrategy(api, 'KEPT', 33);
    isBefore((await backtest(api, anew.id)).data.until);
  });

  it('is in no sweep, tuning, fit, dataset or signal', async () => {
    await api.result('/backtests/sweep', { strategy_id: id, params: [{ path: WINDOW, values: [15, 25] }] });
    const cross = { strategy_id: id, objective: 'cpcv', params: [{ path: WINDOW, values: [12] }] };
    await api.result('/backtests/sweep', cross);
    const series = { source: 'test', symbol: 'KEPT', timeframe: '1d' };
    const dataset = await api.result(`/features/${featureId}/generate`, series);
    isBefore(dataset.preview.at(-1).time);
    await api.result(`/models/${modelId}/train`, { ...series, strategy_id: learned, end: '2011-12-30' });
    isBefore((await api.ok('GET', `/models/${modelId}`)).artifact.train_end);
    await backtest(api, learned);
    await api.result(`/models/${modelId}/tune`, { strategy_id: learned, l2: [0.1, 1] });
    const generated = await api.result('/signals/generate', { strategy_id: id });
    isBefore(generated.preview.at(-1).bar_time);
    const explained = await api.result('/signals/explain', { strategy_id: id });
    expect(JSON.stringify(explained)).toContain('2012-05-31');
    const { items } = await api.ok('GET', '/experiments?limit=1000');
    expect(new Set(items.map(({ origin }: { origin: string }) => origin))).toEqual(
      new Set(['backtest', 'sweep', 'tuning']),
    );
    // of 900 bars 629 are before it; the ledger begins where the gates do
    const axes = await research.sql.query('SELECT max(observations) AS most FROM research.trial');
    expect(axes.rows[0].most).toBeLessThanOrEqual(629 - 252);
  });

  it('is in no validation, whose verdict waits for the look under the policy that asks for it', async () => {
    for (const kind of ['walk-forward', 'cpcv']) await api.result(`/validation/${kind}`, { strategy_id: id });
    const { walk_forward: walk, cpcv, gates, holdout } = await api.ok('GET', `/validation/strategies/${id}`);
    isBefore(walk.data.until);
    isBefore(cpcv.data.until);
    isBefore(walk.result.folds.at(-1).test[1]);
    expect(holdout).toMatchObject({ state: 'locked', result: null });
    const gate = (name: string) => gates.strict.gates.find((one: { gate: string }) => one.gate === name);
    expect(gate('holdout_sharpe')).toMatchObject({ passed: null, why: 'evidence_missing' });
    // the bootstraps that only this policy reads are made for whoever keeps bars aside
    expect(gate('reality_check').value).toEqual(expect.any(Number));
    isRefused(await api.send('POST', `/strategies/${id}/promote`, { policy: 'exploratory' }));
  });

  it('is in no run over a universe that has one of its symbols', async () => {
    await importMarket(api, 'PEER', { bars: 900, seed: 6 });
    const made = await api.ok('POST', '/strategies/import', {
      ...{
        source: 'test',
        kind: 'universe',
        strategy_id: '018f0000-0000-7000-8000-0000000000aa',
        name: 'ranked',
        version: 1,
      },
      ...{
        trading_period: 252,
        timeframe: '1d',
        market: 'US',
        universe: ['KEPT', 'PEER'].map((symbol) => ({ symbol })),
      },
      features: [{ name: 'momentum_63', plugin: 'momentum', plugin_version: '1', params: { window: 63 } }],
      portfolio: {
        ...{ kind: 'ranked', score: 'momentum_63', select: { kind: 'top', k: 1 }, weighting: { kind: 'equal' } },
        rebalance: { kind: 'monthly', session: 'last' },
      },
      costs: { fee_bps: 1, slippage_bps: 0, spread_bps: 0 },
    });
    const run = await backtest(api, made.id);
    isBefore(run.data.until);
    expect(run.data.locked_from).toBe(`${FROM}T00:00:00.000Z`);
    isRefused(await api.send('POST', '/backtests', { strategy_id: made.id, end: FROM }), 'end');
  });

  it('is in no bars of another source', async () => {
    const other = { source: 'twin', symbol: 'KEPT', timeframe: '1d', market: 'US' };
    const content = randomMarketCsv(SHAPE);
    await api.ok('POST', '/data/import', { ...other, content, outside_sessions: 'keep', synthetic: true });
    const { rows } = await research.sql.query(
      `SELECT feature_ids, model_id, signal_logic_id FROM research.strategy WHERE id = $1`,
      [id],
    );
    const twin = await api.ok('POST', '/strategies', {
      ...{ name: 'twin', universe: ['KEPT'], source: 'twin', timeframe: '1d', pipeline_config: {} },
    });
    await api.ok('PATCH', `/strategies/${twin.id}`, { version: 1, ...rows[0] });
    isBefore((await backtest(api, twin.id)).data.until);
  });

  it('keeps from the ledger what had read its bars before they were locked', async () => {
    const db = research.harness.worker.get(DataSource);
    const { rows } = await research.sql.query('SELECT owner_id FROM research.strategy WHERE id = $1', [id]);
    const strategy = await research.harness.worker.get(StrategyStore).find(db.manager, rows[0].owner_id, id);
    const openTimeMs = Float64Array.from({ length: 3 }, (_, i) => end + (i - 2) * 86_400_000);
    const ledger = research.harness.worker.get(TrialLedger);
    const record = (times: Float64Array) =>
      db.transaction((em) =>
        ledger.record(em, strategy, PIN, null, {
          ...{ configHash: 'late', origin: 'backtest', params: {}, metrics: {}, openTimeMs: times },
          returns: new Float64Array(times.length),
        }),
      );
    await expect(record(openTimeMs)).rejects.toMatchObject({ code: 'holdout_locked' });
    expect((await api.ok('GET', '/experiments?limit=1000')).items.some((one: any) => one.config_hash === 'late')).toBe(
      false,
    );
  });

  it('is not locked where a run has read the bars; bars that are still to come may be', async () => {
    await importMarket(api, 'SEEN', { bars: 500, seed: 8 });
    const { id: seen } = await seedRuleStrategy(api, 'SEEN');
    await backtest(api, seen);
    const refused = await lock('2011-01-03', seen);
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ field: 'from', rule: 'unseen', value: '2011-01-03', message: expect.stringContaining('SEEN') }],
    ]);
    expect((await lock('2999-01-01', seen)).status).toBe(200);
    const few = await api.send('POST', `/strategies/${seen}/holdout/look`, {});
    expect([few.status, few.body.code]).toEqual([422, 'insufficient_data']);
    expect(few.body.detail).toContain('has 0');
    expect((await holdouts(seen))[0]).toMatchObject({ state: 'locked', look: null });
  });

  it('gives no look to who has none, nor to somebody else', async () => {
    const { id: other } = await seedRuleStrategy(api, 'OTHER', 40);
    expect((await api.send('POST', `/strategies/${other}/holdout/look`, {})).status).toBe(404);
    const stranger = await research.as('trader', ['research:read', 'research:write']);
    expect((await stranger.send('GET', `/strategies/${id}/holdout`)).status).toBe(404);
    expect((await stranger.send('POST', `/strategies/${id}/holdout`, { from: FROM })).status).toBe(404);
    expect((await stranger.send('POST', `/strategies/${id}/holdout/look`, {})).status).toBe(404);
    const reader = await research.as('trader', ['research:read']);
    expect((await reader.send('POST', `/strategies/${id}/holdout/look`, {})).status).toBe(403);
  });

  describe('and its one look', () => {
    let looked: Record<string, any>;

    it('scores the revision on the locked bars alone, records it, and answers the same again', async () => {
      const first = await api.ok('POST', `/strategies/${id}/holdout/look`, {});
      const job = await api.ended(first.job_id);
      expect([job.state, job.error]).toEqual(['completed', null]);
      looked = job.result;
      const { from, to, bars, sharpe, result_hash } = looked;
      expect((await holdouts())[0]).toMatchObject({
        state: 'looked',
        look: { strategy_id: id, revision: 2, job_id: first.job_id },
        result: { from, to, bars, sharpe, result_hash },
      });
      expect(Date.parse(from)).toBeGreaterThanOrEqual(end);
      expect(await api.ok('POST', `/strategies/${id}/holdout/look`, { revision: 2 })).toEqual({
        ...{ ...first, state: 'completed' },
      });
    });

    it('found what a backtest of those bars finds, once they are open', async () => {
      const run = await backtest(api, id, { start: FROM });
      expect(run.data).not.toHaveProperty('locked_from');
      expect(run.metrics).toEqual(looked.metrics);
      expect((await api.ok('GET', `/backtests/${run.id}/equity-curve`)).items).toHaveLength(looked.bars);
    });

    it('stands in verdicts and report', async () => {
      const shown = await api.ok('GET', `/validation/strategies/${id}`);
      const gate = shown.gates.strict.gates.find((one: { gate: string }) => one.gate === 'holdout_sharpe');
      expect(gate).toMatchObject({ passed: looked.sharpe >= 0, value: looked.sharpe });
      expect(shown.gates.default.words).toContain(`On ${looked.bars} bars from ${looked.from.slice(0, 10)}`);
      expect(shown.holdout).toMatchObject({ state: 'looked', result: { sharpe: looked.sharpe } });
      const report = await api.ok('GET', `/validation/strategies/${id}/report`);
      expect(report.holdout.result.result_hash).toBe(looked.result_hash);
    });

    it('is never given to another revision, and nothing changes what it found', async () => {
      const { version } = await api.ok('GET', `/strategies/${id}`);
      await api.ok('PATCH', `/strategies/${id}`, { version, pipeline_config: { costs: { fee_bps: 7 } } });
      await backtest(api, id);
      const other = await api.send('POST', `/strategies/${id}/holdout/look`, {});
      expect([other.status, other.body.code, other.body.revision]).toEqual([409, 'holdout_spent', 2]);
      const [row] = await holdouts();
      for (const change of ['result = NULL', 'recorded_at = NULL', `look = '{}'`, 'from_at = now()']) {
        const sql = `UPDATE research.holdout SET ${change} WHERE id = $1`;
        await expect(research.sql.query(sql, [row!.id])).rejects.toThrow('never changed');
      }
      const removal = research.sql.query('DELETE FROM research.holdout WHERE id = $1', [row!.id]);
      await expect(removal).rejects.toThrow('never changed');
      // bars that were looked at are no holdout any more
      expect((await lock(FROM)).status).toBe(422);
    });
  });

  it('whose look broke off answers the first result that was kept, and binds no other document', async () => {
    await importMarket(api, 'CRASH', { bars: 700, seed: 9 });
    const { id: crashed } = await seedRuleStrategy(api, 'CRASH');
    expect((await lock('2012-01-02', crashed)).status).toBe(200);
    await backtest(api, crashed);
    const { job_id: job } = await api.ok('POST', `/strategies/${crashed}/holdout/look`, {});
    const { result } = await api.ended(job);
    // a job that is lost after the record, before its own end, is run again
    const lost = `UPDATE ops.job SET state = 'queued', result = NULL, finished_at = NULL, run_after = now() WHERE id = $1`;
    await research.sql.query(lost, [job]);
    const { version } = await api.ok('GET', `/strategies/${crashed}`);
    await api.ok('PATCH', `/strategies/${crashed}`, { version, pipeline_config: { costs: { fee_bps: 9 } } });
    await backtest(api, crashed);
    expect((await api.send('POST', `/strategies/${crashed}/holdout/look`, {})).body.code).toBe('holdout_spent');
    const ended = await api.ended(job);
    expect([ended.state, ended.result]).toEqual(['completed', result]);
  });
});
