import type { BarColumns } from '@assay/domain';
import { AccountMarket } from './account-market';
import type { SeriesInfo, SeriesStore } from './series-store';

const NOW = Date.parse('2025-06-04T12:00:00Z');
const binding = {
  market: 'CRYPTO',
  ticker: 'OWN',
  dataSymbol: 'OWN',
  dataSource: null,
  timeframe: '1d',
  adjustment: 'none',
} as const;
const other = { ...binding, ticker: 'HELD', dataSymbol: 'HELD' };
const bars = {
  timeframe: '1d',
  openTimeMs: Float64Array.of(Date.parse('2025-06-03')),
  open: Float64Array.of(1),
  close: Float64Array.of(2),
} as unknown as BarColumns;

describe('the price of a symbol that another deployment of the account trades', () => {
  const traderOf = jest.fn();
  const series = { traderOf, findRecent: async () => ({}) as SeriesInfo, read: async () => bars };
  const market = (): AccountMarket => new AccountMarket(series as unknown as SeriesStore, 'account', binding);
  beforeEach(() => traderOf.mockReset());

  it('is looked for again after a look that failed', async () => {
    traderOf.mockRejectedValueOnce(new Error('the database is away')).mockResolvedValue(other);
    const quotes = market();
    await expect(quotes.last('HELD', NOW)).rejects.toThrow('the database is away');
    expect(await quotes.last('HELD', NOW)).toEqual({ price: '2', atMs: Date.parse('2025-06-04') });
  });

  it('is looked for again where nobody traded it, and not again once somebody did', async () => {
    traderOf.mockResolvedValueOnce(null).mockResolvedValue(other);
    const quotes = market();
    expect(await quotes.last('HELD', NOW)).toBeNull();
    expect((await quotes.last('HELD', NOW))?.price).toBe('2');
    expect((await quotes.last('HELD', NOW))?.price).toBe('2');
    expect(traderOf).toHaveBeenCalledTimes(2);
  });
});
