import { newId } from '@assay/primitives/ids';
import { madeRecipe, madeStrategy } from '../../test/made-strategy';
import { atOnce, keptOutbox, noDatabase } from '../../test/memory/at-once';
import { NO_CONNECTION } from '../../test/memory/no-connection';
import { PromotionsInMemory } from '../../test/memory/promotions-in-memory';
import { StrategiesInMemory } from '../../test/memory/strategies-in-memory';
import type { Recipe } from '../recipes/recipe';
import type { RecipeComposer } from './recipe-composer';
import { StrategiesService } from './strategies.service';

/** The service on strategies in memory; `composed` is what its parts are composed to. */
function serviceOf({ composed = madeRecipe(), sessions = null as number | null } = {}) {
  const store = new StrategiesInMemory();
  const promotions = new PromotionsInMemory();
  const { outbox, published } = keptOutbox();
  const composer = {
    compose: (_: unknown, fields: { universe: string[] }): Promise<Recipe> =>
      Promise.resolve({ ...composed, universe: fields.universe }),
    sessionsPerYear: () => Promise.resolve(sessions),
  };
  const service = new StrategiesService(
    noDatabase,
    atOnce,
    outbox,
    composer as unknown as RecipeComposer,
    store,
    promotions,
  );
  return { service, store, history: promotions.history, published };
}

const OWNER = newId();
const BODY = { name: 'trend', universe: ['SP500'], timeframe: '1d' as const, pipeline_config: {} };

describe('a new strategy', () => {
  it('is a draft of its own lineage, and its event says so', async () => {
    const { service, published } = serviceOf();
    const made = await service.create(OWNER, BODY);
    expect(made).toMatchObject({ status: 'draft', revision: 1, version: 1, lineage_id: made.id, cloned_from: null });
    expect(published).toEqual([
      expect.objectContaining({
        type: 'strategy.created',
        data: expect.objectContaining({ strategy_id: made.id, config_hash: made.config_hash, status: 'draft' }),
      }),
    ]);
  });

  it.each([
    [undefined, null, 252],
    [undefined, 365, 365],
    [200, 365, 200],
  ])(
    'annualises by the period that is given, else the market’s, else 252: %p, %p',
    async (given, sessions, expected) => {
      const { service } = serviceOf({ sessions });
      const made = await service.create(OWNER, { ...BODY, pipeline_config: { trading_period: given } });
      expect(made.pipeline_config.trading_period).toBe(expected);
    },
  );

  it.each([
    [['SP500', 'SP500'], 'universe[1] must be unique, SP500 is repeated'],
    [[' SP500'], 'universe[0] must be 1 to 64 characters without outer white space, was " SP500"'],
  ])('is refused with the universe %p', async (universe, message) => {
    const { service, published } = serviceOf();
    await expect(async () => service.create(OWNER, { ...BODY, universe })).rejects.toThrow(message);
    expect(published).toEqual([]);
  });
});

describe('a strategy that is changed', () => {
  const made = async (change: Parameters<typeof madeStrategy>[0] = {}) => {
    const all = serviceOf();
    const strategy = madeStrategy({ ownerId: OWNER, ...change });
    await all.store.insert(NO_CONNECTION, strategy, madeRecipe());
    return { ...all, id: strategy.id };
  };

  it('keeps what is not named, and gets a revision when its content changes', async () => {
    const { service, published, id } = await made({ description: 'kept' });
    const renamed = await service.update(OWNER, id, 1, { name: 'renamed' });
    expect(renamed).toMatchObject({ name: 'renamed', description: 'kept', version: 2, revision: 1 });
    const cleared = await service.update(OWNER, id, 2, { description: null, universe: ['NDX'] });
    expect(cleared).toMatchObject({ description: null, universe: ['NDX'], version: 3, revision: 2, status: 'draft' });
    expect(published.map(({ type }) => type)).toEqual(['strategy.updated', 'strategy.updated']);
  });

  it('is refused for who read an older version', async () => {
    const { service, id } = await made({ version: 4 });
    await expect(service.update(OWNER, id, 3, { name: 'late' })).rejects.toMatchObject({ code: 'stale_version' });
  });

  it('changes by its document alone where it is one', async () => {
    const { service, id } = await made({ kind: 'substrategies' });
    const body = { name: 'n', universe: ['NDX'], pipeline_config: { trading_period: 1 } };
    await expect(service.update(OWNER, id, 1, body)).rejects.toMatchObject({
      errors: [
        expect.objectContaining({ field: 'universe', rule: 'managed_by_document' }),
        expect.objectContaining({ field: 'pipeline_config.trading_period' }),
      ],
    });
    await expect(service.update(OWNER, id, 1, { name: 'n' })).resolves.toMatchObject({ name: 'n' });
  });

  it('is copied with its content into its lineage, as a draft', async () => {
    const { service, id } = await made({ lineageId: newId(), promotedRevision: 1, version: 9 });
    const [original, copy] = [await service.get(OWNER, id), await service.clone(OWNER, id)];
    expect(copy).toMatchObject({
      name: 'trend (copy)',
      cloned_from: id,
      lineage_id: original.lineage_id,
      config_hash: original.config_hash,
      promoted_revision: null,
      version: 1,
    });
    expect(copy.id).not.toBe(id);
  });

  it('is archived with its reason, once, and can only be read then', async () => {
    const { service, history, published, id } = await made();
    expect(await service.archive(OWNER, id, 1, 'too old')).toMatchObject({ status: 'archived', version: 2 });
    expect(history).toEqual([
      expect.objectContaining({ action: 'archived', strategyId: id, revision: 1, reason: 'too old', actorId: OWNER }),
    ]);
    expect(published.at(-1)).toMatchObject({ type: 'strategy.archived', data: { status: 'archived' } });
    const refused = { code: 'archived_read_only' };
    await expect(service.archive(OWNER, id, 2, null)).rejects.toMatchObject(refused);
    await expect(service.update(OWNER, id, 2, { name: 'n' })).rejects.toMatchObject(refused);
    expect(history).toHaveLength(1);
  });

  it('is not archived while a revision is promoted', async () => {
    const { service, history, id } = await made({ promotedRevision: 1 });
    await expect(service.archive(OWNER, id, undefined, null)).rejects.toMatchObject({ code: 'illegal_transition' });
    expect(history).toEqual([]);
  });

  it('is nobody else’s to change', async () => {
    const { service, id } = await made();
    await expect(service.update(newId(), id, 1, { name: 'mine' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.archive(newId(), id, 1, null)).rejects.toMatchObject({ code: 'not_found' });
  });
});
