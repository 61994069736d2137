import { TIMEFRAMES } from '@assay/contracts';
import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { ResearchApi } from './research-api';

/** What names a series. */
export interface SeriesKey {
  source: string;
  symbol: string;
  timeframe: string;
}

/** A subscription as far as the tool shows it. */
export interface Subscription extends SeriesKey {
  id: string;
  market: string;
  enabled: boolean;
  last_error: string | null;
  next_due_at: string;
  freshness: { last_bar: string | null; fresh: boolean; late_by_s: number };
}

export const SERIES_FLAGS: readonly FlagSpec[] = [
  { name: 'symbol', kind: 'text', help: 'only series of this symbol' },
  { name: 'timeframe', kind: 'choice', choices: TIMEFRAMES, help: 'only series of this timeframe' },
  { name: 'source', kind: 'text', help: 'only series from this source' },
];

/** Own subscriptions that the flags mean. */
export const subscriptionsOf = async (api: ResearchApi, args: Args): Promise<Subscription[]> =>
  (await api.all<Subscription>('/data/subscriptions')).filter(meantBy(args));

/** Whether the flags mean a series. */
export const meantBy =
  (args: Args) =>
  (one: SeriesKey): boolean =>
    (['symbol', 'timeframe', 'source'] as const).every((name) => (args.optional(name) ?? one[name]) === one[name]);
