import { backtest, importMarket, seedRuleStrategy, type ResearchClient } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

const WINDOW = 'features.0.params.window';

describe('the ledger of a strategy', () => {
  const research = useResearch();
  let api: ResearchClient;
  let id: string;
  let sweepId: string;

  const ledger = (of = id): Promise<Record<string, any>> => api.ok('GET', `/experiments/ledger?strategy_id=${of}`);
  const declare = (trials: unknown, reason: unknown = 'spreadsheet of last year', of = id) =>
    api.send('POST', '/experiments/outside', { strategy_id: of, trials, reason });
  const listed = async (query: string): Promise<Record<string, any>[]> =>
    (await api.ok('GET', `/experiments?strategy_id=${id}&${query}`)).items;

  beforeAll(async () => {
    ({ api } = research);
    await importMarket(api, 'WALK', { bars: 700, seed: 5 });
    ({ id } = await seedRuleStrategy(api, 'WALK'));
    await backtest(api, id);
    const swept = await api.job('/backtests/sweep', { strategy_id: id, params: [{ path: WINDOW, range: '10:30:5' }] });
    sweepId = swept.job_id ?? swept.id;
  });

  it('says what it counts, of which bars, and when it was tried', async () => {
    const clone = await api.ok('POST', `/strategies/${id}/clone`, {});
    const today = new Date().toISOString().slice(0, 10);
    expect(await ledger()).toMatchObject({
      ...{
        strategy_id: id,
        trials: 5,
        declared_outside: 0,
        counted: 5,
        owner_trials_on_this_data: 5,
        declarations: [],
      },
      strategies: [{ id }, { id: clone.id }],
      origins: [
        { origin: 'backtest', trials: 1 },
        { origin: 'sweep', trials: 4 },
      ],
      bars: [{ source: 'test', symbol: 'WALK', timeframe: '1d', trials: 5 }],
      timeline: [{ day: today, trials: 5, total: 5 }],
      scope: expect.stringContaining('never reset'),
    });
    expect(await ledger(clone.id)).toMatchObject({ trials: 5 });
  });

  it('is listed by filter and order, page by page, and so are its files', async () => {
    const sharpes = (items: Record<string, any>[]) => items.map((item) => item.sharpe_per_bar as number);
    const all = await listed('limit=1000');
    const best = sharpes(await listed('order=best'));
    expect(best).toEqual(sharpes(all).sort((a, b) => b - a));
    expect(sharpes(await listed('order=worst'))).toEqual([...best].reverse());
    expect((await listed('order=newest')).map((one) => one.id)).toEqual(all.map((one) => one.id).reverse());
    const paged: number[] = [];
    for (let cursor = ''; ;) {
      const page = await api.ok('GET', `/experiments?strategy_id=${id}&order=best&limit=2${cursor}`);
      paged.push(...sharpes(page.items));
      if (page.next_cursor === null) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(paged).toEqual(best);
    expect(await listed(`job_id=${sweepId}`)).toHaveLength(4);
    expect(await listed('symbol=WALK&timeframe=1d')).toHaveLength(5);
    expect(await listed('symbol=OTHER')).toEqual([]);
    expect(await listed('since=2999-01-01')).toEqual([]);
    expect(await listed('until=2999-01-01')).toHaveLength(5);
    const { headers } = (api as unknown as { caller: { headers: Record<string, string> } }).caller;
    const url = `/api/experiments/export?strategy_id=${id}&order=best&origin=sweep`;
    const csv = (await research.harness.app.inject({ method: 'GET', url, headers })).payload.trimEnd().split('\n');
    const at = csv[0]!.split(',').indexOf('sharpe_per_bar');
    const swept = sharpes(await listed('order=best&origin=sweep'));
    expect(csv.slice(1).map((line) => Number(line.split(',')[at]))).toEqual(swept);
  });

  it('amounts to a range of independent trials', async () => {
    const found = await api.ok('GET', `/experiments/effective?strategy_id=${id}`);
    const { correlation_adjusted: adjusted, clustered, range } = found;
    expect(found).toMatchObject({ trials: 5, declared_outside: 0, reason: null });
    expect(range).toEqual([Math.min(adjusted, clustered), Math.max(adjusted, clustered)]);
    expect(adjusted).toBeGreaterThanOrEqual(1);
    expect(adjusted).toBeLessThanOrEqual(5);
    const untried = await seedRuleStrategy(api, 'WALK', 90);
    expect(await api.ok('GET', `/experiments/effective?strategy_id=${untried.id}`)).toMatchObject({
      ...{ trials: 0, range: null, reason: 'no_trials' },
    });
  });

  describe('with trials declared as made elsewhere', () => {
    const rows = async (): Promise<number> =>
      Number((await research.sql.query('SELECT count(*) FROM research.outside_trials')).rows[0].count);
    let before: Record<string, any>;

    it('takes a number that is only ever raised, keeps each declaration, and names who declared it', async () => {
      before = await api.result('/validation/cpcv', { strategy_id: id });
      expect((await declare(40)).body).toMatchObject({ trials: 5, declared_outside: 40, counted: 45 });
      // the same again changes nothing, also after a larger one
      expect((await declare(40)).status).toBe(200);
      expect((await declare(60, 'and a notebook')).body.declared_outside).toBe(60);
      expect((await declare(40)).body.declared_outside).toBe(60);
      expect(await rows()).toBe(2);
      for (const trials of [60, 59]) {
        const refused = await declare(trials, 'fewer');
        expect([refused.status, refused.body.errors]).toMatchObject([
          422,
          [{ field: 'trials', rule: 'only_raised', value: trials, message: expect.stringContaining('above the 60') }],
        ]);
      }
      const { declarations } = await ledger();
      expect(declarations).toMatchObject([
        { trials: 40, reason: 'spreadsheet of last year', strategy_id: id },
        { trials: 60, reason: 'and a notebook' },
      ]);
      const audit = await research.sql.query(
        `SELECT facts FROM ops.audit WHERE action = 'trials.declared' ORDER BY id`,
      );
      expect(audit.rows.map(({ facts }) => [facts.declared, facts.trials])).toEqual([
        [0, 40],
        [40, 60],
      ]);
      await expect(research.sql.query('UPDATE research.outside_trials SET trials = 1')).rejects.toThrow(
        'only ever added',
      );
      await expect(research.sql.query('DELETE FROM research.outside_trials')).rejects.toThrow('only ever added');
    });

    it('counts them in the gates of the next validation, and the verdict says so', async () => {
      const after = await api.result('/validation/cpcv', { strategy_id: id });
      const gate = (result: Record<string, any>, name: string) =>
        result.gates.default.gates.find((one: { gate: string }) => one.gate === name);
      expect(gate(before, 'benchmark_p').why).toContain('5 trials counted');
      expect(gate(after, 'benchmark_p').why).toContain('65 trials, 60 of them declared as made elsewhere counted');
      expect(gate(after, 'benchmark_p').value).toBeGreaterThanOrEqual(gate(before, 'benchmark_p').value);
      expect(gate(after, 'deflated_sharpe').value).toBeLessThan(gate(before, 'deflated_sharpe').value);
      const shown = await api.ok('GET', `/validation/strategies/${id}`);
      expect(shown.gates.default.words).toContain('60 trials declared as made elsewhere are counted');
      expect(shown.ledger).toMatchObject({
        as_judged: { trials: 5, declared_outside: 60, effective_range: [expect.any(Number), expect.any(Number)] },
        now: { trials: 5, declared_outside: 60 },
      });
      expect(shown.ledger.as_judged.effective_range[0]).toBeGreaterThan(60);
      const report = await api.ok('GET', `/validation/strategies/${id}/report`);
      expect(report.ledger.as_judged.declared_outside).toBe(60);
      const effective = await api.ok('GET', `/experiments/effective?strategy_id=${id}`);
      expect(effective.range[0]).toBeGreaterThan(60);
    });

    it('reads judgements that were made before they could be declared', async () => {
      await research.sql.query(
        `UPDATE research.strategy_revision SET gate_facts = gate_facts #- '{ledger,declared_outside}' WHERE strategy_id = $1`,
        [id],
      );
      const shown = await api.ok('GET', `/validation/strategies/${id}`);
      expect(shown.ledger.as_judged.declared_outside).toBe(0);
    });

    it('of writers at once keeps the numbers ascending', async () => {
      const { id: other } = await seedRuleStrategy(api, 'WALK', 91);
      const answers = await Promise.all([3, 1, 2, 3].map((trials) => declare(trials, 'at once', other)));
      expect(answers.map(({ status }) => status).every((status) => status === 200 || status === 422)).toBe(true);
      const found = await ledger(other);
      expect(found.declared_outside).toBe(3);
      const numbers = found.declarations.map(({ trials }: { trials: number }) => trials);
      expect(new Set(numbers).size).toBe(numbers.length);
    });

    it.each([
      [{ trials: 0 }, 'trials', 'min'],
      [{ trials: 1.5 }, 'trials', 'integer'],
      [{ trials: 1_000_001 }, 'trials', 'max'],
      [{ trials: 70, reason: '' }, 'reason', 'min_length'],
      [{ trials: 70, note: 'x' }, 'note', 'unknown_field'],
    ])('%j names what is wrong and changes nothing', async (body, field, rule) => {
      const number = await rows();
      const answer = await api.send('POST', '/experiments/outside', { strategy_id: id, reason: 'r', ...body });
      expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field, rule }]]);
      expect(await rows()).toBe(number);
    });

    it('is its owner’s alone', async () => {
      const other = await research.as('trader', ['research:read', 'research:write']);
      const reader = await research.as('trader', ['research:read']);
      const body = { strategy_id: id, trials: 99, reason: 'r' };
      expect((await other.send('POST', '/experiments/outside', body)).status).toBe(404);
      expect((await reader.send('POST', '/experiments/outside', body)).status).toBe(403);
      for (const path of ['ledger', 'effective']) {
        expect((await other.send('GET', `/experiments/${path}?strategy_id=${id}`)).status).toBe(404);
      }
    });
  });
});
