import { ResearchApi, URL_FLAG } from '../api/research-api';
import { SERIES_FLAGS, subscriptionsOf, type Subscription } from '../api/subscriptions';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

function stateOf({ enabled, freshness }: Subscription): string {
  if (!enabled) return 'off';
  return freshness.fresh ? 'fresh' : `late by ${freshness.late_by_s} s`;
}

async function run(args: Args, io: Io): Promise<void> {
  const items = await subscriptionsOf(new ResearchApi(args.text('url')), args);
  if (args.on('json')) return io.out(toJson({ items }));
  const rows = items.map((one) => [
    ...[one.symbol, one.timeframe, one.source, one.freshness.last_bar, stateOf(one), one.next_due_at],
    one.last_error ?? '',
  ]);
  io.out(table(['symbol', 'timeframe', 'source', 'last bar', 'state', 'next due', 'what its feed refused'], rows));
}

export const dataListCommand: Command = {
  name: 'data list',
  summary: 'list the series that the research service keeps fresh from feeds, and how fresh they are',
  flags: [URL_FLAG, ...SERIES_FLAGS],
  examples: ['assay data list --timeframe 1d'],
  run,
};
