import type { CostKind, EngineInput } from '@assay/quant';

export const KINDS: readonly CostKind[] = ['fees', 'spread', 'slippage', 'borrow', 'funding'];
const DAY = 86_400_000;
const TIE = 1e-12;

/** What every bar of a run must give. */
export interface ChargedTwin {
  equity: number[];
  costs: Record<CostKind, number[]>;
  positions: number[];
}

/** What an order costs after the definitions, in currency; `traded` is what the month has seen before it. */
export function orderOf(
  { costs, volume }: Pick<EngineInput, 'costs' | 'volume'>,
  t: number,
  units: number,
  price: number,
  traded: number,
) {
  const q = Math.abs(units);
  const reached = (costs.tiers?.levels ?? []).filter(({ from }) => traded >= from);
  const feeBps = reached.reduce((bps, level) => level.feeBps ?? bps, costs.feeBps);
  const perShare = reached.reduce((rate, level) => level.perShare ?? rate, costs.perShare ?? 0);
  const proportional = (q * price * feeBps) / 10_000 + q * perShare;
  const share = costs.impact === undefined ? 0 : volume![t] === 0 ? 1 : Math.min(1, q / volume![t]);
  const taken = costs.impact?.kind === 'square_root' ? share ** 0.5 : share;
  return {
    fees: (costs.fixedFee ?? 0) + Math.max(costs.minimumFee ?? 0, proportional),
    spread: (q * price * costs.spreadBps) / 20_000,
    slippage: (q * price * (costs.slippageBps + (costs.impact?.coefficientBps ?? 0) * taken)) / 10_000,
  };
}

/** Everything bar by bar in currency, with the orders of the past as a list. */
export function chargedTwin(input: EngineInput): ChargedTwin {
  const { close, open, targets, costs, mode, fill, sizing, margin, openTimeMs } = input;
  const capital = input.capital!;
  const n = close.length;
  const orders: { month: string; units: number; price: number }[] = [];
  const noted: ChargedTwin['costs'] = { fees: [], spread: [], slippage: [], borrow: [], funding: [] };
  for (const kind of KINDS) noted[kind] = new Array<number>(n).fill(0);
  const monthOf = (t: number): string => new Date(openTimeMs[t]).toISOString().slice(0, 7);
  const send = (t: number, units: number, price: number): number => {
    const before = orders.filter(({ month }) => month === monthOf(t));
    const by = costs.tiers?.by;
    const traded = before.reduce((sum, o) => sum + Math.abs(o.units) * (by === 'volume' ? 1 : o.price), 0);
    const cost = orderOf(input, t, units, price, traded);
    orders.push({ month: monthOf(t), units, price });
    for (const kind of ['fees', 'spread', 'slippage'] as const) noted[kind][t] += cost[kind] / capital;
    return cost.fees + cost.spread + cost.slippage;
  };
  const hold = (t: number, notional: number): number => {
    const years = (openTimeMs[t] - openTimeMs[t - 1]) / (365 * DAY);
    const borrow = Math.max(0, -notional) * ((costs.borrowBpsPerYear ?? 0) / 10_000) * years;
    const rate = costs.fundingColumn === undefined ? NaN : input.rates![costs.fundingColumn][t];
    const funding = Number.isNaN(rate) ? 0 : (notional / close[t - 1]) * open![t] * rate;
    noted.borrow[t] += borrow / capital;
    noted.funding[t] += funding / capital;
    return borrow + funding;
  };
  const positions = [...targets];
  const equity = new Array<number>(n).fill(0);
  let out = 0;
  let refill = false;
  const called = (t: number, worth: number, exposure: number): void => {
    refill = false;
    const short = exposure !== 0 && worth < margin!.maintenance * Math.abs(exposure) * (1 - TIE);
    if (short && margin!.onCall === 'close') out = Math.sign(exposure);
    if (short && margin!.onCall === 'reduce') refill = true;
    if (Math.sign(targets[t]) !== out) out = 0;
    positions[t] = out === 0 ? targets[t] : 0;
  };
  const ruin = (t: number): ChargedTwin => {
    for (const kind of KINDS) noted[kind][t] = 0;
    for (let later = t; later < n; later++) positions[later] = targets[later];
    return { equity, costs: noted, positions };
  };
  const late = fill === 'next_open';

  if (mode === 'weight') {
    let worth = capital;
    let held = 0;
    const change = (t: number, to: number, price: number): number => {
      const legs = held * to < 0 ? [-held, to] : [to - held];
      return legs.filter((leg) => leg !== 0).reduce((sum, leg) => sum + send(t, (leg * worth) / price, price), 0);
    };
    for (let t = 0; t < n; t++) {
      let paid = t > 0 && held !== 0 ? hold(t, held * worth) : 0;
      let factor = 1;
      let since = t > 0 ? close[t - 1] : close[0];
      if (late && t > 0) {
        factor *= 1 + held * (open![t] / since - 1);
        if (factor <= TIE) return ruin(t);
        paid += change(t, positions[t - 1], open![t]);
        held = positions[t - 1];
        since = open![t];
      }
      const last = 1 + held * (close[t] / since - 1);
      if (margin) called(t, last, (held * close[t]) / since);
      if (!late) {
        paid += change(t, positions[t], close[t]);
        held = positions[t];
      }
      if (factor * last - paid / worth <= TIE) return ruin(t);
      worth = worth * factor * last - paid;
      equity[t] = worth / capital;
    }
    return { equity, costs: noted, positions };
  }

  let cash = capital;
  let units = 0;
  let largest = capital;
  const paid = (amount: number): void => {
    cash -= amount;
    largest = Math.max(largest, Math.abs(cash));
  };
  const trade = (t: number, to: number, price: number): void => {
    // the difference of two equal numbers of units is rounding
    if (to === units) return;
    paid((to - units) * price + send(t, to - units, price));
    units = to;
  };
  let order: (t: number, price: number) => void = () => {};
  const decide = (t: number): void => {
    const worth = cash + units * close[t];
    if (margin) called(t, worth, units * close[t]);
    const target = positions[t];
    const changed = target !== (t > 0 ? positions[t - 1] : 0);
    if (mode === 'fixed_qty') {
      const aim =
        target === 0 ? 0 : 'qty' in sizing! ? target * sizing.qty : (target * sizing!.fraction * worth) / close[t];
      order = (at, price) => trade(at, aim, price);
    } else if (!changed && !refill) order = () => {};
    else
      order = (at, price) => {
        if (target * units <= 0) trade(at, 0, price);
        const perSide = (costs.feeBps + costs.slippageBps + costs.spreadBps / 2) / 10_000;
        const unit = price * (1 + perSide) + (costs.perShare ?? 0);
        if (target !== 0 && cash + units * price > TIE * largest)
          trade(at, (target * (cash + units * price)) / unit, price);
      };
  };
  const lives = (price: number): boolean => cash + units * price > TIE * largest;
  for (let t = 0; t < n; t++) {
    if (t > 0 && units !== 0) paid(hold(t, units * close[t - 1]));
    if (late && t > 0) {
      if (!lives(open![t])) return ruin(t);
      order(t, open![t]);
    }
    if (!lives(close[t])) return ruin(t);
    decide(t);
    if (!late) order(t, close[t]);
    if (!lives(close[t])) return ruin(t);
    equity[t] = (cash + units * close[t]) / capital;
  }
  return { equity, costs: noted, positions };
}
