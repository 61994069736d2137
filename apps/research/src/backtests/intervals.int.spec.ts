import { backtest, importMarket, seedRuleStrategy } from '../../test/research-harness';
import { useResearch } from '../../test/use-research';

type Row = Record<string, any>;

describe('intervals of a backtest', () => {
  const research = useResearch();
  let strategy: string;
  let run: Row;

  beforeAll(async () => {
    await importMarket(research.api, 'WALK', { bars: 400, seed: 3 });
    strategy = (await seedRuleStrategy(research.api, 'WALK')).id;
    run = await backtest(research.api, strategy, { risk_free: { rate: 0.02 } });
  });

  const asked = (query = ''): string => `/backtests/${run.id}/intervals${query}`;

  it('stand beside its own figures, the same at every call', async () => {
    const found = await research.api.ok('GET', asked('?resamples=200'));
    expect(Object.fromEntries(found.items.map((row: Row) => [row.metric, row.value]))).toEqual(run.metrics);
    const sharpe = found.items.find((row: Row) => row.metric === 'sharpe_ratio');
    expect(sharpe.lower_95).toBeLessThan(sharpe.value);
    expect(sharpe.upper_95).toBeGreaterThan(sharpe.value);
    expect(found.sharpe.errors[0].sharpe_ratio).toBeCloseTo(run.metrics.sharpe_ratio, 12);
    expect(found.bootstrap).toMatchObject({ intervals: 'percentile', scheme: 'stationary', resamples: 200 });
    expect(await research.api.ok('GET', asked('?resamples=200'))).toEqual(found);
    const bca = await research.api.ok('GET', asked('?resamples=200&intervals=bca'));
    expect(bca.items.map((row: Row) => row.standard_error)).toEqual(found.items.map((row: Row) => row.standard_error));
    expect(bca.items).not.toEqual(found.items);
  });

  it('are of the owner alone', async () => {
    const other = await research.as();
    expect((await other.send('GET', asked())).status).toBe(404);
  });

  it('need a run that has completed, and enough bars', async () => {
    const pending = await research.api.ok('POST', '/backtests', { strategy_id: strategy });
    const early = await research.api.send('GET', `/backtests/${pending.id}/intervals`);
    expect([early.status, early.body.code]).toEqual([409, 'not_ready']);
    const short = await backtest(research.api, strategy, { score_from: 385 });
    const few = await research.api.send('GET', `/backtests/${short.id}/intervals`);
    expect([few.status, few.body.code, few.body.detail]).toEqual([
      ...[422, 'insufficient_data', 'intervals need at least 20 returns, had 15'],
    ]);
  });

  it.each([
    ['resamples=99', 'resamples must be at least 100, was 99'],
    ['resamples=1000000', 'resamples must be at most 100000, was 1000000'],
    ['resamples=100000', /^resamples must be at most \d{5} over 38\d returns( and \d+ closed trades)?, was 100000$/],
    ['block=500', /^block must be a number from 1 to 38\d, was 500$/],
    ['scheme=moving', 'scheme must be one of stationary, circular, was "moving"'],
  ])('refuse %s', async (query, message) => {
    const { status, body } = await research.api.send('GET', asked(`?${query}`));
    expect([status, body.errors[0].message]).toEqual([
      422,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });
});
