import { calendarFor } from '@assay/calendars';
import { parseUniverseDocument } from '@assay/domain';
import { hashOf } from '@assay/primitives';
import { syntheticBars } from '../fixtures/bars';
import { bollingerMomentum, logisticOnFactor } from '../fixtures/documents';
import { planSweep, sweepStrategy } from '../sweep';
import { sweepUniverse } from '../universe';
import { runCpcv } from '../validation';
import { fitModelOf, neverFiresOn, PipelinePool, warmUpOf } from '.';

/** All numbers of a result as text, so that two results can be compared byte for byte. */
const digest = (value: unknown): string =>
  hashOf(
    JSON.parse(
      JSON.stringify(value, (_, inner: unknown) =>
        ArrayBuffer.isView(inner)
          ? Buffer.from(inner.buffer, inner.byteOffset, inner.byteLength).toString('base64')
          : inner,
      ),
    ),
  );

const bars = syntheticBars(700, 4, 0.002);
const document = logisticOnFactor();
const sweep = {
  document: bollingerMomentum(),
  bars,
  plan: planSweep(bollingerMomentum(), [
    { path: 'substrategies.0.window', values: [5, 10, 15, 20, 25] },
    { path: 'substrategies.0.signal', values: [0, 0.5, 1] },
  ]),
  withSeries: true,
};

describe('pipeline tasks on worker threads', () => {
  const pools: PipelinePool[] = [];
  beforeAll(() => {
    pools.push(new PipelinePool({ threads: 1 }), new PipelinePool({ threads: 2 }));
  });
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  it('sweep to the same bytes on one thread, on two, and without any', async () => {
    const expected = digest(sweepStrategy(sweep));
    for (const pool of pools) expect(digest(await pool.sweepStrategy(sweep))).toBe(expected);
    expect(digest(await pools[1]!.sweepStrategy(sweep, { shards: 7 }))).toBe(expected);
  });

  it('sweep a list of cells in its order', async () => {
    const some = { ...sweep, cells: Uint32Array.of(14, 2, 9, 0, 5) };
    const expected = digest(sweepStrategy(some));
    for (const pool of pools) expect(digest(await pool.sweepStrategy(some))).toBe(expected);
    await expect(pools[1]!.sweepStrategy({ ...sweep, cells: Uint32Array.of(15) })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('sweep a universe to the same bytes on one thread, on two, and without any', async () => {
    const symbols = ['A', 'B', 'C', 'D'];
    const { document: universe } = parseUniverseDocument({
      ...{ kind: 'universe', strategy_id: '018f0000-0000-7000-8000-00000000000f', trading_period: 365 },
      ...{ market: 'CRYPTO', universe: symbols },
      features: [{ name: 'mom', plugin: 'momentum', plugin_version: '1', params: { window: 30 } }],
      portfolio: {
        ...{ kind: 'ranked', score: 'mom', select: { kind: 'top', k: 2 }, weighting: { kind: 'equal' } },
        rebalance: { kind: 'monthly', session: 'last' },
      },
    });
    const plan = planSweep(universe, [
      { path: 'costs.fee_bps', values: [0, 10] },
      { path: 'features.0.params.window', values: [10, 20, 30] },
      { path: 'portfolio.select.k', values: [1, 2] },
    ]);
    const series = symbols.map((symbol, k) => ({ ...syntheticBars(200, 30 + k, 0.001), symbol }));
    const input = { document: universe, plan, series, withSeries: true, metric: 'turnover' as const };
    const calendar = calendarFor('CRYPTO');
    for (const cells of [undefined, Uint32Array.of(11, 0, 7, 3, 4), new Uint32Array(0)]) {
      const expected = digest(sweepUniverse({ ...input, calendar, cells }));
      for (const pool of pools) expect(digest(await pool.sweepUniverse({ ...input, cells }))).toBe(expected);
      expect(digest(await pools[1]!.sweepUniverse({ ...input, cells }, { shards: 5 }))).toBe(expected);
    }
  });

  it('sweep a model to the same bytes, whatever the threads kept from earlier cells', async () => {
    const params = [
      { path: 'signal.rule_tree.groups.0.rules.0.value', values: [0.5, 0.52] },
      { path: 'model.params.l2', values: [1, 100] },
    ];
    const refit = { every: 120, min_train: 252 };
    const model = { ...document, model: { ...document.model, refit } as typeof document.model };
    const models = {
      document: model,
      plan: planSweep(model, params),
      bars,
      options: { scoreFrom: 252 },
      withSeries: true,
    };
    const expected = digest(sweepStrategy(models));
    for (const pool of [...pools, pools[1]!]) expect(digest(await pool.sweepStrategy(models))).toBe(expected);
  });

  it('validate to the same bytes and report progress', async () => {
    const seen: number[] = [];
    const outcome = await pools[1]!.run('cpcv', { document, bars }, { onProgress: (fraction) => seen.push(fraction) });
    expect(digest(outcome)).toBe(digest(runCpcv({ document, bars })));
    expect(seen.at(-1)).toBe(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  it('fit to the same artifact', async () => {
    const { sha256, bytes } = await pools[0]!.run('fitModel', { document, bars, train: [0, 500] });
    const here = fitModelOf({ document, bars, train: [0, 500] });
    expect(sha256).toBe(here.sha256);
    expect(Buffer.from(bytes).equals(Buffer.from(here.bytes))).toBe(true);
  });

  it('warm up to the same state, refits and artifact included', async () => {
    const { bytes } = fitModelOf({ document, bars, train: [0, 500] });
    const input = { document, artifact: bytes, bars };
    const here = warmUpOf(input);
    expect(here.state.bars).toBe(700);
    expect(digest(await pools[0]!.run('warmUp', input))).toBe(digest(here));
  });

  it('find the thresholds that fire on no bar', async () => {
    const silent = { ...bollingerMomentum() };
    silent.substrategies = silent.substrategies.map((sub) => ({ ...sub, signal: 99 }));
    const input = { document: silent, artifact: null, bars };
    expect(neverFiresOn(input).map(({ code }) => code)).toEqual(['never_fires']);
    expect(await pools[0]!.run('neverFires', input)).toEqual(neverFiresOn(input));
  });

  it('compute features, backtests and gates', async () => {
    const [features, backtest, gates] = await Promise.all([
      pools[1]!.run('features', { document, bars }),
      pools[1]!.run('backtest', { document, bars, options: { scoreFrom: 300 } }),
      pools[1]!.run('gates', { document, bars, walkForward: 'run', cpcv: 'run', ledger: [], draws: 200 }),
    ]);
    expect(features.names).toEqual(document.features.map(({ name }) => name));
    expect(features.columns[0]).toEqual(bars.extra.factor);
    expect(backtest.scored).toEqual([300, 700]);
    expect(gates.verdicts.map(({ policy }) => policy)).toContain('default');
  });

  it('run template sweeps', async () => {
    const grid = { first: Float64Array.of(5, 10), second: Float64Array.of(20, 40) };
    const result = await pools[0]!.run('sweepTemplate', {
      template: 'sma-cross',
      closes: bars.close,
      grid,
      options: { feeBps: 5, periodsPerYear: 365 },
    });
    expect(result.totalReturn.length).toBe(4);
  });

  it('refuse with the domain error of the task', async () => {
    const options = { mode: 'fixed_qty' as const };
    await expect(pools[0]!.run('backtest', { document, bars, options })).rejects.toMatchObject({
      name: 'DomainError',
      code: 'validation_failed',
      errors: [expect.objectContaining({ field: 'sizing' })],
    });
  });
});
