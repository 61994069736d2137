import { hashOf } from '@assay/primitives';
import { backtest, importMarket, seedRuleStrategy } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const NAME = '<b>trend</b> & "more"';

describe('GET /backtests/:id/report', () => {
  const research = useResearch();
  let run: Record<string, any>;
  let strategyId: string;
  const path = (more = '', id: string = run.id): string => `/backtests/${id}/report${more}`;

  beforeAll(async () => {
    const { api } = research;
    await importMarket(api, 'WALK', { bars: 1500, seed: 3 });
    ({ id: strategyId } = await seedRuleStrategy(api, 'WALK'));
    const { version } = await api.ok('GET', `/strategies/${strategyId}`);
    await api.ok('PATCH', `/strategies/${strategyId}`, { version, name: NAME });
    run = await backtest(api, strategyId);
  });

  it('is refused before the run has completed, and there is none of another user, nor without signing in', async () => {
    const { id } = await research.api.ok('POST', '/backtests', { strategy_id: strategyId });
    const early = await research.api.send('GET', path('', id));
    expect([early.status, early.body.code]).toEqual([409, 'not_ready']);
    const other = await research.as();
    for (const format of ['json', 'html']) {
      const answer = await other.send('GET', path(`?format=${format}`));
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
    expect((await research.harness.app.inject({ method: 'GET', url: `/api${path()}` })).statusCode).toBe(401);
    const wrong = await research.api.send('GET', path('?format=pdf'));
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'format']);
  });

  it('has what the routes of the backtest answer, under a hash that holds as long as nothing changes', async () => {
    const { api } = research;
    const { headers, body: report } = await api.send('GET', path());
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="backtest-report_${run.id}.json"`,
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    const { sha256, made_at, ...content } = report;
    expect([hashOf(content), made_at]).toEqual([sha256, expect.stringMatching(/Z$/)]);
    expect((await api.ok('GET', path())).sha256).toBe(sha256);
    expect(report).toMatchObject({
      kind: 'assay.backtest_report',
      strategy: { id: strategyId, name: NAME, revision: run.revision, universe: ['WALK'] },
      synthetic: ['WALK'],
      settings: { capital: 100000, sizing: { kind: 'fixed' } },
      universe: null,
    });
    // what people have put upon it is no part of what was run
    const { tags: _, ...result } = run;
    expect(report.backtest).toEqual(result);
    expect(report.calendar).toEqual(await api.ok('GET', `/backtests/${run.id}/calendar-returns`));
    expect(report.drawdowns).toEqual((await api.ok('GET', `/backtests/${run.id}/drawdowns`)).items);
    const { items: trades } = await api.ok('GET', `/backtests/${run.id}/trades`);
    expect(report.trades).toEqual({ total: trades.length, items: trades });
    expect(report.notes[0]).toContain('The bars of WALK are made up');
  });

  it('draws the points of the equity curve, peak and deepest fall among them', async () => {
    const { api } = research;
    const { courses, prices, trades } = await api.ok('GET', path());
    const { items } = await api.ok('GET', `/backtests/${run.id}/equity-curve`);
    expect(courses.scored).toBe(items.length);
    expect(courses.bars.length).toBeLessThan(items.length);
    const kept = courses.bars.map((bar: number) => items[bar]);
    expect(courses.times).toEqual(kept.map((point: any) => point.date));
    expect(courses.equity).toEqual(kept.map((point: any) => point.equity));
    expect(courses.buy_hold).toEqual(kept.map((point: any) => point.buy_hold));
    expect(courses.benchmark).toBeNull();
    expect(Math.max(...courses.equity)).toBe(Math.max(...items.map((point: any) => point.equity)));
    expect(Math.max(...courses.drawdown)).toBe(run.metrics.max_drawdown);
    expect(Math.max(...courses.buy_hold_drawdown)).toBe(run.buy_hold_metrics.max_drawdown);
    expect([prices.symbol, prices.kind, prices.marked]).toEqual(['WALK', 'closes', Math.min(60, trades.total)]);
    expect(prices.times[0]).toBe(items[0].date);
    expect(prices.times.at(-1)).toBe(items.at(-1).date);
    const [first, last] = [prices.close[0], prices.close.at(-1)];
    expect(last / first).toBeCloseTo(items.at(-1).buy_hold / items[0].buy_hold, 9);
  });

  it('has candles of few bars, with every trade on its bar', async () => {
    const { api } = research;
    const short = await backtest(api, strategyId, { start: '2012-01-02', end: '2012-06-29' });
    const { prices, trades } = await api.ok('GET', path('', short.id));
    const { items } = await api.ok('GET', `/backtests/${short.id}/equity-curve`);
    expect([prices.kind, prices.times]).toEqual(['candles', items.map((point: any) => point.date)]);
    const buys = prices.marks.filter((mark: any) => mark.kind === 'buy');
    expect(buys.map(({ bar }: any) => prices.times[bar])).toEqual(
      trades.items.map(({ entry_time }: any) => entry_time.slice(0, 10)),
    );
    expect(buys.every(({ bar, price }: any) => price === prices.low[bar])).toBe(true);
  });

  it('is one page too, with the hash of the document and every name as text', async () => {
    const { sha256 } = await research.api.ok('GET', path());
    const { headers, body } = await research.api.send('GET', path('?format=html'));
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="backtest-report_${run.id}.html"`,
    });
    expect(body.text).toContain(sha256);
    expect(body.text).toContain('&lt;b&gt;trend&lt;/b&gt; &amp; &quot;more&quot;');
    expect(body.text).not.toContain('<b>trend');
    expect(body.text.match(/role="img"/g)).toHaveLength(3);
  });

  it('draws no prices once the bars are others, and says so', async () => {
    const { api } = research;
    await importMarket(api, 'WALK', { bars: 1500, seed: 4 });
    const report = await api.ok('GET', path());
    expect(report.prices).toBeNull();
    expect(report.notes).toContain('The bars are no longer stored as they were read: their prices are not drawn.');
    expect(report.backtest.metrics).toEqual(run.metrics);
  });
});
