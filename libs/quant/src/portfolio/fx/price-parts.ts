import { UnitsHeld } from '../../engines/units-held';
import { NOTHING_LEFT } from '../../engines/weight-path';
import { heldWeights } from '../held-weights';
import type { PortfolioInput, PortfolioResult } from '../types';
import { convertPanel, type PanelRates } from './convert-panel';

/**
 * What each symbol made by its prices over the scored bars, at the rate at which the position was entered, where it left 0 or
 * turned; fractions of the equity before them, before costs. What else a symbol made came of its rates.
 * @param quoted the input in the currencies of the quotes
 * @param result of the run over `convertPanel`, with its fills
 */
export function priceParts(quoted: PortfolioInput, rates: PanelRates, result: PortfolioResult): Float64Array {
  const [from] = quoted.scored ?? [0];
  const base = from > 0 ? result.equity[from - 1] : 1;
  const parts = result.contribution.map((made, i) => made + result.costs[i]);
  if (!(base > 0)) return parts;
  const part = quoted.mode === 'weight' ? weightPart(quoted, rates, result) : unitPart(quoted, rates, result);
  rates.forEach((of, i) => {
    if (of !== null) parts[i] = part(i) / base;
  });
  return parts;
}

/** One position between its fills, u units from price P0 to P1 make u (P1 - P0) f_e by price. */
class Walk {
  units = 0;
  price = NaN;
  made = 0;
  private entered = NaN;

  to(price: number, counts: boolean): void {
    if (this.units !== 0 && counts) this.made += this.units * (price - this.price) * this.entered;
    this.price = price;
  }

  hold(units: number, rate: number): void {
    if (units * this.units <= 0) this.entered = rate;
    this.units = units;
  }
}

function unitPart(
  { panel, fill, scored }: PortfolioInput,
  rates: PanelRates,
  { fills }: PortfolioResult,
): (i: number) => number {
  const n = panel.openTimeMs.length;
  const [from, to] = scored ?? [0, n];
  const atOpen = fill === 'next_open';
  return (i) => {
    const log = fills![i];
    const of = rates[i]!;
    const walk = new Walk();
    const held = new UnitsHeld();
    for (let t = 0, k = 0; t < to; t++) {
      const cell = i * n + t;
      if (panel.close[cell] !== panel.close[cell]) continue;
      const counts = t >= from;
      const opens = atOpen ? panel.open![cell] : NaN;
      for (; k < log.index.length && log.index[k] === t; k++) {
        const atClose =
          !atOpen ||
          log.reason[k] === 'no_bars' ||
          isAt(log.price[k], panel.close[cell] * of.close[t], opens * of.open[t]);
        walk.to(atClose ? panel.close[cell] : opens, counts);
        walk.hold(held.add(log.units[k]), (atClose ? of.close : of.open)[t]);
      }
      walk.to(panel.close[cell], counts);
    }
    return walk.made;
  };
}

/** Whether a price is nearer to the one than to the other. */
const isAt = (price: number, one: number, other: number): boolean => Math.abs(price - one) < Math.abs(price - other);

function weightPart(quoted: PortfolioInput, rates: PanelRates, { equity }: PortfolioResult): (i: number) => number {
  const { panel, fill, scored } = quoted;
  const converted = convertPanel(panel, rates);
  const n = panel.openTimeMs.length;
  const [from, to] = scored ?? [0, n];
  const atOpen = fill === 'next_open';
  const held = new Float64Array(panel.close.length);
  heldWeights(quoted, held);
  const overnight = atOpen ? overnightOf(converted, held, n) : undefined;
  const worthAt = (t: number): number => (t > 0 ? equity[t - 1] : 1);
  return (i) => {
    const of = rates[i]!;
    const walk = new Walk();
    for (let t = 0; t < to && worthAt(t) > 0; t++) {
      const cell = i * n + t;
      if (panel.close[cell] !== panel.close[cell]) {
        walk.hold(0, NaN);
        continue;
      }
      const counts = t >= from;
      /** A weight is kept, so its units change with the equity. */
      const hold = (weight: number, worth: number, price: number, rate: number): void =>
        walk.hold(weight === 0 ? 0 : (weight * worth) / (price * rate), rate);
      let worth = worthAt(t);
      if (t > 0 && held[cell - 1] !== 0) hold(held[cell - 1], worth, walk.price, of.close[t - 1]);
      if (overnight) {
        walk.to(panel.open![cell], counts);
        worth *= 1 + overnight[t];
        const isOver = 1 + overnight[t] <= NOTHING_LEFT;
        if (isOver) walk.units = 0;
        else hold(held[cell], worth, panel.open![cell], of.open[t]);
      }
      walk.to(panel.close[cell], counts);
      if (!atOpen) hold(held[cell], worth, panel.close[cell], of.close[t]);
    }
    return walk.made;
  };
}

/** What all that is held over the night moves the equity by, bar by bar. */
function overnightOf(
  { open, close }: Pick<PortfolioInput['panel'], 'open' | 'close'>,
  held: Float64Array,
  n: number,
): Float64Array {
  const moved = new Float64Array(n);
  for (let first = 0; first < close.length; first += n) {
    for (let t = 1, cell = first + 1; t < n; t++, cell++) {
      if (held[cell - 1] === 0 || close[cell] !== close[cell]) continue;
      moved[t] += held[cell - 1] * (open![cell] / close[cell - 1] - 1);
    }
  }
  return moved;
}
