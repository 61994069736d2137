import { formatNumber } from '../../../format/number';
import { plural } from '../../../format/words';

/** One bar as the evaluator saw it: its numbers as 64-bit patterns. */
export interface BarSignal {
  bar_time: string;
  signal: number | null;
  weight: number | null;
  bits: unknown;
}
interface Bits {
  features: Record<string, string>;
  prediction: string;
  signal: string;
  weight: string;
}
export interface SignalComparison {
  /** Bars of the deployment that the backtest has too. */
  compared: number;
  /** Of those, the ones whose every number has the same bits. */
  equal: number;
  /** Bars of the deployment that the backtest does not have: newer ones. */
  beyond: number;
  /** The first that differ. */
  differences: { time: string; what: string }[];
}

const MOST_SHOWN = 10;

const flat = (bits: Bits): Record<string, string> => ({
  ...bits.features,
  prediction: bits.prediction,
  signal: bits.signal,
  weight: bits.weight,
});

function unlike(a: Bits, b: Bits): string[] {
  const [left, right] = [flat(a), flat(b)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((name) => left[name] !== right[name]);
}

/** Whether trade has computed what the backtest computed, bar by bar and bit by bit. */
export function compareSignals(traded: readonly BarSignal[], tested: readonly BarSignal[]): SignalComparison {
  const byTime = new Map(tested.map((row) => [Date.parse(row.bar_time), row]));
  const result: SignalComparison = { compared: 0, equal: 0, beyond: 0, differences: [] };
  for (const row of traded) {
    const twin = byTime.get(Date.parse(row.bar_time));
    if (!twin) {
      result.beyond += 1;
      continue;
    }
    result.compared += 1;
    const names = unlike(row.bits as Bits, twin.bits as Bits);
    if (names.length === 0) result.equal += 1;
    else if (result.differences.length < MOST_SHOWN)
      result.differences.push({ time: row.bar_time, what: names.join(', ') });
  }
  return result;
}

interface Fill {
  side: 'BUY' | 'SELL';
  qty: string;
  price: string;
  filled_at: string;
}
interface Bar {
  time: number;
  open: number;
}
export interface FillComparison {
  fills: number;
  /** Fills within a stored bar whose open is known. */
  compared: number;
  /** What was paid beyond those opens, of the traded value: more is worse; in basis points. Null where nothing was compared. */
  slippageBps: number | null;
  /** The same in money. */
  paid: number;
}

/** The bar that a time falls into: the last that opens at or before it; bars are oldest first. */
export function barAt<B extends Bar>(bars: readonly B[], time: number): B | undefined {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bars[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  return bars[low - 1];
}

/** Fills beside the opens of their bars, at which a backtest fills. */
export function compareFills(fills: readonly Fill[], bars: readonly Bar[]): FillComparison {
  let compared = 0;
  let paid = 0;
  let value = 0;
  for (const { side, qty, price, filled_at } of fills) {
    const bar = barAt(bars, Date.parse(filled_at));
    if (!bar) continue;
    compared += 1;
    const sign = side === 'BUY' ? 1 : -1;
    paid += sign * (Number(price) - bar.open) * Number(qty);
    value += bar.open * Number(qty);
  }
  return { fills: fills.length, compared, slippageBps: value > 0 ? (paid / value) * 1e4 : null, paid };
}

/** Below this, in basis points, prices are the same but for rounding. */
const SAME_BPS = 1e-6;

/** What was paid beside the opens, in a sentence. */
export function pricesWords({ compared, slippageBps }: Omit<FillComparison, 'paid'>): string {
  if (slippageBps === null) return 'Nothing was filled yet.';
  const beside = `${plural(compared, 'fill')} beside the opens of their bars, at which the backtest fills`;
  if (Math.abs(slippageBps) < SAME_BPS) return `${beside}: at the very same prices.`;
  const by = formatNumber(Math.abs(slippageBps), 3);
  return `${beside}: on average ${by} bp of the traded value ${slippageBps > 0 ? 'worse' : 'better'}.`;
}
