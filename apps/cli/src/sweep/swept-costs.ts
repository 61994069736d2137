import type { CostsDocument } from '@assay/contracts';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import type { Accounting } from '../output/accounting';

/**
 * The costs that all cells have; null where each has its own.
 * @throws UsageError for a flag of costs that are swept, which would be lost
 */
export function costsOfCells(
  args: Args,
  stated: Pick<CostsDocument, 'fee_bps' | 'slippage_bps' | 'spread_bps'>,
  params: readonly { path: string }[],
): Accounting['costs'] {
  const isSwept = (name: string): boolean => params.some(({ path }) => path === `costs.${name}`);
  for (const name of Object.keys(stated)) {
    const flag = name.replaceAll('_', '-');
    if (args.has(flag) && isSwept(name))
      throw new UsageError(`--${flag} has no effect here: --param costs.${name} sweeps it`);
  }
  return {
    feeBps: isSwept('fee_bps') ? null : stated.fee_bps,
    slippageBps: isSwept('slippage_bps') ? null : stated.slippage_bps,
    spreadBps: isSwept('spread_bps') ? null : stated.spread_bps,
  };
}
