import { TRIAL_ORIGINS } from '@assay/contracts';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';

/** Whose ledger is meant. */
export const STRATEGY_FLAG: FlagSpec = {
  ...{ name: 'id', kind: 'text', value: 'ID', positional: true, required: true },
  help: 'of any strategy of the lineage',
};

/** Which trials, and in what order. */
export const TRIAL_FLAGS: readonly FlagSpec[] = [
  {
    name: 'origin',
    kind: 'choice',
    choices: TRIAL_ORIGINS,
    help: 'only those of it',
  },
  { name: 'symbol', kind: 'text', help: 'only those on bars of this symbol' },
  { name: 'timeframe', kind: 'text', help: 'only those on bars of this timeframe' },
  { name: 'job', kind: 'text', value: 'ID', help: 'only those that this job tried first, such as a sweep' },
  { name: 'since', kind: 'text', value: 'DATE', help: 'only those that were first tried then or later' },
  { name: 'until', kind: 'text', value: 'DATE', help: 'only those that were first tried until then' },
  {
    ...{ name: 'order', kind: 'choice', choices: ['oldest', 'newest', 'best', 'worst'], default: 'oldest' },
    help: 'by when they were first tried, or by their Sharpe ratio',
  },
];

/** The query of these flags. */
export const trialQuery = (args: Args): Record<string, string | undefined> => ({
  strategy_id: args.text('id'),
  ...Object.fromEntries(
    ['origin', 'symbol', 'timeframe', 'since', 'until', 'order'].map((name) => [name, args.optional(name)]),
  ),
  job_id: args.optional('job'),
});

/** The ledger of a strategy, as the service answers. */
export interface LedgerSummary {
  strategies: { id: string; name: string }[];
  trials: number;
  declared_outside: number;
  counted: number;
  owner_trials_on_this_data: number;
  scope: string;
  origins: { origin: string; trials: number }[];
  bars: { source: string; symbol: string; timeframe: string; trials: number }[];
  timeline: { day: string; trials: number; total: number }[];
  declarations: { trials: number; reason: string; created_at: string }[];
}

export interface EffectiveTrials {
  bars: number | null;
  mean_correlation: number | null;
  correlation_adjusted: number | null;
  clustered: number | null;
  range: [number, number] | null;
  reason: string | null;
}
