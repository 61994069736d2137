import { refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import type { EntityManager } from 'typeorm';
import { madeRecipe, madeStrategy } from '../../test/made-strategy';
import { NO_CONNECTION } from '../../test/memory/no-connection';
import { StrategiesInMemory } from '../../test/memory/strategies-in-memory';
import type { Recipe } from '../recipes/recipe';
import type { RecipeComposer } from '../strategies/recipe-composer';
import type { StrategiesService } from '../strategies/strategies.service';
import { ModelWriteBack } from './model-write-back';

const OWNER = newId();
const MODEL = newId();
const HASH = 'a'.repeat(64);
const ARTIFACT = { uri: `sha256:${'b'.repeat(64)}`, sha256: 'b'.repeat(64), train_end: '2024-01-02T00:00:00.000Z' };
/** Of another kind than any plugin: nothing here looks at what it is. */
const modelSpec = { pin: { id: MODEL, revision: 1, hash: HASH }, kind: 'rule.identity' } as NonNullable<
  Recipe['model']
>;

async function writeBackOf(change: Parameters<typeof madeStrategy>[0] = {}, recipe = madeRecipe()) {
  const store = new StrategiesInMemory();
  const strategy = madeStrategy({ ownerId: OWNER, version: 3, ...change });
  await store.insert(NO_CONNECTION, strategy, recipe);
  const published: string[] = [];
  const composer = {
    compose: (_: EntityManager, __: unknown, before: Recipe) => Promise.resolve({ ...before, model: modelSpec }),
  };
  const strategies = { publish: (_: EntityManager, type: string) => Promise.resolve(published.push(type)) };
  const writeBack = new ModelWriteBack(
    composer as unknown as RecipeComposer,
    strategies as unknown as StrategiesService,
    store,
  );
  const apply = (asked: Partial<Parameters<ModelWriteBack['apply']>[2]> = {}) =>
    writeBack.apply(
      NO_CONNECTION,
      OWNER,
      {
        model_id: MODEL,
        revision: 1,
        hash: HASH,
        strategy_id: strategy.id,
        strategy_version: 3,
        source: 'csv',
        symbol: 'SP500',
        timeframe: '1d',
        ...asked,
      },
      ARTIFACT,
    );
  const now = () => store.at(NO_CONNECTION, OWNER, strategy.id);
  return { apply, now, published, composer, store, id: strategy.id };
}

describe('a trained model', () => {
  it('is attached as a new revision with its artifact', async () => {
    const { apply, now, published } = await writeBackOf();
    expect(await apply()).toMatchObject({ attached: true, conflict: false, reason: null, version: 4 });
    expect(await now()).toMatchObject({
      strategy: { modelId: MODEL, version: 4, revision: 2 },
      revision: { revision: 2, artifact: ARTIFACT, recipe: { model: modelSpec } },
    });
    expect(published).toEqual(['strategy.updated']);
  });

  it('that the strategy has already only brings its artifact', async () => {
    const { apply, now } = await writeBackOf({ modelId: MODEL }, madeRecipe({ model: modelSpec }));
    expect(await apply()).toMatchObject({ attached: true, version: 4 });
    expect(await now()).toMatchObject({ strategy: { revision: 1 }, revision: { artifact: ARTIFACT } });
  });

  it.each([
    ['archived', { archivedAt: new Date() }, {}, 'the strategy is archived'],
    ['changed meanwhile', { version: 4 }, {}, 'version must be 3, was 4'],
    ['of another symbol', {}, { symbol: 'NDX' }, 'the strategy trades SP500 1d, the model was fitted on NDX 1d'],
    [
      'about other bars',
      { source: 'ccxt' },
      {},
      "the strategy's bars come from ccxt, the model was fitted on those from csv",
    ],
    ['of another timeframe', {}, { timeframe: '1h' }, 'the strategy trades SP500 1d, the model was fitted on SP500 1h'],
  ])('leaves a strategy alone that is %s, and says why', async (_, change, asked, reason) => {
    const { apply, now, published } = await writeBackOf(change);
    const before = await now();
    expect(await apply(asked)).toMatchObject({ attached: false, conflict: true, reason });
    expect(await now()).toEqual(before);
    expect(published).toEqual([]);
  });

  it('does not replace what a promoted revision trades', async () => {
    const { apply, now, store, id } = await writeBackOf({ modelId: MODEL }, madeRecipe({ model: modelSpec }));
    await store.saveProof(NO_CONNECTION, id, 1, { status: 'promoted' });
    expect(await apply()).toMatchObject({ attached: false, reason: 'the promoted revision keeps its artifact' });
    expect((await now()).revision.artifact).toBeNull();
  });

  it('that does not fit is a conflict; anything else is an error', async () => {
    const { apply, composer } = await writeBackOf();
    composer.compose = () => Promise.reject(refuse('validation_failed', 'input edge is no feature'));
    expect(await apply()).toMatchObject({ attached: false, conflict: true, reason: 'input edge is no feature' });
    composer.compose = () => Promise.reject(new Error('the database is away'));
    await expect(apply()).rejects.toThrow('the database is away');
  });
});
