import type { MarketData } from '../data/market-data';
import type { LedgerTrial } from '../records/trials/trial-ledger.store';
import { withBenchmarks } from './trial-benchmarks';

const candidate = { source: 'csv', symbol: 'A', timeframe: '1d' };
const trial = (configHash: string, more: Partial<LedgerTrial> = {}): LedgerTrial => ({
  ...{ configHash, openTimeMs: Float64Array.of(2, 3), returns: Float64Array.of(0.1, 0.2) },
  ...{ ...candidate, ...more },
});

it('gives each trial the buy and hold of its own bars, read once', async () => {
  const read: string[] = [];
  const stored: Record<string, number[]> = { B: [10, 11, 22] };
  const market = {
    findSeries: (source: string, symbol: string) => {
      read.push(`${source} ${symbol}`);
      return Promise.resolve(stored[symbol] ? { symbol } : null);
    },
    load: ({ symbol }: { symbol: string }) =>
      Promise.resolve({ bars: { openTimeMs: Float64Array.of(1, 2, 3), close: Float64Array.from(stored[symbol]!) } }),
  } as unknown as MarketData;
  const found = await withBenchmarks(
    [
      trial('own'),
      trial('other', { symbol: 'B' }),
      trial('other again', { symbol: 'B' }),
      trial('hourly', { timeframe: '1h' }),
      trial('gone', { symbol: 'universe of 3, abc' }),
    ],
    candidate,
    market,
  );
  const [own, other, again, hourly, gone] = found;
  expect(own).toEqual({ configHash: 'own', openTimeMs: Float64Array.of(2, 3), returns: Float64Array.of(0.1, 0.2) });
  expect(other!.benchmark!.openTimeMs).toEqual(Float64Array.of(2, 3));
  expect([...other!.benchmark!.returns].map((r) => Number(r.toFixed(12)))).toEqual([0.1, 1]);
  expect(again!.benchmark).toBe(other!.benchmark);
  expect([hourly!.benchmark, gone!.benchmark]).toEqual([null, null]);
  expect(read).toEqual(['csv B', 'csv universe of 3, abc']);
});
