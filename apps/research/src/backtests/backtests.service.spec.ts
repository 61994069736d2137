import type { MarketData } from '../data/market-data';
import { UniverseInputsLoader } from '../runs/universe/universe-inputs';
import { newId } from '@assay/primitives/ids';
import type { PromotionEvidence } from '@assay/contracts';
import type { Jobs } from '@assay/platform';
import { madeBacktest, madeOutcome } from '../../test/made-backtest';
import { madeRules } from '../../test/made-rules';
import { madeStrategy } from '../../test/made-strategy';
import { atOnce, noDatabase } from '../../test/memory/at-once';
import { BacktestsInMemory } from '../../test/memory/backtests-in-memory';
import { JobsInMemory } from '../../test/memory/jobs-in-memory';
import { NO_CONNECTION } from '../../test/memory/no-connection';
import { PromotionsInMemory } from '../../test/memory/promotions-in-memory';
import { StrategiesInMemory } from '../../test/memory/strategies-in-memory';
import type { Artifacts } from '../artifacts/artifacts';
import { documentOf } from '../recipes/recipe-document';
import type { GateFacts } from '../records/strategies/gate-facts';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import type { ComparisonLoader } from '../runs/comparison';
import type { RunInputsLoader } from '../runs/run-inputs';
import { BacktestsService } from './backtests.service';
import type { HoldoutStore } from '../records/holdouts/holdout.store';
import type { LockedBars } from '../runs/locked-bars';

const OWNER = newId();
const DAY = 86_400_000;

/** A strategy of one rule on `bars` daily bars from 2024-01-01 on, and the service on it. */
async function backtests({ bars = 10, change = {} as Partial<StrategyEntity> } = {}) {
  const [store, strategies] = [new BacktestsInMemory(), new StrategiesInMemory()];
  const [jobs, promotions] = [new JobsInMemory(), new PromotionsInMemory()];
  const strategy = madeStrategy({ ownerId: OWNER, ...change });
  await strategies.insert(NO_CONNECTION, strategy, madeRules());
  const openTimeMs = Float64Array.from({ length: bars }, (_, i) => Date.UTC(2024, 0, 1) + i * DAY);
  const price = openTimeMs.map(() => 100);
  const prices = { open: price, high: price, low: price, close: price, volume: price, extra: {} };
  const inputs = {
    load: async (_: unknown, ownerId: string, id: string, number?: number) => {
      const found = await strategies.at(NO_CONNECTION, ownerId, id, number);
      const identity = { strategyId: id, name: 'trend', revision: 1 };
      return {
        ...found,
        series: { timeframe: '1d' },
        bars: { openTimeMs, ...prices },
        document: documentOf(found.revision.recipe, 'SP500', identity),
      };
    },
  };
  const series = new Map<string, unknown>();
  const artifacts = { getValue: (uri: string) => Promise.resolve(series.get(uri)) };
  const service = new BacktestsService(
    noDatabase,
    atOnce,
    jobs as unknown as Jobs,
    artifacts as unknown as Artifacts,
    inputs as unknown as RunInputsLoader,
    new UniverseInputsLoader({} as MarketData, strategies, {} as LockedBars),
    {} as ComparisonLoader,
    store,
    strategies,
    promotions,
    { openOn: () => Promise.resolve(null) } as unknown as HoldoutStore,
  );
  const create = (body = {}) => service.create(OWNER, { strategy_id: strategy.id, ...body });
  return { service, store, strategies, promotions, jobs, series, create, strategyId: strategy.id };
}

describe('a new backtest', () => {
  it('is pending, of the newest revision, with what its strategy states', async () => {
    const { create, jobs, strategyId, strategies } = await backtests();
    const { revision } = await strategies.at(NO_CONNECTION, OWNER, strategyId);
    expect(await create()).toMatchObject({
      strategy_id: strategyId,
      revision: 1,
      config_hash: revision.configHash,
      engine: 'vectorized',
      status: 'pending',
      job_id: null,
      request: { mode: 'weight', fill: 'next_open', start: null, end: null, score_from: null, source: null },
    });
    expect(jobs.rows).toEqual([]);
  });

  it('takes what is stated instead, and the engine by either name', async () => {
    const { create } = await backtests();
    const costs = { fee_bps: 7 };
    const made = await create({ engine: 'backtrader', fill: 'close', start: '2024-01-03', score_from: 2, costs });
    expect(made.engine).toBe('event');
    expect(made.request).toMatchObject({ fill: 'close', start: '2024-01-03', score_from: 2, costs });
    expect((await create({ engine: 'vectorbt' })).engine).toBe('vectorized');
  });

  const LAST = '2024-01-10';
  it.each([
    [{ start: '2024-01-05', end: '2024-01-04' }, 'start must not be after end 2024-01-04, was 2024-01-05'],
    [{ start: '2024-01-11' }, 'start must leave at least one bar to score, of 10 bars none is left, was 2024-01-11'],
    [{ end: '2023-12-31' }, 'end must leave at least one bar to score, of 10 bars none is left, was 2023-12-31'],
    [{ score_from: 10 }, 'score_from must leave at least one bar to score, of 10 bars none is left, was 10'],
  ])('is refused where nothing is left to score: %j', async (body, message) => {
    const { create, store } = await backtests();
    await expect(create(body)).rejects.toMatchObject({ code: 'validation_failed', errors: [{ message }] });
    expect(await store.list(NO_CONNECTION, OWNER, { limit: 10 })).toEqual([]);
  });

  it('may score the last bar alone', async () => {
    const { create } = await backtests();
    await expect(create({ start: LAST })).resolves.toMatchObject({ status: 'pending' });
    await expect(create({ score_from: 9 })).resolves.toMatchObject({ status: 'pending' });
  });

  it('wants more bars than the strategy looks back', async () => {
    const { create } = await backtests({ bars: 0 });
    await expect(create()).rejects.toMatchObject({
      errors: [expect.objectContaining({ field: 'strategy_id', rule: 'min_bars', value: 0 })],
    });
  });

  it('is not made of an archived strategy', async () => {
    const { create } = await backtests({ change: { archivedAt: new Date() } });
    await expect(create()).rejects.toMatchObject({ code: 'archived_read_only' });
  });
});

describe('a backtest that is executed', () => {
  it('is queued with its job', async () => {
    const { service, create, jobs } = await backtests();
    const { id } = await create();
    const job = await service.execute(OWNER, id);
    expect(jobs.rows).toEqual([
      expect.objectContaining({ id: job.id, kind: 'backtest.execute', payload: { backtest_id: id }, subjectId: id }),
    ]);
    expect(await service.get(OWNER, id)).toMatchObject({ status: 'queued', job_id: job.id, version: 2 });
  });

  it('has one job while that is open, however often it is asked for', async () => {
    const { service, create, jobs } = await backtests();
    const { id } = await create();
    const first = await service.execute(OWNER, id);
    expect((await service.execute(OWNER, id)).id).toBe(first.id);
    jobs.become(first.id, 'running');
    expect((await service.execute(OWNER, id)).id).toBe(first.id);
    expect(await service.get(OWNER, id)).toMatchObject({ status: 'running', job_id: first.id });
    expect(jobs.rows).toHaveLength(1);
  });

  it('has another job after one that failed, and each backtest its own', async () => {
    const { service, create, jobs } = await backtests();
    const [{ id }, other] = [await create(), await create()];
    const first = await service.execute(OWNER, id);
    jobs.become(first.id, 'failed');
    expect(await service.get(OWNER, id)).toMatchObject({ status: 'failed' });
    const second = await service.execute(OWNER, id);
    expect(second.id).not.toBe(first.id);
    expect(await service.get(OWNER, id)).toMatchObject({ status: 'queued', job_id: second.id });
    expect((await service.execute(OWNER, other.id)).id).not.toBe(second.id);
  });

  it('is never run again once it is completed', async () => {
    const { service, create, store, jobs } = await backtests();
    const { id } = await create();
    await store.complete(NO_CONNECTION, { id, version: 1 }, madeOutcome());
    await expect(service.execute(OWNER, id)).rejects.toMatchObject({
      code: 'illegal_transition',
      facts: { from: 'completed', to: 'queued' },
    });
    expect(jobs.rows).toEqual([]);
  });

  it('is nobody else’s to run, to see or to remove', async () => {
    const { service, create, jobs } = await backtests();
    const { id } = await create();
    const refused = { code: 'not_found' };
    await expect(service.execute(newId(), id)).rejects.toMatchObject(refused);
    await expect(service.get(newId(), id)).rejects.toMatchObject(refused);
    await expect(service.remove(newId(), id)).rejects.toMatchObject(refused);
    expect(jobs.rows).toEqual([]);
  });
});

describe('a backtest that is removed', () => {
  it('has ended or never begun', async () => {
    const { service, create, store, jobs } = await backtests();
    const { id } = await create();
    const job = await service.execute(OWNER, id);
    for (const state of ['queued', 'running'] as const) {
      jobs.become(job.id, state);
      await expect(service.remove(OWNER, id)).rejects.toMatchObject({ code: 'illegal_transition' });
    }
    await store.start(NO_CONNECTION, id);
    await expect(service.remove(OWNER, id)).rejects.toMatchObject({ facts: { status: 'running' } });
    jobs.become(job.id, 'canceled');
    await service.remove(OWNER, id);
    await expect(service.get(OWNER, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.remove(OWNER, (await create()).id)).resolves.toBeUndefined();
  });

  it('stays while evidence rests on it', async () => {
    const { service, create, promotions, strategyId } = await backtests();
    const { id } = await create();
    const evidence = { id: newId(), ownerId: OWNER, strategyId, revision: 1, policy: 'default' as const };
    const document = { backtest_id: id } as PromotionEvidence;
    const rest = { document, facts: {}, sha256: '', createdAt: new Date() };
    await promotions.addEvidence(NO_CONNECTION, { ...evidence, ...rest });
    await expect(service.remove(OWNER, id)).rejects.toMatchObject({
      code: 'referenced',
      facts: { id, referenced_by: [{ kind: 'evidence', id: evidence.id }] },
    });
  });

  it('stays while a revision was judged on it', async () => {
    const { service, create, strategies, strategyId } = await backtests();
    const { id } = await create();
    await strategies.saveProof(NO_CONNECTION, strategyId, 1, { gateFacts: { backtest_id: id } as GateFacts });
    await expect(service.remove(OWNER, id)).rejects.toMatchObject({
      code: 'referenced',
      facts: { referenced_by: [{ kind: 'strategy revision', id: strategyId }] },
    });
    await expect(service.get(OWNER, id)).resolves.toMatchObject({ id });
  });
});

describe('the series of a backtest', () => {
  it('are there once it is completed', async () => {
    const { service, create } = await backtests();
    const { id } = await create();
    const refused = { code: 'not_ready', facts: { id, status: 'pending' } };
    await expect(service.trades(OWNER, id)).rejects.toMatchObject(refused);
    await expect(service.equityCurve(OWNER, id)).rejects.toMatchObject(refused);
    await expect(service.compare(OWNER, { backtest_ids: [id, id] })).rejects.toMatchObject(refused);
  });

  it('are compared by every metric that any has, and by whether they saw the same bars', async () => {
    const { service, store, series, strategyId } = await backtests();
    const openTimeMs = Float64Array.of(0, DAY, 2 * DAY);
    series.set('sha256:a', { openTimeMs, scored: [0, 3], returns: Float64Array.of(0.1, -0.1, 0.2) });
    const done = async (metrics: Record<string, number | null>, fingerprint: string): Promise<string> => {
      const row = madeBacktest({ ownerId: OWNER, strategyId });
      await store.insertPending(NO_CONNECTION, row);
      const outcome = madeOutcome({ metrics, data: { fingerprint } as ReturnType<typeof madeOutcome>['data'] });
      await store.complete(NO_CONNECTION, { id: row.id, version: 1 }, outcome);
      return row.id;
    };
    const [a, b] = [
      await done({ sharpe_ratio: 1, max_drawdown: 0.1, calmar_ratio: null }, 'x'),
      await done({ sharpe_ratio: 2, max_drawdown: 0.3, beta: 3 }, 'x'),
    ];
    const compared = await service.compare(OWNER, { backtest_ids: [a, b] });
    expect(compared.metrics).toEqual({
      ...{ sharpe_ratio: [1, 2], max_drawdown: [0.1, 0.3], calmar_ratio: [null, null], beta: [null, 3] },
    });
    expect(compared.better).toEqual({
      ...{ sharpe_ratio: 'higher', max_drawdown: 'lower', calmar_ratio: 'higher', beta: null },
    });
    expect(compared.best).toEqual({ sharpe_ratio: [b], max_drawdown: [a], calmar_ratio: [], beta: [] });
    expect(compared.same_data).toBe(true);
    expect(compared.items.map(({ id }) => id)).toEqual([a, b]);
    const c = await done({}, 'y');
    expect((await service.compare(OWNER, { backtest_ids: [a, c] })).same_data).toBe(false);
  });
});
