import type { PolicyVerdict, StrategyPromoted } from '@assay/contracts';
import type { Principal } from '@assay/platform';
import { refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import { madeBacktest, madeOutcome } from '../../test/made-backtest';
import { madeRules } from '../../test/made-rules';
import { madeRecipe, madeStrategy } from '../../test/made-strategy';
import { atOnce, keptOutbox, noDatabase } from '../../test/memory/at-once';
import { BacktestsInMemory } from '../../test/memory/backtests-in-memory';
import { NO_CONNECTION } from '../../test/memory/no-connection';
import { PromotionsInMemory } from '../../test/memory/promotions-in-memory';
import { StrategiesInMemory } from '../../test/memory/strategies-in-memory';
import type { Artifacts } from '../artifacts/artifacts';
import type { EvidenceRecords } from '../evidence/evidence-records';
import type { MarketData } from '../data/market-data';
import type { Recipe } from '../recipes/recipe';
import type { GateFacts } from '../records/strategies/gate-facts';
import type { RevisionProof } from '../records/strategies/strategy.store';
import type { RecipeComposer } from '../strategies/recipe-composer';
import { PromotionService } from './promotion.service';
import type { HoldoutStore } from '../records/holdouts/holdout.store';

const OWNER = newId();
const BACKTEST = newId();
const ACTOR = { userId: OWNER } as Principal;
const RECIPE = madeRules();
const ANCHOR = {
  source: 'csv',
  adjustment: 'none' as const,
  first_bar: '2020-01-01T00:00:00.000Z',
  fingerprint: 'f'.repeat(64),
  until: '2024-01-01T00:00:00.000Z',
};
const verdict = (passed: boolean, version = '2'): PolicyVerdict => ({
  policy: 'default',
  version,
  passed,
  gates: [{ gate: 'benchmark_p', passed, value: 0.2, threshold: 0.05, why: 'joint p 0.2, at most 0.05 is needed' }],
});
const PROVEN: Partial<RevisionProof> = {
  status: 'validated',
  validatedUnder: ['default'],
  gates: { default: verdict(true) },
  gateFacts: { backtest_id: BACKTEST, artifact_sha256: null, evidence: { lookback: 0 } } as unknown as GateFacts,
  historyAnchor: ANCHOR,
};

/** A strategy whose newest revision has the given proof, and the service on it. */
async function promotable(change: Partial<RevisionProof> = {}, recipe: Recipe = RECIPE) {
  const strategies = new StrategiesInMemory();
  const strategy = madeStrategy({ ownerId: OWNER });
  await strategies.insert(NO_CONNECTION, strategy, recipe);
  await strategies.saveProof(NO_CONNECTION, strategy.id, 1, { ...PROVEN, ...change });
  const [backtests, promotions] = [new BacktestsInMemory(), new PromotionsInMemory()];
  const backtested = async (id: string, revision: number): Promise<void> => {
    await backtests.insertPending(
      NO_CONNECTION,
      madeBacktest({ id, ownerId: OWNER, strategyId: strategy.id, revision }),
    );
    await backtests.complete(NO_CONNECTION, { id, version: 1 }, madeOutcome());
  };
  await backtested(BACKTEST, 1);
  const { outbox, published } = keptOutbox();
  const written: string[] = [];
  const market = {
    in: () => market,
    assertHistory: (): Promise<void> => Promise.resolve(),
    requireSeries: (source: string, symbol: string, timeframe: string) =>
      Promise.resolve({ source, symbol, timeframe, synthetic: true }),
  };
  const composer = { verify: (): Promise<void> => Promise.resolve(), extraColumns: () => Promise.resolve([]) };
  const records = {
    requirePassed: () => Promise.resolve({ record_sha256: 'r' }),
    attest: (_: unknown, statement: object) => Promise.resolve({ statement, signature: { value: 's' } }),
  };
  const put = (bytes: Uint8Array) => {
    written.push(Buffer.from(bytes).toString('utf8'));
    return Promise.resolve({ uri: 'sha256:d', sha256: 'd' });
  };
  const service = new PromotionService(
    noDatabase,
    atOnce,
    outbox,
    { put, isIntact: () => Promise.resolve(true) } as unknown as Artifacts,
    market as unknown as MarketData,
    composer as unknown as RecipeComposer,
    strategies,
    promotions,
    backtests,
    records as unknown as EvidenceRecords,
    { openOn: () => Promise.resolve(null) } as unknown as HoldoutStore,
  );
  const now = () => strategies.at(NO_CONNECTION, OWNER, strategy.id);
  const promote = (expected?: number) => service.promote(ACTOR, strategy.id, 'default', expected);
  return {
    service,
    strategies,
    promotions,
    backtests,
    backtested,
    published,
    written,
    market,
    composer,
    records,
    now,
    promote,
    id: strategy.id,
  };
}

describe('a promotion', () => {
  it('writes status, evidence, history and event, and the document that will trade', async () => {
    const { promote, promotions, published, written, now, id } = await promotable();
    expect(await promote(1)).toMatchObject({ status: 'promoted', promoted_revision: 1, version: 2 });
    expect(await now()).toMatchObject({ strategy: { promotedRevision: 1 }, revision: { status: 'promoted' } });
    const [evidence] = promotions.evidence;
    expect(evidence!.document).toMatchObject({
      strategy_id: id,
      policy: 'default',
      synthetic: true,
      promoted_by: OWNER,
      verdicts: verdict(true).gates,
      series: [{ source: 'csv', symbol: 'SP500', timeframe: '1d', synthetic: true }],
    });
    expect(promotions.history).toEqual([
      expect.objectContaining({ action: 'promoted', evidenceId: evidence!.id, evidenceSha256: evidence!.sha256 }),
    ]);
    expect(JSON.parse(written[0]!)).toMatchObject({ strategy_id: id, ticker: 'SP500', history_anchor: ANCHOR });
    const [event] = published;
    expect(event!.type).toBe('strategy.promoted');
    expect(event!.data as unknown as StrategyPromoted).toMatchObject({
      sharpe: 1.5,
      max_drawdown: null,
      strategy_json: [{ symbol: 'SP500', uri: 'sha256:d', sha256: 'd' }],
      attestation: {
        statement: { evidence_id: evidence!.id, record_sha256: 'r', policy: 'default', promoted_by: OWNER },
      },
    });
    expect(evidence!.facts.attestation).toEqual(event!.data.attestation);
  });

  it.each(['limit', 'stop'] as const)('writes a %s entry into the document that will trade', async (type) => {
    const entry_order = { type, offset: { percent: 0.5 }, expires_after_bars: 3 };
    const recipe = { ...RECIPE, config: { ...RECIPE.config, entry_order } };
    const { promote, written } = await promotable({}, recipe);
    expect(await promote(1)).toMatchObject({ status: 'promoted' });
    expect(JSON.parse(written[0]!)).toMatchObject({ entry_order });
  });

  it('takes the place of the one before, whose revision stays validated', async () => {
    const { promote, strategies, backtested, now, id } = await promotable();
    await promote();
    const other = { ...RECIPE, universe: ['NDX'] };
    await strategies.save(NO_CONNECTION, await now(), undefined, {}, other);
    await strategies.saveProof(NO_CONNECTION, id, 2, PROVEN);
    await backtested(newId(), 2);
    expect(await promote()).toMatchObject({ promoted_revision: 2, status: 'promoted' });
    expect((await strategies.findRevision(NO_CONNECTION, id, 1)).status).toBe('validated');
  });

  const refusals: [string, Partial<RevisionProof>, string][] = [
    ['a draft', { status: 'draft', validatedUnder: [], gates: null }, 'not_ready'],
    [
      'a revision that its policy refused',
      { status: 'backtested', validatedUnder: [], gates: { default: verdict(false) } },
      'gates_failed',
    ],
    ['a revision that passes another policy only', { validatedUnder: ['exploratory'] }, 'gates_failed'],
    [
      'a revision that passed a version that judges no more',
      { gates: { default: verdict(true, '1') } },
      'gates_failed',
    ],
    [
      'a revision with another artifact than the judged one',
      { artifact: { uri: 'sha256:e', sha256: 'e', train_end: null } },
      'evidence_mismatch',
    ],
    ['a revision without a pinned history', { historyAnchor: null }, 'not_ready'],
    ['what is promoted already', { status: 'promoted' }, 'illegal_transition'],
  ];
  it.each(refusals)('refuses %s and writes nothing', async (_, proof, code) => {
    const { promote, promotions, published, now } = await promotable(proof);
    const before = await now();
    await expect(promote()).rejects.toMatchObject({ code });
    expect(await now()).toEqual(before);
    expect([promotions.evidence, promotions.history, published]).toEqual([[], [], []]);
  });

  it('stays what it is when its version is replaced', async () => {
    const { promote, strategies, now, id } = await promotable();
    await promote();
    await strategies.saveProof(NO_CONNECTION, id, 1, { gates: { default: verdict(true, '1') } });
    expect(await now()).toMatchObject({ strategy: { promotedRevision: 1 }, revision: { status: 'promoted' } });
  });

  it('names what to use instead of a retired policy', async () => {
    const { service, id } = await promotable({ validatedUnder: ['large_search'] });
    await expect(service.promote(ACTOR, id, 'large_search', undefined)).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringContaining('large_search, which is retired: validate again and use default instead'),
    });
  });

  it.each(['pins', 'bars'] as const)('refuses when the %s are no longer what was validated', async (what) => {
    const { promote, market, composer, promotions, published } = await promotable();
    const changed = (): Promise<void> => Promise.reject(refuse('history_changed', 'no longer what is stored'));
    if (what === 'pins') composer.verify = changed;
    else market.assertHistory = changed;
    await expect(promote()).rejects.toMatchObject({ code: 'history_changed' });
    expect([promotions.evidence, published]).toEqual([[], []]);
  });

  it('refuses what no signed record says', async () => {
    const { promote, records, promotions, published, now } = await promotable();
    records.requirePassed = () => Promise.reject(refuse('evidence_mismatch', 'the seeds changed: validate again'));
    await expect(promote()).rejects.toMatchObject({ code: 'evidence_mismatch' });
    expect([promotions.evidence, published]).toEqual([[], []]);
    expect(await now()).toMatchObject({ revision: { status: 'validated' } });
  });

  it('refuses what is archived', async () => {
    const { promote, strategies, now, published } = await promotable();
    await strategies.save(NO_CONNECTION, await now(), undefined, { archivedAt: new Date() }, RECIPE);
    await expect(promote()).rejects.toMatchObject({ code: 'archived_read_only' });
    expect(published).toEqual([]);
  });

  it('refuses who read an older version, and without a completed backtest', async () => {
    const { promote, backtests } = await promotable();
    await expect(promote(7)).rejects.toMatchObject({ code: 'stale_version' });
    await backtests.remove(NO_CONNECTION, OWNER, BACKTEST);
    await expect(promote(1)).rejects.toMatchObject({
      code: 'not_ready',
      message: 'completed backtests must be at least 1, were 0',
    });
  });
});

describe('a demotion', () => {
  it('takes the promotion back with its reason; the revision stays validated', async () => {
    const { service, promote, promotions, published, now, id } = await promotable();
    const kept = jest.spyOn(NO_CONNECTION, 'insert');
    await promote();
    expect(await service.demote(ACTOR, id, 'drifts', 2)).toMatchObject({
      promoted_revision: null,
      status: 'validated',
    });
    expect((await now()).revision.status).toBe('validated');
    expect(promotions.history.at(-1)).toMatchObject({ action: 'demoted', reason: 'drifts', evidenceId: null });
    expect(published.at(-1)).toMatchObject({ type: 'strategy.demoted', data: { strategy_id: id, revision: 1 } });
    expect(kept.mock.calls.map(([, row]) => row)).toEqual([
      expect.objectContaining({ action: 'strategy.promoted', subject: id, actorId: ACTOR.userId }),
      expect.objectContaining({ action: 'strategy.demoted', subject: id, actorId: ACTOR.userId }),
    ]);
  });

  it('is refused where nothing is promoted', async () => {
    const { service, id, promotions } = await promotable();
    await expect(service.demote(ACTOR, id, 'why', undefined)).rejects.toMatchObject({ code: 'illegal_transition' });
    expect(promotions.history).toEqual([]);
  });
});

describe('the checklist', () => {
  it('names what is missing', async () => {
    const { service, id } = await promotable({ status: 'draft' }, madeRecipe());
    const { ready, checklist } = await service.status(OWNER, id);
    expect(ready).toBe(false);
    expect(checklist.map(({ item, passed }) => [item, passed])).toEqual([
      ['status_validated', false],
      ['backtest_completed', true],
      ['model_attached', false],
      ['signal_logic_attached', false],
    ]);
  });
});
