import { newId } from '@assay/primitives/ids';
import type { Jobs } from '@assay/platform';
import { madeRules } from '../../test/made-rules';
import { madeRecipe, madeStrategy } from '../../test/made-strategy';
import { atOnce, noDatabase } from '../../test/memory/at-once';
import { JobsInMemory } from '../../test/memory/jobs-in-memory';
import { NO_CONNECTION } from '../../test/memory/no-connection';
import { StrategiesInMemory } from '../../test/memory/strategies-in-memory';
import { ValidationsInMemory } from '../../test/memory/validations-in-memory';
import type { GateFacts } from '../records/strategies/gate-facts';
import type { StrategyEntity } from '../records/strategies/strategy.entity';
import type { RevisionProof } from '../records/strategies/strategy.store';
import type { ComparisonLoader } from '../runs/comparison';
import type { HoldoutStore } from '../records/holdouts/holdout.store';
import type { OutsideTrialsStore } from '../records/trials/outside-trials.store';
import type { TrialLedger } from '../records/trials/trial-ledger.store';
import { ValidationService } from './validation.service';

const OWNER = newId();

/** A strategy with one backtested revision, and the service on it. */
async function validations({
  recipe = madeRules(),
  proof = { status: 'backtested' } as Partial<RevisionProof>,
  change = {} as Partial<StrategyEntity>,
} = {}) {
  const [strategies, store, jobs] = [new StrategiesInMemory(), new ValidationsInMemory(), new JobsInMemory()];
  const strategy = madeStrategy({ ownerId: OWNER, ...change });
  await strategies.insert(NO_CONNECTION, strategy, recipe);
  await strategies.saveProof(NO_CONNECTION, strategy.id, 1, proof);
  const ledger = { count: () => Promise.resolve(7), ownerTrialsOn: () => Promise.resolve(9) };
  const service = new ValidationService(
    noDatabase,
    atOnce,
    jobs as unknown as Jobs,
    ledger as unknown as TrialLedger,
    { declared: () => Promise.resolve(4) } as unknown as OutsideTrialsStore,
    {
      openOn: () => Promise.resolve(null),
      ofLineage: () => Promise.resolve([]),
      foundFor: () => Promise.resolve(null),
    } as unknown as HoldoutStore,
    strategies,
    store,
    {} as ComparisonLoader,
  );
  const run = (body = {}) => service.walkForward(OWNER, { strategy_id: strategy.id, ...body });
  const cross = (body = {}) => service.cpcv(OWNER, { strategy_id: strategy.id, ...body });
  return { service, strategies, store, jobs, run, cross, id: strategy.id };
}

describe('a validation', () => {
  it('is queued with its job, of the revision as it stands', async () => {
    const { run, store, jobs, strategies, id } = await validations();
    const job = await run();
    expect(jobs.rows).toEqual([expect.objectContaining({ id: job.id, kind: 'validation.walk_forward' })]);
    const { configHash } = (await strategies.at(NO_CONNECTION, OWNER, id)).revision;
    expect(await store.require(NO_CONNECTION, OWNER, job.subjectId!)).toMatchObject({
      strategyId: id,
      revision: 1,
      configHash,
      kind: 'walk_forward',
      status: 'queued',
      jobId: job.id,
      request: { policy_layout: true, folds: 5, ratio: 2, kind: 'rolling' },
    });
    expect(job.payload).toEqual({ validation_id: job.subjectId });
  });

  it.each([{ folds: 4 }, { ratio: 3 }, { kind: 'expanding' as const }])(
    'of another walk-forward layout than the policies’ is information only: %j',
    async (layout) => {
      const { run, store } = await validations();
      const { subjectId } = await run(layout);
      const { request } = await store.require(NO_CONNECTION, OWNER, subjectId!);
      expect(request).toMatchObject({ policy_layout: false, ...layout });
    },
  );

  it('by CPCV is evidence with the groups of the policies, stated or not', async () => {
    const { cross, store } = await validations();
    for (const [layout, policy_layout] of [
      [{}, true],
      [{ groups: 6, test_groups: 2 }, true],
      [{ groups: 7 }, false],
      [{ test_groups: 3 }, false],
    ] as const) {
      const { kind, subjectId } = await cross(layout);
      expect(kind).toBe('validation.cpcv');
      const { request } = await store.require(NO_CONNECTION, OWNER, subjectId!);
      expect(request).toMatchObject({ groups: 6, test_groups: 2, ...layout, policy_layout });
    }
  });

  it.each([
    [{ groups: 4, test_groups: 4 }, 'test_groups must be below groups 4, was 4'],
    [{ groups: 30, test_groups: 15 }, 'splits'],
  ])('is refused with groups that are no layout or too many: %j', async (layout, message) => {
    const { cross, jobs } = await validations();
    await expect(cross(layout)).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ field: 'test_groups', message: expect.stringContaining(message) }],
    });
    expect(jobs.rows).toEqual([]);
  });

  it.each([
    ['an archived strategy', { change: { archivedAt: new Date() } }, 'archived_read_only'],
    ['a draft without a completed backtest', { proof: { status: 'draft' as const } }, 'illegal_transition'],
    ['a strategy that lacks a part', { recipe: madeRecipe() }, 'not_ready'],
    ['a universe of several symbols', { recipe: madeRules({ universe: ['A', 'B'] }) }, 'not_ready'],
  ])('is refused for %s, and no job is left behind', async (_, of, code) => {
    const { run, cross, jobs, store, id } = await validations(of);
    await expect(run()).rejects.toMatchObject({ code });
    await expect(cross()).rejects.toMatchObject({ code });
    expect(jobs.rows).toEqual([]);
    expect(await store.newest(NO_CONNECTION, id, 1, 'cpcv')).toBeNull();
  });

  it('may be made of what is validated or promoted, and is nobody else’s to make', async () => {
    for (const status of ['validated', 'promoted'] as const) {
      const { run } = await validations({ proof: { status } });
      await expect(run()).resolves.toMatchObject({ state: 'queued' });
    }
    const { service, id } = await validations();
    await expect(service.cpcv(newId(), { strategy_id: id })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the validation of a strategy', () => {
  it('shows the newest run of each kind and what the ledger counts now', async () => {
    const { service, run, cross, id } = await validations();
    await run();
    const [walk, crossed] = [await run(), await cross()];
    expect(await service.ofStrategy(OWNER, id)).toMatchObject({
      strategy_id: id,
      revision: 1,
      status: 'backtested',
      walk_forward: { id: walk.subjectId, status: 'queued' },
      cpcv: { id: crossed.subjectId, kind: 'cpcv' },
      gates: {},
      gates_at: null,
      ledger: { as_judged: null, now: { trials: 7, declared_outside: 4, owner_trials_on_this_data: 9 } },
      information: null,
    });
  });

  it('keeps what was judged beside it', async () => {
    const ledger = { trials: 2, effective_range: null, owner_trials_on_this_data: 3 };
    const [information, quality] = [{ selection: 'no_selection' }, null];
    // as version 1 of the policy kept it
    const evidence = {
      lookback: 0,
      benchmark: { p: 0.01, block: 0.01, iid: 0.01, trackingError: 0.1, absoluteP: 0.2 },
    };
    const facts = { ledger, information, quality, evidence } as unknown as GateFacts;
    const gate = { gate: 'deflated_sharpe_or_absolute_p', passed: true, value: 0.97, threshold: 0.95, why: 'x must be at least 0.95, was 0.97' }; // prettier-ignore
    const verdict = { policy: 'large_search' as const, version: '1', passed: true, gates: [gate] };
    const gatesAt = new Date('2024-05-06T07:08:09.000Z');
    const gates = { large_search: verdict };
    const proof = { status: 'validated', gateFacts: facts, gates, gatesAt, validatedUnder: ['default'] } as const;
    const { service, id } = await validations({ proof: { ...proof, validatedUnder: ['default'] } });
    expect(await service.ofStrategy(OWNER, id)).toMatchObject({
      gates: {
        large_search: {
          ...{ ...verdict, in_force: false, paper_only: false },
          words: expect.stringContaining('Version 1 of large_search is retired'),
          gates: [{ ...gate, title: 'Deflated Sharpe ratio, or a mean return above chance' }],
        },
      },
      validated_under: ['default'],
      gates_at: gatesAt.toISOString(),
      ledger: { as_judged: { ...ledger, at: gatesAt.toISOString() }, now: { trials: 7 } },
      information: { selection: 'no_selection', quality: null },
    });
  });

  it('of an archived one says so', async () => {
    const { service, id } = await validations({ change: { archivedAt: new Date() } });
    expect(await service.ofStrategy(OWNER, id)).toMatchObject({ status: 'archived', walk_forward: null, cpcv: null });
  });
});
