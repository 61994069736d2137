import type { FlagSpec } from '../args/flag';
import { WITH_STRATEGY } from './flag-scopes';

/** The flags of costs beyond basis points, by the field of the document that each takes the place of. */
export const FIELDS_OF_COSTS = {
  per_share: 'per-share',
  fixed_fee: 'fixed-fee',
  minimum_fee: 'minimum-fee',
  borrow_bps_per_year: 'borrow-bps-per-year',
} as const;

const OF_DOCUMENT = 'default: what a pipeline document says; 0 for none';
const amountFlag = (name: string, help: string): FlagSpec => ({
  name,
  kind: 'number',
  min: 0,
  help: `${help}; ${OF_DOCUMENT}`,
  scope: WITH_STRATEGY,
});

/** Costs that only a strategy's runs are charged; tiers are stated in its document. */
export const STRATEGY_COST_FLAGS: readonly FlagSpec[] = [
  amountFlag(FIELDS_OF_COSTS.per_share, 'fee per unit in currency'),
  amountFlag(FIELDS_OF_COSTS.fixed_fee, 'fee per order in currency; needs --capital'),
  amountFlag(FIELDS_OF_COSTS.minimum_fee, 'least fee of an order in currency; needs --capital'),
  {
    name: 'impact',
    kind: 'text',
    value: 'KIND:BPS',
    help: "slippage by an order's share of the bar's volume: linear or square_root, and basis points at all of it; needs --capital",
    scope: WITH_STRATEGY,
  },
  amountFlag(FIELDS_OF_COSTS.borrow_bps_per_year, 'yearly cost of a short on its notional in basis points'),
  {
    name: 'funding-column',
    kind: 'text',
    value: 'COLUMN',
    help: 'column of the rate that longs pay shorts at the open of its bar, empty where none is due',
    scope: WITH_STRATEGY,
  },
];

export const CAPITAL_FLAG: FlagSpec = {
  name: 'capital',
  kind: 'number',
  min: 0,
  help: 'starting equity, for costs that know the size of an order',
  scope: WITH_STRATEGY,
};
