import type { CostsDocument } from '@assay/contracts';
import type { FxTotals } from '@assay/pipeline';
import type { StatedRates, StatedRatesByCurrency } from '../input/fx-flags';
import type { AccountingMode, CostTotals, FillRule } from '@assay/quant';

/** What the figures of a run rest on. Stops and sizes of a template change the fill, so it is not always what the flags' defaults say. */
export interface Accounting {
  mode: AccountingMode;
  fill: FillRule;
  /** Null where each cell of a sweep has its own. */
  costs: Readonly<Record<'feeBps' | 'slippageBps' | 'spreadBps', number | null>>;
  periodsPerYear: number;
  /** Costs beyond basis points, where there are any. */
  stated?: CostsDocument;
  capital?: number;
  /** What turned the prices into the account's currency. */
  fx?: StatedRates | StatedRatesByCurrency;
}

/** One line for people; costs of 0 but for the fee are left out. */
export function accountingText({ mode, fill, costs, periodsPerYear, stated, capital, fx }: Accounting): string {
  const { feeBps, slippageBps, spreadBps } = costs;
  const cost = (bps: number | null, unit: string): string => (bps === null ? 'of each cell' : `${bps} ${unit}`);
  const more = [
    ...(slippageBps === 0 ? [] : [`slippage ${cost(slippageBps, 'bps per side')}`]),
    ...(spreadBps === 0 ? [] : [`spread ${cost(spreadBps, 'bps')}`]),
  ];
  const further = Object.entries(furtherOf(stated)).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  if (capital !== undefined) further.push(`capital ${capital}`);
  if (fx !== undefined)
    further.push(
      `in the account's currency by the rates of ${'files' in fx ? Object.values(fx.files).join(' and ') : fx.file}`,
    );
  const terms = [`accounting ${mode}`, `fill ${fill}`, `fee ${cost(feeBps, 'bps per side')}`, ...more, ...further];
  return `${[...terms, `${periodsPerYear} bars per year`].join(', ')}\n`;
}

function furtherOf(stated: CostsDocument | undefined): Partial<CostsDocument> {
  if (stated === undefined) return {};
  return Object.fromEntries(
    Object.entries(stated).filter(
      ([name, value]) => value !== undefined && !['fee_bps', 'slippage_bps', 'spread_bps'].includes(name),
    ),
  );
}

export function accountingDocument(accounting: Accounting): Record<string, unknown> {
  const { mode, fill, costs, periodsPerYear, stated, capital, fx } = accounting;
  return {
    mode,
    fill,
    fee_bps: costs.feeBps,
    slippage_bps: costs.slippageBps,
    spread_bps: costs.spreadBps,
    ...furtherOf(stated),
    ...(capital === undefined ? {} : { capital }),
    ...(fx === undefined ? {} : { fx }),
    periods_per_year: periodsPerYear,
  };
}

const SHOWN_KINDS = ['fees', 'spread', 'slippage', 'borrow', 'funding'] as const;

/** One line for people: what the scored bars cost, in percent of the equity before them. */
export function costsText(costs: CostTotals): string {
  const percent = (share: number): string => `${(share * 100).toFixed(3)} %`;
  const parts = SHOWN_KINDS.filter((kind) => costs[kind] !== 0).map((kind) => `${kind} ${percent(costs[kind])}`);
  return `costs ${percent(costs.total)} of the starting equity${parts.length > 1 ? ` (${parts.join(', ')})` : ''}\n`;
}

/** One line for people: what came of prices and of rates, in percent of the equity before the scored bars. */
export function fxText({ price, fx, written_off: lost }: FxTotals): string {
  const percent = (share: number): string => `${(share * 100).toFixed(3)} %`;
  const ruin = lost === 0 ? '' : `, ${percent(lost)} written off`;
  return `in the account's currency: ${percent(price)} of prices, ${percent(fx)} of rates${ruin}, before costs\n`;
}
