import type { Costs, FillRule } from '@assay/quant';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { ColumnNeed } from './bars-file';

const MOST_BPS = 9999;

export const COST_FLAGS: readonly FlagSpec[] = [
  { name: 'fee-bps', kind: 'number', default: '5', min: 0, max: MOST_BPS, help: 'fee per side in basis points' },
  {
    name: 'slippage-bps',
    kind: 'number',
    default: '0',
    min: 0,
    max: MOST_BPS,
    help: 'slippage per side in basis points',
  },
  {
    name: 'spread-bps',
    kind: 'number',
    default: '0',
    min: 0,
    max: MOST_BPS,
    help: 'full spread in basis points, half is paid per side',
  },
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
  help: "bars per year for annualised figures; default: the strategy's trading_period, 252 for a template",
};
export const SCORE_FLAGS: readonly FlagSpec[] = [
  {
    name: 'start',
    kind: 'text',
    value: 'DATE',
    help: 'first scored bar; indicators see the bars before it all the same',
  },
  { name: 'end', kind: 'text', value: 'DATE', help: 'last scored bar' },
];

export function costsOf(args: Args): Costs {
  return {
    feeBps: args.number('fee-bps'),
    slippageBps: args.number('slippage-bps'),
    spreadBps: args.number('spread-bps'),
  };
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
