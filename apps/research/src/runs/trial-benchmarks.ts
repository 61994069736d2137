import type { TrialSeries } from '@assay/pipeline';
import { buyAndHoldReturns, type TimedReturns } from '@assay/quant';
import type { MarketData } from '../data/market-data';
import type { DataPin } from '../records/market/data-pin';
import type { LedgerTrial } from '../records/trials/trial-ledger.store';

/**
 * Trials with the benchmark of their own bars where those are others than the candidate's. Bars of another frequency, and
 * those that are not stored any more or are of a universe as a whole, leave a trial counted without one.
 */
export async function withBenchmarks(
  trials: readonly LedgerTrial[],
  candidate: Pick<DataPin, 'source' | 'symbol' | 'timeframe'>,
  market: Pick<MarketData, 'findSeries' | 'load'>,
): Promise<TrialSeries[]> {
  const known = new Map<string, TimedReturns | null>();
  const benchmarkOf = async ({ source, symbol, timeframe }: LedgerTrial): Promise<TimedReturns | null> => {
    if (timeframe !== candidate.timeframe) return null;
    const key = JSON.stringify([source, symbol]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const series = await market.findSeries(source, symbol, timeframe);
    const bars = series && (await market.load(series)).bars;
    // the first bar has no return
    const held = bars && { openTimeMs: bars.openTimeMs.slice(1), returns: buyAndHoldReturns(bars.close).slice(1) };
    known.set(key, held);
    return held;
  };
  const all: TrialSeries[] = [];
  for (const trial of trials) {
    const { configHash, openTimeMs, returns, deflated, source, symbol, timeframe } = trial;
    const isOwn = source === candidate.source && symbol === candidate.symbol && timeframe === candidate.timeframe;
    const own = { configHash, openTimeMs, returns, ...(deflated && { deflated }) };
    all.push(isOwn ? own : { ...own, benchmark: await benchmarkOf(trial) });
  }
  return all;
}
