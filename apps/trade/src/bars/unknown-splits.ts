import type { PlacedAction } from '@assay/market-data';
import { Decimal } from '@assay/primitives';
import type { Binding, Holding } from '../records/deployments/deployment.store';
import type { SeriesStore } from './series-store';

/** The bar that a deployment was decided on last, and its close as it was then. */
export type LastDecided = Pick<Holding, 'lastBar' | 'lastClose'>;

/**
 * Declared splits since a deployment's last bar, up to an instant, that its shares are of before. Bars that were adjusted for a split
 * when the deployment took them have been fed, and traded, on one basis: such a split is none of these.
 */
export async function unknownSplits(
  series: SeriesStore,
  { dataSymbol, dataSource, timeframe, adjustment }: Omit<Binding, 'market'>,
  { lastBar, lastClose }: LastDecided,
  untilMs: number,
): Promise<PlacedAction[]> {
  const info = await series.findRecent(dataSymbol, timeframe, dataSource ?? undefined);
  if (!info) return [];
  const lastMs = lastBar.getTime();
  const splits = await series.splitsBetween(info, lastMs, untilMs);
  // the factors of one whose first bar is not stored yet are not written either
  if (adjustment === 'none' || splits.some(({ exMs }) => exMs > info.lastBarMs)) return splits;
  if (splits.length === 0) return [];
  const bars = await series.read(info, adjustment, lastMs, lastMs + 1);
  return bars.close[0] === lastClose ? [] : splits;
}

/** Shares of today that one of before the splits is. */
export const sharesAfter = (splits: readonly PlacedAction[]): Decimal =>
  splits.reduce((ratio, { value }) => ratio.times(value), new Decimal(1));

/** Shares of today that a share of several holdings of one symbol is, on average; 1 where they cancel out. */
export async function sharesHeld(series: SeriesStore, holdings: readonly Holding[], atMs: number): Promise<Decimal> {
  let [today, held] = [new Decimal(0), new Decimal(0)];
  for (const holding of holdings) {
    const ratio = sharesAfter(await unknownSplits(series, holding, holding, atMs));
    today = today.plus(ratio.times(holding.qty));
    held = held.plus(holding.qty);
  }
  return held.isZero() ? new Decimal(1) : today.div(held);
}
