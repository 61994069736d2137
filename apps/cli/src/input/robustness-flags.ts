import type { MonteCarloDocument, StressDocument } from '@assay/contracts';
import type { BacktestInput } from '@assay/pipeline';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { WITH_STRATEGY } from './flag-scopes';

const WITH_MONTE_CARLO: FlagScope = { text: 'only with --monte-carlo', holds: (args) => args.has('monte-carlo') };

/** What a run would have been under worse circumstances, and with other luck. */
export const ROBUSTNESS_FLAGS: readonly FlagSpec[] = [
  {
    name: 'stress',
    kind: 'switch',
    help: 'also every metric with fees x 2, slippage x 3, decisions one bar later, 5 % of orders not filled, and costs and delay together',
    scope: WITH_STRATEGY,
  },
  {
    name: 'monte-carlo',
    kind: 'switch',
    help: 'also what luck may have done: trades in another order, positions at random times, histories made of blocks of the bars; and what other numbers of its rules would have',
    scope: WITH_STRATEGY,
  },
  {
    name: 'draws',
    kind: 'integer',
    min: 100,
    help: 'default: 1,000, or as many as 20,000,000 bars make; of histories at most a tenth of that, or 100',
    scope: WITH_MONTE_CARLO,
  },
  {
    name: 'price-block',
    kind: 'integer',
    min: 1,
    value: 'BARS',
    help: 'mean length of the blocks of histories; default: by Politis and White, at least 21',
    scope: WITH_MONTE_CARLO,
  },
];

export interface Robustness {
  stress?: StressDocument;
  monteCarlo?: MonteCarloDocument;
}

/** What `--stress` and `--monte-carlo` ask for. */
export async function robustnessOf(args: Args, input: BacktestInput): Promise<Robustness> {
  if (!args.on('stress') && !args.on('monte-carlo')) return {};
  const { monteCarlo, stressBacktest } = await import('@assay/pipeline');
  const asked = { ...input, draws: args.optionalNumber('draws'), block: args.optionalNumber('price-block') };
  return {
    ...(args.on('stress') ? { stress: stressBacktest(input) } : {}),
    ...(args.on('monte-carlo')
      ? {
          monteCarlo: blaming('--monte-carlo', () => monteCarlo(asked), { draws: '--draws', block: '--price-block' }),
        }
      : {}),
  };
}
