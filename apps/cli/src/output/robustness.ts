import type { MonteCarloDocument, StressDocument } from '@assay/contracts';
import type { CostTotals } from '@assay/quant';
import { counted, shown, table } from './table';

/** What of a scenario people ask for first; the others are in `--json`. */
const STRESSED = ['total_return', 'sharpe_ratio', 'max_drawdown', 'trade_count'] as const;

const NO_FEES = 'fees_x2 is as it was run: no fees were charged; --fee-bps states them\n';
const NO_SLIPPAGE =
  'slippage_x3 is as it was run: no slippage, spread or impact was charged; --slippage-bps, --spread-bps and --impact state them\n';

/** A run under worse circumstances, a row each. */
export function stressText(
  { items }: StressDocument,
  { fees, slippage, spread }: Pick<CostTotals, 'fees' | 'slippage' | 'spread'>,
): string {
  const rows = items.flatMap(({ scenario, what, metrics, draws, worst_5 }) => {
    const figures = (of: Record<string, number | null>) => STRESSED.map((key) => of[key]);
    const drawn = draws === null ? what : `${what} (${counted(draws)})`;
    const own = [scenario, ...figures(metrics), drawn];
    return worst_5 === null ? [own] : [own, [scenario, ...figures(worst_5), 'what 1 draw in 20 falls short of']];
  });
  const slips = slippage !== 0 || spread !== 0;
  return `\nstress\n\n${table(['scenario', ...STRESSED, 'what'], rows)}${fees === 0 ? NO_FEES : ''}${slips ? '' : NO_SLIPPAGE}`;
}

const DRAWN = ['observed', 'worst', '5 %', 'median', '95 %', 'as good'];

/** What luck may have done, a table for each way to draw it. */
export function monteCarloText({ methods }: MonteCarloDocument): string {
  return methods
    .map(({ method, what, draws, block, items, why }) => {
      const title = `\n${method.replaceAll('_', ' ')}: ${what}\n`;
      if (why !== null) return `${title}none drawn: ${why}\n`;
      const blocks = block === null ? '' : ` in blocks of ${shown(block)} bars`;
      const rows = items.map((one) => [
        one.metric,
        one.observed,
        one.worst,
        one.lower_5,
        one.median,
        one.upper_95,
        one.as_good,
      ]);
      return `${title}${counted(draws)} ${method === 'neighbours' ? 'choices' : 'draws'}${blocks}\n\n${table(['metric', ...DRAWN], rows)}`;
    })
    .join('');
}
