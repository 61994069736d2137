import { InvalidInputError, requireThat } from '../errors/invalid-input';
import { firstMissing } from '../series';
import { checkCostsOf } from './costs';
import type { EngineInput, Sizing } from './types';

export function checkPrices(field: string, prices: Float64Array, length: number, from: number): void {
  requireThat(prices.length === length, `${field}.length`, `${length} like close`, prices.length);
  for (let t = from; t < length; t++) {
    const price = prices[t];
    if (!(price > 0 && price < Infinity)) requireThat(false, `${field}[${t}]`, 'a positive finite price', price);
  }
}

function checkSizing(sizing: Sizing | undefined, capital: number | undefined, length: number): void {
  if (sizing === undefined)
    throw new InvalidInputError('sizing must be given in mode fixed_qty, was undefined', { field: 'sizing' });
  requireThat(
    capital !== undefined && Number.isFinite(capital) && capital > 0,
    'capital',
    'a positive number in mode fixed_qty',
    capital,
  );
  const { lot, minNotional } = sizing;
  requireThat(lot === undefined || (Number.isFinite(lot) && lot > 0), 'sizing.lot', 'a positive number', lot);
  requireThat(
    minNotional === undefined || (Number.isFinite(minNotional) && minNotional >= 0),
    'sizing.minNotional',
    'a number >= 0',
    minNotional,
  );
  if ('qty' in sizing) {
    requireThat(Number.isFinite(sizing.qty) && sizing.qty > 0, 'sizing.qty', 'a positive number', sizing.qty);
    return;
  }
  requireThat(
    Number.isFinite(sizing.fraction) && sizing.fraction > 0,
    'sizing.fraction',
    'a positive number',
    sizing.fraction,
  );
  if (sizing.kind === 'fixed_fraction_risk') {
    requireThat(
      sizing.stopDistance.length === length,
      'sizing.stopDistance.length',
      `${length} like close`,
      sizing.stopDistance.length,
    );
  }
}

/** What an engine's input has beside the targets. */
type Market = Omit<EngineInput, 'targets'>;

function checkColumns(input: Market): void {
  const n = input.close.length;
  checkPrices('close', input.close, n, 0);
  if (input.fill === 'next_open') {
    if (input.open === undefined)
      throw new InvalidInputError('open must be given for fill next_open, was undefined', { field: 'open' });
    checkPrices('open', input.open, n, 1);
  }
  for (const field of ['openTimeMs', 'high', 'low', 'volume'] as const) {
    const column = input[field];
    requireThat(column === undefined || column.length === n, `${field}.length`, `${n} like close`, column?.length);
  }
  for (const [name, { length }] of Object.entries(input.rates ?? {}))
    requireThat(length === n, `rates.${name}.length`, `${n} like close`, length);
}

/** @throws InvalidInputError unless there is one finite weight per bar. */
export function checkTargets(targets: Float64Array, length: number): void {
  requireThat(targets.length === length, 'targets.length', `${length} like close`, targets.length);
  const t = firstMissing([targets], 0, length);
  if (t < length) requireThat(false, `targets[${t}]`, 'a finite weight', targets[t]);
}

function checkMargin({ mode, margin }: Market): void {
  if (margin === undefined) return;
  requireThat(mode !== 'fixed_qty', 'margin', 'used with mode weight or all_in', mode);
  const { maintenance } = margin;
  requireThat(maintenance > 0 && maintenance < 1, 'margin.maintenance', 'above 0 and below 1', maintenance);
}

/** Everything but the targets. @throws InvalidInputError naming field, rule and value. */
export function checkMarket(input: Market): void {
  requireThat(
    ['weight', 'all_in', 'fixed_qty'].includes(input.mode),
    'mode',
    'weight, all_in or fixed_qty',
    input.mode,
  );
  requireThat(['next_open', 'close'].includes(input.fill), 'fill', 'next_open or close', input.fill);
  checkColumns(input);
  checkCostsOf(input);
  checkMargin(input);
  if (input.mode === 'fixed_qty') checkSizing(input.sizing, input.capital, input.close.length);
}

/**
 * Validates everything both engines rely on, so that neither throws from depth.
 * @throws InvalidInputError naming field, rule and value.
 */
export function checkEngineInput(input: EngineInput): void {
  checkMarket(input);
  checkTargets(input.targets, input.close.length);
  const { interventions } = input;
  if (interventions === undefined) return;
  requireThat(input.margin === undefined, 'margin', 'left out where stops, targets or entry orders trade', 'given');
  const { length } = interventions.decided;
  requireThat(
    length === input.close.length,
    'interventions.decided.length',
    `${input.close.length} like close`,
    length,
  );
}
