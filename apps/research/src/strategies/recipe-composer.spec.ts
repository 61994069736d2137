import { madeRecipe, madeStrategy } from '../../test/made-strategy';
import { NO_CONNECTION } from '../../test/memory/no-connection';
import { StrategiesInMemory } from '../../test/memory/strategies-in-memory';
import type { MarketData } from '../data/market-data';
import { FeatureStore } from '../records/definitions/feature.store';
import { ModelStore } from '../records/definitions/model.store';
import { SignalLogicStore } from '../records/definitions/signal-logic.store';
import { composedOf, RecipeComposer } from './recipe-composer';

const ANCHOR = {
  source: 'pinned',
  adjustment: 'none' as const,
  first_bar: '2020-01-01T00:00:00.000Z',
  fingerprint: 'f'.repeat(64),
  until: '2024-01-01T00:00:00.000Z',
};

/** A strategy and its revision; with an anchor where `anchored`. */
async function stored(source: string | null, anchored: boolean) {
  const store = new StrategiesInMemory();
  const strategy = madeStrategy({ source });
  await store.insert(NO_CONNECTION, strategy, madeRecipe());
  if (anchored) await store.saveProof(NO_CONNECTION, strategy.id, 1, { historyAnchor: ANCHOR });
  return store.at(NO_CONNECTION, strategy.ownerId, strategy.id);
}

describe('a change of a strategy', () => {
  it('looks for columns at the source of its revision until it states another', async () => {
    expect(composedOf(await stored(null, true), {}).source).toBe('pinned');
    expect(composedOf(await stored('own', false), {}).source).toBe('own');
    expect(composedOf(await stored('own', true), { source: 'new' }).source).toBe('new');
    expect(composedOf(await stored('own', true), { source: null }).source).toBeNull();
    expect(composedOf(await stored(null, false), { universe: ['NDX'] })).toMatchObject({
      source: null,
      universe: ['NDX'],
    });
  });
});

describe('the further columns of a universe', () => {
  it('are those that every symbol has', async () => {
    const columns: Record<string, string[]> = { SP500: ['factor', 'vix'], NDX: ['vix'], DAX: [] };
    const market = { in: () => market, extraColumns: (_: unknown, symbol: string) => Promise.resolve(columns[symbol]) };
    const composer = new RecipeComposer(
      market as unknown as MarketData,
      new FeatureStore(),
      new ModelStore(),
      new SignalLogicStore(),
    );
    const of = (...universe: string[]) => composer.extraColumns(NO_CONNECTION, madeStrategy({ universe }));
    expect(await of('SP500')).toEqual(['factor', 'vix']);
    expect(await of('SP500', 'NDX')).toEqual(['vix']);
    expect(await of('SP500', 'DAX')).toEqual([]);
  });
});
