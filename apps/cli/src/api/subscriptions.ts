import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { ResearchApi } from './research-api';

/** A subscription as far as the tool shows it. */
export interface Subscription {
  id: string;
  source: string;
  symbol: string;
  timeframe: string;
  enabled: boolean;
  last_error: string | null;
  next_due_at: string;
  freshness: { last_bar: string | null; fresh: boolean; late_by_s: number };
}

export const SERIES_FLAGS: readonly FlagSpec[] = [
  { name: 'symbol', kind: 'text', help: 'only series of this symbol' },
  { name: 'timeframe', kind: 'text', help: 'only series of this timeframe' },
  { name: 'source', kind: 'text', help: 'only series from this source' },
];

/** Own subscriptions that the flags mean. */
export async function subscriptionsOf(api: ResearchApi, args: Args): Promise<Subscription[]> {
  const all = await api.all<Subscription>('/data/subscriptions');
  return all.filter((one) =>
    (['symbol', 'timeframe', 'source'] as const).every((name) => (args.optional(name) ?? one[name]) === one[name]),
  );
}
