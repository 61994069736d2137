import type { PlacedAction } from '@assay/market-data';
import type { Holding } from '../records/deployments/deployment.store';
import type { SeriesStore } from './series-store';
import { sharesAfter, sharesHeld, unknownSplits } from './unknown-splits';

const DAY = 86_400_000;
const split = (value: number, exMs: number): PlacedAction => ({ exDate: '2024-01-03', kind: 'split', value, exMs });
const holding = (more: Partial<Holding> = {}): Holding => ({
  ...{ ticker: 'X', market: 'US', dataSymbol: 'X', dataSource: 'test', timeframe: '1d', adjustment: 'adj_close' },
  ...{ qty: '10', lastBar: new Date(DAY), lastClose: 100, ...more },
});

/** A store whose newest bar and close of the holding's last bar are given. */
const storeOf = (splits: PlacedAction[], { lastBarMs = 3 * DAY, close = 50 } = {}): SeriesStore =>
  ({
    findRecent: async () => ({ lastBarMs }),
    splitsBetween: async (_: object, afterMs: number, untilMs: number) =>
      splits.filter(({ exMs }) => exMs > afterMs && exMs <= untilMs),
    read: async () => ({ close: Float64Array.of(close) }),
  }) as unknown as SeriesStore;
const known = async (store: SeriesStore, more: Partial<Holding> = {}, untilMs = 3 * DAY): Promise<number[]> =>
  (await unknownSplits(store, holding(more), holding(more), untilMs)).map(({ value }) => value);

describe('splits that a deployment does not know', () => {
  const store = storeOf([split(2, 2 * DAY), split(3, 3 * DAY)]);

  it('are those that re-scaled its last bar, up to the instant', async () => {
    expect(await known(store)).toEqual([2, 3]);
    expect(await known(store, {}, 2 * DAY)).toEqual([2]);
    expect(await known(store, { lastBar: new Date(2 * DAY) })).toEqual([3]);
  });

  it('are none where its last bar was adjusted for them already, but on raw prices all', async () => {
    expect(await known(store, { lastClose: 50 })).toEqual([]);
    expect(await known(store, { lastClose: 50, adjustment: 'none' })).toEqual([2, 3]);
  });

  it('are all while the first bar after one is not stored, so that nothing was re-scaled yet', async () => {
    const early = storeOf([split(2, 2 * DAY)], { lastBarMs: DAY, close: 100 });
    expect(await known(early, {}, DAY)).toEqual([]);
    expect(await known(early)).toEqual([2]);
  });
});

describe('shares of today that a held one is', () => {
  const store = storeOf([split(2, 2 * DAY), split(3, 3 * DAY)]);

  it('is the product of the splits', () => {
    expect(sharesAfter([]).toNumber()).toBe(1);
    expect(sharesAfter([split(2, 0), split(0.1, 0)]).toFixed()).toBe('0.2');
  });

  it('is the mean over the deployments, by what they hold', async () => {
    const late = holding({ lastBar: new Date(3 * DAY), qty: '30' });
    expect((await sharesHeld(store, [holding(), late], 3 * DAY)).toNumber()).toBe((10 * 6 + 30) / 40);
    expect((await sharesHeld(store, [holding(), holding({ qty: '-10' })], 3 * DAY)).toNumber()).toBe(1);
    expect((await sharesHeld(store, [], 3 * DAY)).toNumber()).toBe(1);
  });
});
