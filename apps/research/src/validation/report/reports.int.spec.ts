import { hashOf } from '@assay/primitives';
import { backtest, importMarket, seedRuleStrategy } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const WINDOW = 'features.0.params.window';
const FEE = 'costs.fee_bps';
const PARAMS = [{ path: WINDOW, values: [40, 10, 20] }, { path: FEE, values: [0, 5] }]; // prettier-ignore
const NAME = '<b>trend</b> & "more"';

describe('GET /validation/strategies/:id/report', () => {
  const research = useResearch();
  let id: string;
  let swept: Record<string, any>;
  const path = (more = ''): string => `/validation/strategies/${id}/report${more}`;

  beforeAll(async () => {
    const { api } = research;
    await importMarket(api, 'WALK', { bars: 1500, seed: 3 });
    ({ id } = await seedRuleStrategy(api, 'WALK'));
    const { version } = await api.ok('GET', `/strategies/${id}`);
    await api.ok('PATCH', `/strategies/${id}`, { version, name: NAME });
  });

  it('is refused before a validation has completed, and there is none of another user, nor without signing in', async () => {
    const early = await research.api.send('GET', path());
    expect([early.status, early.body.code]).toEqual([409, 'not_ready']);
    expect(early.body.detail).toContain('a report needs a completed validation');
    const other = await research.as();
    for (const format of ['json', 'html']) {
      const answer = await other.send('GET', path(`?format=${format}`));
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
    expect((await research.harness.app.inject({ method: 'GET', url: `/api${path()}` })).statusCode).toBe(401);
    const wrong = await research.api.send('GET', path('?format=pdf'));
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'format']);
  });

  it('says what the gates rest on, under a hash that holds as long as nothing changes', async () => {
    const { api } = research;
    const run = await backtest(api, id);
    swept = await api.job('/backtests/sweep', { strategy_id: id, params: PARAMS });
    await api.result('/backtests/sweep', { strategy_id: id, params: [{ path: WINDOW, values: [15, 25] }] });
    await api.result('/validation/walk-forward', { strategy_id: id });
    await api.result('/validation/cpcv', { strategy_id: id });
    const answer = await api.send('GET', path());
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="validation-report_[-0-9a-f]{36}_\d+\.json"$/,
      ),
    });
    const report = answer.body;
    const judged = await api.ok('GET', `/validation/strategies/${id}`);
    const { sha256, made_at, ...content } = report;
    expect([hashOf(content), made_at]).toEqual([sha256, expect.stringMatching(/Z$/)]);
    expect((await api.ok('GET', path())).sha256).toBe(sha256);
    expect(report).toMatchObject({
      kind: 'assay.validation_report',
      strategy: { id, name: NAME, revision: judged.revision, universe: ['WALK'] },
      ...{ walk_forward: judged.walk_forward, cpcv: judged.cpcv, validated_under: judged.validated_under },
      ...{ gates_at: judged.gates_at, ledger: judged.ledger, synthetic: ['WALK'], promotions: [] },
      backtest: { id: run.id, metrics: run.metrics, buy_hold_metrics: run.buy_hold_metrics },
      hashes: { data: judged.cpcv.data.fingerprint, model: null, promotion: null },
    });
    const { config_hash } = await api.ok('GET', `/strategies/${id}`);
    expect(report.hashes.config).toBe(config_hash);
    for (const [policy, verdict] of Object.entries<any>(judged.gates)) {
      const own = report.policies.find((one: any) => one.policy === policy);
      expect(own.gates).toMatchObject(verdict.gates);
    }
    const { rows } = await research.sql.query(
      'SELECT kind, evidence_uri FROM research.validation WHERE strategy_id = $1',
      [id],
    );
    for (const { kind, evidence_uri } of rows) expect(evidence_uri.endsWith(report.hashes[kind])).toBe(true);
    // as the report of the backtest has it
    const parts = await api.ok('GET', `/backtests/${run.id}/report`);
    for (const part of ['courses', 'drawdowns', 'calendar', 'trades', 'prices', 'universe'])
      expect([part, report.backtest[part]]).toEqual([part, parts[part]]);
  });

  it('has what PBO rests on, and every metric over the paths', async () => {
    const { information, cpcv, policies } = await research.api.ok('GET', path());
    const { pbo } = information;
    expect(pbo.trials).toBe(8);
    expect(pbo.value).toBe(policies[0].gates.find(({ gate }: any) => gate === 'pbo').value);
    const upTo = pbo.logits.edges.indexOf(0) + 1;
    const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
    expect([sum(pbo.logits.counts), pbo.logits.splits]).toEqual([12_870, 12_870]);
    expect(sum(pbo.logits.counts.slice(0, upTo)) / 12_870).toBe(pbo.value);
    const { paths, distributions } = cpcv.result;
    const sharpes = paths.map(({ sharpe }: any) => sharpe).sort((a: number, b: number) => a - b);
    expect(distributions.sharpe_ratio).toMatchObject({ defined: 5, least: sharpes[0], median: sharpes[2] });
    for (const { metrics, sharpe, total_return } of paths)
      expect(metrics).toMatchObject({ sharpe_ratio: sharpe, total_return, trade_count: expect.any(Number) });
  });

  it('has the sweep that it is a cell of, when its trials were made, and the search in folds', async () => {
    const { api } = research;
    const { sweep, timeline, walk_forward_search: none } = await api.ok('GET', path());
    const matrix = await api.ok('GET', `/backtests/sweeps/${swept.id}/matrix?x=${WINDOW}&y=${FEE}`);
    const plateau = await api.ok('GET', `/backtests/sweeps/${swept.id}/matrix?x=${WINDOW}&y=${FEE}&metric=plateau`);
    expect(sweep).toMatchObject({ job_id: swept.id, cells: 6, objective: 'backtest' });
    expect([sweep.x, sweep.y, sweep.values, sweep.plateau]).toEqual([matrix.x, matrix.y, matrix.values, plateau.values]); // prettier-ignore
    expect([sweep.x.values, sweep.y.values]).toEqual([[10, 20, 40], [0, 5]]); // prettier-ignore
    expect(sweep.chosen).toEqual({ x: 1, y: 1 });
    expect(sweep.values[sweep.best.y][sweep.best.x]).toBe(Math.max(...matrix.values.flat()));
    expect(sweep.plateau[sweep.steadiest.y][sweep.steadiest.x]).toBe(Math.max(...plateau.values.flat()));
    expect(timeline).toEqual({
      days: (await api.ok('GET', `/experiments/ledger?strategy_id=${id}`)).timeline,
      declared: [],
    });
    expect(timeline.days.at(-1).total).toBe(8);
    expect(none).toBeNull();
    await api.result('/validation/walk-forward', { strategy_id: id, params: PARAMS, folds: 3 });
    const searched = (await api.ok('GET', path())).walk_forward_search;
    expect(searched).toEqual((await api.ok('GET', `/validation/strategies/${id}`)).walk_forward_search);
    expect(searched.result.folds).toHaveLength(3);
  });

  it('is one page too, with the hash of the document', async () => {
    const { sha256 } = await research.api.ok('GET', path());
    const { headers, body } = await research.api.send('GET', path('?format=html'));
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; .*\.html"$/),
    });
    expect(body.text).toContain(sha256);
    expect(body.text).toContain('&lt;b&gt;trend&lt;/b&gt; &amp; &quot;more&quot;');
    expect(body.text).not.toContain('<b>trend');
    expect(body.text.match(/role="img"/g)).toHaveLength(12);
  });

  it('of a strategy that was made of a cell shows that cell, of one that is none says so', async () => {
    const { api } = research;
    const reportOf = async (strategyId: string) => {
      await backtest(api, strategyId);
      await api.result('/validation/cpcv', { strategy_id: strategyId });
      return api.ok('GET', `/validation/strategies/${strategyId}/report`);
    };
    const cell = swept.result.rows.findIndex(([window, fee]: number[]) => window === 40 && fee === 0);
    const made = await api.ok('POST', `/backtests/sweeps/${swept.id}/strategies`, { cell, name: 'made of a cell' });
    expect((await reportOf(made.id)).sweep).toMatchObject({ job_id: swept.id, chosen: { x: 2, y: 0 } });
    const { version } = await api.ok('GET', `/strategies/${made.id}`);
    await api.ok('PATCH', `/strategies/${made.id}`, { version, pipeline_config: { costs: { fee_bps: 7 } } });
    expect((await reportOf(made.id)).sweep).toMatchObject({ job_id: swept.id, chosen: null });
  });

  it('keeps to what was judged where a run of another layout came after', async () => {
    const { api } = research;
    const { cpcv } = await api.ok('GET', path());
    await api.result('/validation/cpcv', { strategy_id: id, groups: 4, test_groups: 2 });
    expect((await api.ok('GET', `/validation/strategies/${id}`)).cpcv.id).not.toBe(cpcv.id);
    expect((await api.ok('GET', path())).cpcv).toEqual(cpcv);
  });

  it('is of the revision that is asked for', async () => {
    const { api } = research;
    const { revision } = (await api.ok('GET', path())).strategy;
    const { version } = await api.ok('GET', `/strategies/${id}`);
    await api.ok('PATCH', `/strategies/${id}`, { version, pipeline_config: { costs: { fee_bps: 9 } } });
    expect((await api.send('GET', path())).body.code).toBe('not_ready');
    expect((await api.ok('GET', path(`?revision=${revision}`))).strategy.revision).toBe(revision);
    expect((await api.send('GET', path('?revision=99'))).status).toBe(404);
  });
});
