import { InvalidInputError, requireThat } from '../../errors/invalid-input';
import type { Costs, EngineInput } from '../types';

/** Cost per side as a fraction of the traded notional: (fee + slippage + spread/2) / 10^4. */
export function costPerSide(costs: Costs): number {
  return (costs.feeBps + costs.slippageBps + costs.spreadBps / 2) / 1e4;
}

/** Whether nothing but `costPerSide` and, in mode `fixed_qty`, a fixed fee is charged, and no margin is watched. */
export function isPlain({ mode, costs, margin }: Pick<EngineInput, 'mode' | 'costs' | 'margin'>): boolean {
  const { fixedFee, perShare, minimumFee, tiers, impact, borrowBpsPerYear, fundingColumn } = costs;
  return (
    margin === undefined &&
    !(fixedFee! > 0 && mode !== 'fixed_qty') &&
    !perShare &&
    !minimumFee &&
    tiers === undefined &&
    impact === undefined &&
    !borrowBpsPerYear &&
    fundingColumn === undefined
  );
}

const AMOUNTS = [
  'feeBps',
  'slippageBps',
  'spreadBps',
  'fixedFee',
  'perShare',
  'minimumFee',
  'borrowBpsPerYear',
] as const;

/** @throws InvalidInputError naming field, rule and value. */
export function checkCosts(costs: Costs): void {
  for (const field of AMOUNTS) amount(`costs.${field}`, costs[field]);
  const { impact, tiers } = costs;
  amount('costs.impact.coefficientBps', impact?.coefficientBps);
  tiers?.levels.forEach(({ from, feeBps, perShare }, i) => {
    const place = `costs.tiers.levels[${i}]`;
    amount(`${place}.feeBps`, feeBps);
    amount(`${place}.perShare`, perShare);
    const least = i > 0 ? tiers.levels[i - 1].from : 0;
    requireThat(from > least && from < Infinity, `${place}.from`, `above ${least}`, from);
  });
  const perSide = costPerSide(costs);
  requireThat(perSide < 1, 'costs', 'below 10000 bps per side in total', perSide * 1e4);
}

function amount(field: string, value: number | undefined): void {
  requireThat(value === undefined || (Number.isFinite(value) && value >= 0), field, 'a finite number >= 0', value);
}

/** Of runs that charge basis points and at most a fixed fee. */
export function checkProportional(costs: Costs): void {
  checkCosts(costs);
  for (const field of ['perShare', 'minimumFee', 'tiers', 'impact', 'borrowBpsPerYear', 'fundingColumn'] as const)
    requireThat(costs[field] === undefined, `costs.${field}`, 'left out here', 'given');
}

/** Costs that only orders of a known size in currency have. */
const OF_CAPITAL = ['fixedFee', 'minimumFee', 'tiers', 'impact'] as const;

/** Costs of an order need the capital that says how large it is. @throws InvalidInputError naming the cost */
export function checkCapital({ costs, capital, mode }: Pick<EngineInput, 'costs' | 'capital' | 'mode'>): void {
  const sized = OF_CAPITAL.find((field) => costs[field] !== undefined && costs[field] !== 0);
  if (sized !== undefined && capital === undefined) {
    const message = `costs.${sized} must be used with capital, which says how large an order is, was used without it in mode ${mode}`;
    throw new InvalidInputError(message, { field: `costs.${sized}`, rule: 'needs_capital', value: null });
  }
  requireThat(capital === undefined || (capital > 0 && capital < Infinity), 'capital', 'a positive number', capital);
}

/** Costs that the input can be charged: those of an order need its capital, funding its column, impact the volume. */
export function checkCostsOf(input: Omit<EngineInput, 'targets'>): void {
  const { costs, volume, close, rates = {}, open } = input;
  checkCosts(costs);
  checkCapital(input);
  if (costs.impact !== undefined) {
    if (volume === undefined)
      throw new InvalidInputError('volume must be given for costs.impact, was undefined', { field: 'volume' });
    for (let t = input.fill === 'close' ? 0 : 1; t < close.length; t++)
      if (!(volume[t] >= 0)) requireThat(false, `volume[${t}]`, 'a number >= 0 for costs.impact', volume[t]);
  }
  const { fundingColumn } = costs;
  if (fundingColumn === undefined) return;
  if (!Object.hasOwn(rates, fundingColumn)) {
    const known = Object.keys(rates).join(', ') || 'none is there';
    const message = `costs.fundingColumn must be a column of the bars (${known}), was ${fundingColumn}`;
    throw new InvalidInputError(message, { field: 'costs.fundingColumn', rule: 'known_column', value: fundingColumn });
  }
  if (open === undefined)
    throw new InvalidInputError('open must be given for costs.fundingColumn, was undefined', { field: 'open' });
  if (close.length > 0 && !rates[fundingColumn].some(Number.isFinite)) {
    const message = `costs.fundingColumn must have at least one rate, ${fundingColumn} had none`;
    throw new InvalidInputError(message, { field: 'costs.fundingColumn', rule: 'has_rates', value: fundingColumn });
  }
}
