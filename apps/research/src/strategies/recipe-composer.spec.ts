import { madeRecipe, madeStrategy } from '../../test/made-strategy';
import { NO_CONNECTION, StrategiesInMemory } from '../../test/strategies-in-memory';
import type { MarketData } from '../data/market-data';
import { FeatureStore } from '../records/definitions/feature.store';
import { ModelStore } from '../records/definitions/model.store';
import { SignalLogicStore } from '../records/definitions/signal-logic.store';
import { barsSourceOf } from '../records/strategies/bars-source';
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

describe('the source of a revision’s bars', () => {
  it.each([
    [null, false, undefined, null],
    ['own', false, undefined, 'own'],
    ['own', false, 'asked', 'asked'],
    ['own', true, 'asked', 'pinned'],
    [null, true, undefined, 'pinned'],
  ])('of a strategy with %p, pinned %p, asked %p, is %p', async (own, anchored, asked, expected) => {
    expect(barsSourceOf(await stored(own, anchored), asked)).toBe(expected);
  });

  it('is where a change looks for columns when the strategy names none', async () => {
    expect(composedOf(await stored(null, true), {}).source).toBe('pinned');
    expect(composedOf(await stored('own', true), {}).source).toBe('own');
    expect(composedOf(await stored('own', true), { source: 'new' }).source).toBe('new');
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
