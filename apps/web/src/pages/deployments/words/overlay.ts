import type { ChartPoint } from '../../../charts/bars';
import { formatNumber, formatPercent, signOfPercent } from '../../../format/number';

interface ProfitPoint {
  at: string;
  price: string | null;
  qty: string;
  profit: string | null;
}
interface TestedPoint {
  date: string;
  equity: number;
  position: number;
}
export interface Overlay {
  /** Return of the deployment since its first decision, a point a bar. */
  traded: ChartPoint[];
  /** Return of the backtest since the same bar; only on bars that the backtest has. */
  tested: ChartPoint[];
  /** Bars over which the backtest held something and the deployment nothing. */
  missed: ReadonlySet<number>;
  /** Bars from which on the backtest held another position than before: there it put in what it had by then. */
  resized: ReadonlySet<number>;
}

/** The newest stamp before an instant: the bar on whose close was decided. Stamps are oldest first. */
function barBefore(stamps: readonly number[], time: number): number | undefined {
  let low = 0;
  let high = stamps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stamps[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return stamps[low - 1];
}

/** The money that a return is of: the capital, or what the units of a signal cost at the first price. Null where neither is known. */
export function baseOf(capital: string | null, qty: string | undefined, points: readonly ProfitPoint[]): number | null {
  if (capital !== null) return Number(capital);
  const price = points.find((point) => point.price !== null)?.price;
  const base = qty === undefined || price === undefined ? 0 : Number(qty) * Number(price);
  return base > 0 ? base : null;
}

/** Both courses on the same bars, from 0 at the bar of the first decision. */
export function overlayOf(
  points: readonly ProfitPoint[],
  base: number,
  bars: readonly { time: number }[],
  tested: readonly TestedPoint[],
): Overlay {
  const stamps = bars.map(({ time }) => time);
  const byBar = new Map<number, { value: number | null; flat: boolean }>();
  for (const { at, profit, qty } of points) {
    const bar = barBefore(stamps, Date.parse(at));
    // several decisions on one bar: the last one stands
    if (bar !== undefined)
      byBar.set(bar, { value: profit === null ? null : Number(profit) / base, flat: Number(qty) === 0 });
  }
  const traded = [...byBar].sort(([a], [b]) => a - b).map(([time, { value }]) => ({ time, value }));
  const first = traded[0]?.time;
  const last = traded.at(-1)?.time;
  const none = { traded, tested: [], missed: new Set<number>(), resized: new Set<number>() };
  if (first === undefined || last === undefined) return none;
  const within = tested
    .map(({ date, equity, position }) => ({ time: Date.parse(date), equity, position }))
    .filter(({ time }) => time >= first && time <= last);
  const start = within[0];
  if (!start || start.time !== first) return none;
  return {
    traded,
    tested: within.map(({ time, equity }) => ({ time, value: equity / start.equity - 1 })),
    missed: new Set(
      within.filter(({ time, position }) => position !== 0 && byBar.get(time)?.flat).map(({ time }) => time),
    ),
    resized: new Set(
      within.filter(({ position }, i) => i > 0 && position !== within[i - 1]!.position).map(({ time }) => time),
    ),
  };
}

/** Where the two courses stand apart, of the same base; the parts add up to the whole. */
export interface Gap {
  time: number;
  traded: number;
  tested: number;
  /** Every new position of the deployment is of the same capital, a backtest puts in what it has by then. */
  reinvesting: number;
  /** What the backtest made on bars over which the deployment held nothing. */
  missed: number;
  /** What fills paid beyond the opens at which a backtest fills. */
  prices: number;
  /** Everything else: units that were worth another sum when they were bought, fees that differ, whole lots, orders that were refused. */
  rest: number;
}

/** Null where the two have no bar in common after the first. `pricesPaid`: what fills paid beyond the opens, in money. */
export function gapOf({ traded, tested, missed, resized }: Overlay, pricesPaid: number, base: number): Gap | null {
  const known = new Map(tested.map(({ time, value }) => [time, value]));
  const common = traded.filter(({ time, value }) => value !== null && known.has(time)).at(-1);
  if (!common || tested.length < 2) return null;
  let simple = 0;
  let unheld = 0;
  let equity = 1;
  let invested = 1;
  for (const { time, value } of tested) {
    if (time > common.time) break;
    if (resized.has(time)) invested = equity;
    const next = 1 + value!;
    const change = (next - equity) / invested;
    simple += change;
    if (missed.has(time)) unheld += change;
    equity = next;
  }
  const reached = known.get(common.time)!;
  const prices = -pricesPaid / base;
  const reinvesting = simple - reached;
  const rest = common.value! - reached - reinvesting + unheld - prices;
  return { time: common.time, traded: common.value!, tested: reached, reinvesting, missed: -unheld, prices, rest };
}

/** Of the base, with its sign. */
export const signed = (fraction: number): string => {
  const text = formatPercent(fraction);
  return signOfPercent(fraction) > 0 ? `+${text}` : text;
};

export const baseWords = (capital: string | null, base: number): string =>
  capital !== null
    ? `of the capital of ${formatNumber(base)}`
    : `of ${formatNumber(base)}, what the units of a signal cost at the first price`;
