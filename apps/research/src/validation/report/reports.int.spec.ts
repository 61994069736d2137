import { hashOf } from '@assay/primitives';
import { backtest, importMarket, seedRuleStrategy } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const NAME = '<b>trend</b> & "more"';

describe('GET /validation/strategies/:id/report', () => {
  const research = useResearch();
  let id: string;
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
    const [own, hold] = report.backtest.courses.equity.map((course: number[]) => course.at(-1)! - 1);
    expect(own).toBeCloseTo(run.metrics.total_return, 9);
    expect(hold).toBeCloseTo(run.buy_hold_metrics.total_return, 9);
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
    expect(body.text.match(/role="img"/g)).toHaveLength(5);
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
