import { checkFeed } from './check-feed';
import { requireFetchable } from './fetchable';

describe('timeframes of a feed', () => {
  it('end with days: weeks and months are made of them', () => {
    for (const timeframe of ['1m', '2h', '1d'] as const) expect(() => requireFetchable(timeframe)).not.toThrow();
    for (const timeframe of ['1w', '1M'] as const)
      expect(() =>
        checkFeed({ kind: 'ccxt', exchange: 'bybit' }, { timeframe, market: 'CRYPTO', symbol: 'BTC/USDT' }, []),
      ).toThrow(
        `timeframe must be 1d or shorter for a feed, was ${timeframe}: sources disagree on where weeks and months begin, resample days`,
      );
  });
});
