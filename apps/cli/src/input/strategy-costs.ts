import {
  statedCostsDocument,
  type CostsDocument,
  type StrategyDocument,
  type UniverseDocument,
} from '@assay/contracts';
import { needsCapital } from '@assay/pipeline';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import { FIELDS_OF_COSTS } from './cost-flags';
import { costsOf } from './trading-flags';

/** The flag of each field, for refusals. */
export const COST_FIELDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(FIELDS_OF_COSTS).map(([field, flag]) => [`costs.${field}`, `--${flag}`])),
  'costs.impact': '--impact',
  'costs.funding_column': '--funding-column',
  capital: '--capital',
};

function impactOf(text: string): CostsDocument['impact'] {
  const [kind, bps, ...rest] = text.split(':');
  const coefficient = Number(bps);
  if ((kind === 'linear' || kind === 'square_root') && rest.length === 0 && coefficient > 0)
    return { kind, coefficient_bps: coefficient };
  throw new UsageError(`--impact must be linear:BPS or square_root:BPS, was ${text}`);
}

/** The costs of a run of a document: its own where it is a pipeline or a universe, but for those asked for. */
export function strategyCosts(args: Args, document: StrategyDocument | UniverseDocument): CostsDocument {
  const own = 'costs' in document ? document.costs : undefined;
  const base = own && { feeBps: own.fee_bps, slippageBps: own.slippage_bps, spreadBps: own.spread_bps };
  const { feeBps, slippageBps, spreadBps } = costsOf(args, base);
  const asked: Record<string, unknown> = { fee_bps: feeBps, slippage_bps: slippageBps, spread_bps: spreadBps };
  for (const [field, flag] of Object.entries(FIELDS_OF_COSTS)) {
    const amount = args.optionalNumber(flag);
    if (amount !== undefined) asked[field] = amount === 0 ? undefined : amount;
  }
  const impact = args.optional('impact');
  if (impact !== undefined) asked.impact = impactOf(impact);
  const funding = args.optional('funding-column');
  if (funding !== undefined) asked.funding_column = funding;
  return blaming('--fee-bps', () => statedCostsDocument.parse({ ...own, ...asked }));
}

/** The capital behind orders whose size decides what they cost, or behind units. */
export function capitalOf(args: Args, costs: CostsDocument): number | undefined {
  const capital = args.optionalNumber('capital');
  if (capital === undefined || needsCapital(costs)) return capital;
  const mode = args.text('mode');
  if (mode === 'fixed_qty') return capital;
  throw new UsageError(`--capital has no effect here: in mode ${mode} no cost asks how large an order is`);
}
