import type { EngineInput, Sizing } from '@assay/quant';
import { sum } from './naive-statistics';

interface Fill {
  readonly index: number;
  readonly price: number;
  readonly units: number;
  readonly fee: number;
  readonly ruin: boolean;
}

export interface NaiveTrade {
  readonly side: string;
  readonly entryIndex: number;
  readonly exitIndex: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly quantity: number;
  readonly grossReturn: number;
  readonly netReturn: number;
  readonly fees: number;
  readonly barsHeld: number;
  readonly mae: number;
  readonly mfe: number;
  readonly reason: string;
}

export interface NaiveResult {
  readonly equity: number[];
  readonly trades: NaiveTrade[];
}

const costOf = ({ costs }: EngineInput): number => (costs.feeBps + costs.slippageBps + costs.spreadBps / 2) / 1e4;

/** Extremes a position saw between its entry and its exit, as fractions of the entry price. */
function excursions(input: EngineInput, long: boolean, entry: number, from: number, to: number, exit: number) {
  const { high, low, close, fill } = input;
  const open = to < 0;
  const bars = close.map((_, t) => t).filter((t) => t >= from && t <= (open ? close.length - 1 : to));
  // filled at a close it did not see that bar; filled at an open it did not see the rest of the exit bar
  const seen = [...bars].filter((t) => (fill === 'close' ? t !== from : open || t !== to));
  const ends = open ? [entry] : [entry, exit];
  const up = Math.max(...seen.map((t) => high![t]), ...ends) / entry - 1;
  const down = 1 - Math.min(...seen.map((t) => low![t]), ...ends) / entry;
  return long ? { mae: down, mfe: up } : { mae: up, mfe: down };
}

/** A computed value this close to a level, relative to it, equals it. */
const TIE = 1e-12;

const largestOf = (fills: readonly Fill[]): number => Math.max(...fills.map(({ units }) => Math.abs(units)));

/** Units wanted for a target, after the descriptions of the sizings. */
function wantedUnits(
  sizing: Sizing,
  target: number,
  changed: boolean,
  t: number,
  equity: number,
  price: number,
  held: number,
) {
  const lots = (units: number): number =>
    sizing.lot === undefined
      ? units
      : Math.sign(units) * Math.floor((Math.abs(units) / sizing.lot) * (1 + TIE)) * sizing.lot;
  const wanted = ((): number => {
    if (target === 0) return 0;
    if ('qty' in sizing) return lots(target * sizing.qty);
    if (sizing.kind === 'percent_of_equity') return lots((target * sizing.fraction * equity) / price);
    if (!changed || !(sizing.stopDistance[t] > 0)) return held;
    return lots((target * sizing.fraction * equity) / sizing.stopDistance[t]);
  })();
  const notional = Math.abs(wanted - held) * price;
  return wanted === 0 || notional * (1 + TIE) >= (sizing.minNotional ?? 0) ? wanted : held;
}

/** Modes `all_in` and `fixed_qty` as a list of fills; cash and position are summed up from it at every question. */
export function naiveUnits(input: EngineInput): NaiveResult {
  const { close, open, targets, mode, sizing, fill } = input;
  const c = costOf(input);
  const capital = mode === 'all_in' ? 1 : input.capital!;
  const fixed = mode === 'all_in' ? 0 : (input.costs.fixedFee ?? 0);
  const fills: Fill[] = [];
  const held = (): number =>
    fills.reduce((units, f) => (Math.abs(units + f.units) < 1e-12 * largestOf(fills) ? 0 : units + f.units), 0);
  const worth = (price: number): number => capital - sum(fills.map((f) => f.units * f.price + f.fee)) + held() * price;
  /** What is owned equals what is owed, to the rounding of the largest sum that went through the account. */
  const nothing = (): number => {
    const balances = fills.map((_, i) => capital - sum(fills.slice(0, i + 1).map((f) => f.units * f.price + f.fee)));
    return TIE * Math.max(capital, ...balances.map(Math.abs));
  };
  let ruined = false;
  const lives = (t: number, price: number): boolean => {
    if (!ruined && worth(price) <= nothing()) {
      ruined = true;
      if (held() !== 0) fills.push({ index: t, price, units: -held(), fee: 0, ruin: true });
    }
    return !ruined;
  };
  const trade = (t: number, price: number, units: number): void => {
    // the sum of the fills meets the wanted units to rounding only
    if (Math.abs(units) > 1e-9)
      fills.push({ index: t, price, units, fee: c * Math.abs(units) * price + fixed, ruin: false });
  };
  let order: (t: number, price: number) => void = () => {};
  const decide = (t: number): void => {
    const target = targets[t];
    const changed = target !== (t === 0 ? 0 : targets[t - 1]);
    if (mode === 'fixed_qty') {
      const delta = wantedUnits(sizing!, target, changed, t, worth(close[t]), close[t], held()) - held();
      order = (at, price) => trade(at, price, delta);
    } else if (!changed) order = () => {};
    else
      order = (at, price) => {
        if (target * held() <= 0) trade(at, price, -held());
        if (worth(price) > nothing()) trade(at, price, (target * worth(price)) / (price * (1 + c)) - held());
      };
  };
  const equity = [...close].map((price, t) => {
    if (fill === 'next_open' && t > 0 && lives(t, open![t])) order(t, open![t]);
    if (lives(t, price)) {
      decide(t);
      if (fill === 'close') order(t, price);
    }
    return lives(t, price) ? worth(price) / capital : 0;
  });
  return { equity, trades: tripsOf(fills, input) };
}

/** Cuts the fills where the position is flat or turns; a fill through zero belongs to both sides by its units. */
function tripsOf(fills: readonly Fill[], input: EngineInput): NaiveTrade[] {
  const groups: Fill[][] = [];
  let position = 0;
  for (const f of fills) {
    const after = Math.abs(position + f.units) <= 1e-12 * largestOf(fills) ? 0 : position + f.units;
    const part = (units: number): Fill => ({ ...f, units, fee: (f.fee * Math.abs(units)) / Math.abs(f.units) });
    if (position === 0) groups.push([f]);
    else if (position * after < 0) {
      groups[groups.length - 1].push(part(-position));
      groups.push([part(after)]);
    } else groups[groups.length - 1].push(f);
    position = after;
  }
  return groups.map((group, g) => {
    const long = group[0].units > 0;
    const into = group.filter((f) => f.units > 0 === long);
    const outOf = group.filter((f) => f.units > 0 !== long);
    const notional = (x: readonly Fill[]): number => sum(x.map((f) => Math.abs(f.units) * f.price));
    const size = (x: readonly Fill[]): number => sum(x.map((f) => Math.abs(f.units)));
    const isOpen = g === groups.length - 1 && position !== 0;
    const end = group[group.length - 1];
    const n = input.close.length;
    const rest = isOpen ? (size(into) - size(outOf)) * input.close[n - 1] : 0;
    const gross = (long ? 1 : -1) * (notional(outOf) + rest - notional(into));
    const fees = sum(group.map((f) => f.fee));
    const entryPrice = notional(into) / size(into);
    const exitPrice = isOpen ? NaN : notional(outOf) / size(outOf);
    const exitIndex = isOpen ? -1 : end.index;
    const next = groups[g + 1]?.[0];
    const turned = next !== undefined && next.index === end.index && next.units * end.units > 0;
    const sizes = group.map((_, k) => Math.abs(sum(group.slice(0, k + 1).map((f) => f.units))));
    return {
      side: long ? 'long' : 'short',
      entryIndex: group[0].index,
      exitIndex,
      entryPrice,
      exitPrice,
      quantity: Math.max(...sizes),
      grossReturn: gross / notional(into),
      netReturn: (gross - fees) / notional(into),
      fees,
      barsHeld: (isOpen ? n - 1 : exitIndex) - group[0].index,
      ...excursions(input, long, entryPrice, group[0].index, exitIndex, exitPrice),
      reason: isOpen ? 'open' : end.ruin ? 'ruin' : turned ? 'flip' : 'signal',
    };
  });
}

/** Mode `weight` by its two formulas, and its trades as products over the moments between fills. */
export function naiveWeight(input: EngineInput): NaiveResult {
  const { close, open, targets, fill } = input;
  const n = close.length;
  const c = costOf(input);
  const late = fill === 'next_open' ? 1 : 0;
  const price = (t: number): number => (late ? open![t] : close[t]);
  // the weight in force after the fill of bar t
  const held = [...close].map((_, t) => (t < late ? 0 : targets[t - late]));
  const before = (t: number): number => (t > 0 ? held[t - 1] : 0);
  const night = (t: number): number => (t > 0 ? 1 + before(t) * (price(t) / close[t - 1] - 1) : 1);
  const day = (t: number): number => (late && t > 0 ? 1 + held[t] * (close[t] / open![t] - 1) : 1);
  const equity: number[] = [];
  for (let t = 0; t < n; t++) {
    const growth = night(t) <= TIE ? 0 : night(t) * day(t) - c * Math.abs(held[t] - before(t));
    // a growth that is nothing but rounding leaves nothing
    equity.push(growth <= TIE ? 0 : (t > 0 ? equity[t - 1] : 1) * growth);
  }
  const worth = (t: number): number => (t > 0 ? equity[t - 1] : 1);
  const trades: NaiveTrade[] = [];
  const ruinBar = equity.indexOf(0);
  const bars = ruinBar < 0 ? n : ruinBar + 1;
  for (let from = 0; from < bars; from++) {
    if (ruinBar === from && night(from) <= TIE) break;
    if (held[from] === 0 || Math.sign(held[from]) === Math.sign(before(from))) continue;
    const sign = Math.sign(held[from]);
    let to = from + 1;
    while (to < bars && Math.sign(held[to]) === sign && !(to === ruinBar && night(to) <= TIE)) to++;
    const atNight = to === ruinBar && night(to) <= TIE;
    const ruinedByDay = to === bars && ruinBar >= 0;
    const isOpen = to === bars && ruinBar < 0;
    const inside = Array.from({ length: to - from }, (_, k) => from + k);
    let gross = 1;
    for (const t of inside) gross *= (t > from ? night(t) : 1) * day(t);
    if (to < bars) gross *= night(to);
    const steps = inside.map((t) => ({ t, size: Math.abs(t === from ? held[t] : held[t] - held[t - 1]) }));
    if (to < bars && !atNight) steps.push({ t: to, size: Math.abs(held[to - 1]) });
    const exitIndex = isOpen ? -1 : ruinedByDay ? ruinBar : to;
    const exitPrice = isOpen ? NaN : ruinedByDay ? close[ruinBar] : price(to);
    trades.push({
      side: sign > 0 ? 'long' : 'short',
      entryIndex: from,
      exitIndex,
      entryPrice: price(from),
      exitPrice,
      quantity: Math.max(...inside.map((t) => Math.abs(held[t]))),
      grossReturn: gross - 1,
      netReturn: steps.reduce((net, { size }) => net * (1 - c * size), gross) - 1,
      fees: sum(steps.map(({ t, size }) => c * size * worth(t))),
      barsHeld: (isOpen ? n - 1 : exitIndex) - from,
      ...excursions(input, sign > 0, price(from), from, exitIndex, exitPrice),
      reason: isOpen ? 'open' : atNight || ruinedByDay ? 'ruin' : held[to] === 0 ? 'signal' : 'flip',
    });
  }
  return { equity, trades };
}
