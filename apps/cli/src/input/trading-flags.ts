import type { Costs, FillRule } from '@assay/quant';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { ColumnNeed } from './bars-file';

const MOST_BPS = 9999;

const DEFAULT_COSTS: Costs = { feeBps: 5, slippageBps: 0, spreadBps: 0 };
/** The flags by what they set. */
const COSTS = { feeBps: 'fee-bps', slippageBps: 'slippage-bps', spreadBps: 'spread-bps' } as const;

const costFlag = (name: string, help: string, otherwise: number): FlagSpec => ({
  name,
  kind: 'number',
  min: 0,
  max: MOST_BPS,
  help: `${help}; default: what a pipeline document says, else ${otherwise}`,
});
export const COST_FLAGS: readonly FlagSpec[] = [
  costFlag('fee-bps', 'fee per side in basis points', DEFAULT_COSTS.feeBps),
  costFlag('slippage-bps', 'slippage per side in basis points', DEFAULT_COSTS.slippageBps),
  costFlag('spread-bps', 'full spread in basis points, half is paid per side', DEFAULT_COSTS.spreadBps),
];
export const FILL_FLAG: FlagSpec = {
  name: 'fill',
  kind: 'choice',
  choices: ['next_open', 'close'],
  default: 'next_open',
  help: 'where a decision at the close is filled',
};
export const ENGINE_FLAG: FlagSpec = {
  name: 'engine',
  kind: 'choice',
  choices: ['vectorized', 'event', 'vectorbt', 'backtrader'],
  default: 'vectorized',
  help: 'both engines give the same numbers; vectorbt and backtrader are aliases',
};
export const PERIODS_FLAG: FlagSpec = {
  name: 'periods-per-year',
  kind: 'number',
  min: 1,
  help: "bars per year for annualised figures; default: by the strategy's trading_period and timeframe, of 252 sessions for a template",
};
export const SCORE_FLAGS: readonly FlagSpec[] = [
  {
    name: 'start',
    kind: 'text',
    value: 'DATE',
    help: 'first scored bar; default: the first after the lookback. Indicators see the bars before it all the same',
  },
  { name: 'end', kind: 'text', value: 'DATE', help: 'last scored bar' },
];
export const SCORE_FROM_FLAG: FlagSpec = {
  name: 'score-from',
  kind: 'integer',
  min: 0,
  help: 'leading bars that are not scored; default: the lookback of the strategy',
};

/** The costs asked for, the others as in `base`: those of a pipeline document. */
export function costsOf(args: Args, base: Costs = DEFAULT_COSTS): Costs {
  const of = (part: keyof typeof COSTS): number => args.optionalNumber(COSTS[part]) ?? base[part];
  return { feeBps: of('feeBps'), slippageBps: of('slippageBps'), spreadBps: of('spreadBps') };
}

export function fillOf(args: Args): FillRule {
  return args.text('fill') as FillRule;
}

/** The column a fill rule reads beyond the close. */
export function fillNeeds(fill: FillRule): ColumnNeed[] {
  return fill === 'next_open' ? [{ column: 'open', flag: '--fill next_open', hint: 'use --fill close' }] : [];
}

/** The flag to name when no bar is left to score. */
export function scoredRangeFlag(args: Args): string | undefined {
  return ['start', 'end'].filter((name) => args.has(name)).map((name) => `--${name}`)[0];
}
