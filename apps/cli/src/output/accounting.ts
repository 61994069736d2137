import type { AccountingMode, FillRule } from '@assay/quant';

/** What the figures of a run rest on. Stops and sizes of a template change the fill, so it is not always what the flags' defaults say. */
export interface Accounting {
  mode: AccountingMode;
  fill: FillRule;
  /** Null where each cell of a sweep has its own. */
  costs: Readonly<Record<'feeBps' | 'slippageBps' | 'spreadBps', number | null>>;
  periodsPerYear: number;
}

/** One line for people; costs of 0 but for the fee are left out. */
export function accountingText({ mode, fill, costs, periodsPerYear }: Accounting): string {
  const { feeBps, slippageBps, spreadBps } = costs;
  const cost = (bps: number | null, unit: string): string => (bps === null ? 'of each cell' : `${bps} ${unit}`);
  const more = [
    ...(slippageBps === 0 ? [] : [`slippage ${cost(slippageBps, 'bps per side')}`]),
    ...(spreadBps === 0 ? [] : [`spread ${cost(spreadBps, 'bps')}`]),
  ];
  const terms = [`accounting ${mode}`, `fill ${fill}`, `fee ${cost(feeBps, 'bps per side')}`, ...more];
  return `${[...terms, `${periodsPerYear} bars per year`].join(', ')}\n`;
}

export function accountingDocument({ mode, fill, costs, periodsPerYear }: Accounting): Record<string, unknown> {
  return {
    mode,
    fill,
    fee_bps: costs.feeBps,
    slippage_bps: costs.slippageBps,
    spread_bps: costs.spreadBps,
    periods_per_year: periodsPerYear,
  };
}
