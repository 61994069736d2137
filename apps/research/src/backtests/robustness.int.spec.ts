import { METRIC_KEYS } from '@assay/quant';
import { backtest, importMarket, randomMarketCsv, seedRuleStrategy } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

type Row = Record<string, any>;

describe('what a backtest would have been otherwise', () => {
  const research = useResearch();
  let strategy: string;
  let run: Row;

  beforeAll(async () => {
    await importMarket(research.api, 'WALK', { bars: 400, seed: 3 });
    strategy = (await seedRuleStrategy(research.api, 'WALK')).id;
    run = await backtest(research.api, strategy, { risk_free: { rate: 0.02 } });
  });

  const asked = (what: string, query = '', of = run): string => `/backtests/${of.id}/${what}${query}`;
  const trials = async (): Promise<number> => (await research.api.ok('GET', '/experiments?limit=100')).items.length;

  it('stands beside its own figures under worse circumstances, the same at every call, and is no trial', async () => {
    const before = await trials();
    const found = await research.api.ok('GET', asked('stress'));
    expect(found.items.map((row: Row) => row.scenario)).toEqual([
      ...['as_run', 'fees_x2', 'slippage_x3', 'one_bar_late', 'missed_fills', 'all_costs_late'],
    ]);
    expect(found.items[0].metrics).toEqual(run.metrics);
    expect(found.items[1].metrics.total_return).toBeLessThan(run.metrics.total_return);
    expect(found.items[3].metrics.sharpe_ratio).not.toBe(run.metrics.sharpe_ratio);
    expect(await research.api.ok('GET', asked('stress'))).toEqual(found);
    expect(await trials()).toBe(before);
  });

  it('tells what luck may have done', async () => {
    const found = await research.api.ok('GET', asked('monte-carlo', '?draws=200'));
    expect(found.methods.map((row: Row) => [row.method, row.draws])).toEqual([
      ['trade_order', 200],
      ['random_timing', 200],
      ['price_blocks', 200],
      ['parameter_noise', 200],
      ['neighbours', expect.any(Number)],
    ]);
    for (const { method, items } of found.methods)
      for (const { metric, observed, lower_5, upper_95 } of items) {
        expect(observed).toBe(run.metrics[metric]);
        if (method === 'neighbours') expect([lower_5, upper_95]).toEqual([null, null]);
        else expect(lower_5).toBeLessThan(upper_95);
      }
    expect(await research.api.ok('GET', asked('monte-carlo', '?draws=200'))).toEqual(found);
    const longer = await research.api.ok('GET', asked('monte-carlo', '?draws=200&block=50'));
    expect([found.methods[2].block < 50, longer.methods[2].block]).toEqual([true, 50]);
  });

  it('is a table as well', async () => {
    const { headers } = (research.api as unknown as { caller: { headers: Record<string, string> } }).caller;
    const csv = async (path: string): Promise<string[]> => {
      const { payload } = await research.harness.app.inject({ method: 'GET', url: `/api${path}`, headers });
      return payload.trimEnd().split('\n');
    };
    const [header, ...rows] = await csv(asked('stress', '?format=csv'));
    expect(header).toBe(['scenario', 'what', 'draws', ...METRIC_KEYS].join());
    expect(rows).toHaveLength(7);
    expect(await csv(asked('monte-carlo', '?format=csv&draws=100'))).toHaveLength(1 + 15);
  });

  it('is of the owner alone, and of a run that has completed', async () => {
    const other = await research.as();
    const pending = await research.api.ok('POST', '/backtests', { strategy_id: strategy });
    for (const what of ['stress', 'monte-carlo']) {
      expect((await other.send('GET', asked(what))).status).toBe(404);
      const early = await research.api.send('GET', asked(what, '', pending));
      expect([early.status, early.body.code]).toEqual([409, 'not_ready']);
    }
  });

  it.each([
    ['draws=99', 'draws must be at least 100, was 99'],
    ['draws=100000', /^draws must be at most \d{5} over 38\d bars, was 100000$/],
    ['block=500', /^block must be a number from 1 to 399, was 500$/],
  ])('refuses %s', async (query, message) => {
    const { status, body } = await research.api.send('GET', asked('monte-carlo', `?${query}`));
    expect([status, body.errors[0].message]).toEqual([
      422,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });

  it('reads the very bars of the run: later ones change nothing, corrected ones are refused', async () => {
    const bars = randomMarketCsv({ bars: 420, seed: 5 }).trim().split('\n');
    const importing = (lines: string[], more = {}) =>
      research.api.ok('POST', '/data/import', {
        ...{ source: 'test', symbol: 'GROWS', timeframe: '1d', market: 'US', content: lines.join('\n') },
        ...{ outside_sessions: 'keep', synthetic: true, ...more },
      });
    await importing(bars.slice(0, 401));
    const { id } = await seedRuleStrategy(research.api, 'GROWS');
    const first = await backtest(research.api, id);
    const found = await research.api.ok('GET', asked('stress', '', first));
    await importing(bars);
    expect(await research.api.ok('GET', asked('stress', '', first))).toEqual(found);
    const [header, one, ...rest] = bars;
    const cells = one!.split(',');
    await importing([header!, [...cells.slice(0, 5), '77', cells[6]].join(), ...rest]);
    const changed = await research.api.send('GET', asked('stress', '', first));
    expect([changed.status, changed.body.code, changed.body.detail]).toEqual([
      ...[
        409,
        'history_changed',
        expect.stringMatching(/^bars of GROWS until .* changed since the backtest: run it again$/),
      ],
    ]);
  });
});
