import type { EntityManager } from 'typeorm';
import { NO_CACHE } from '@assay/market-data';
import { MarketData } from './market-data';
import { PinFingerprints } from './pin-fingerprints';

const series = (source: string, extra_columns: string[], bar_count = 10) => ({
  id: `id of ${source}`,
  source,
  symbol: 'SP500',
  timeframe: '1d',
  market: 'US',
  synthetic: false,
  adjusted: false,
  extra_columns,
  bar_count,
  first_open_time: null,
  last_open_time: null,
  fingerprint: null,
  updated_at: new Date(0),
  corrected_at: null,
});

/** On stored series that are given, without a database. */
const marketOf = (...rows: ReturnType<typeof series>[]): MarketData =>
  new MarketData(
    { manager: { query: () => Promise.resolve(rows) } as unknown as EntityManager },
    NO_CACHE,
    new PinFingerprints(),
  );

describe('the source of bars', () => {
  it('is the one that is named, for the series and for its columns', async () => {
    const market = marketOf(series('csv', ['factor']), series('vendor', ['vix']));
    expect((await market.findSeries('vendor', 'SP500', '1d'))?.source).toBe('vendor');
    expect(await market.extraColumns('vendor', 'SP500', '1d')).toEqual(['vix']);
    expect(await market.findSeries('other', 'SP500', '1d')).toBeNull();
    expect(await market.extraColumns('other', 'SP500', '1d')).toEqual([]);
  });

  it('is the only one that has bars where none is named', async () => {
    const market = marketOf(series('empty', ['vix'], 0), series('csv', ['factor']));
    expect((await market.findSeries(null, 'SP500', '1d'))?.source).toBe('csv');
    expect(await market.extraColumns(null, 'SP500', '1d')).toEqual(['factor']);
    expect(await market.findSeries(null, 'SP500', '1h')).toBeNull();
  });

  it('has to be named where several have the symbol; until then columns are those that all of them have', async () => {
    const market = marketOf(series('csv', ['factor', 'vix']), series('vendor', ['vix']));
    await expect(market.findSeries(null, 'SP500', '1d')).rejects.toThrow(
      'source must be one of csv, vendor, because several have SP500 1d, was missing',
    );
    expect(await market.extraColumns(null, 'SP500', '1d')).toEqual(['vix']);
  });

  it('is never guessed: no series is an error that says what was asked for', async () => {
    await expect(marketOf().requireSeries('csv', 'SP500', '1d')).rejects.toMatchObject({
      code: 'not_found',
      message: 'no bars of SP500 1d from csv are stored',
    });
  });
});
