import { ResearchApi, URL_FLAG } from '../api/research-api';
import { SERIES_FLAGS, subscriptionsOf } from '../api/subscriptions';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface Row {
  id: string;
  symbol: string;
  timeframe: string;
  source: string;
  outcome: string;
  error: string | null;
  inserted: number | null;
  corrected: number | null;
  warnings: string[];
}

async function run(args: Args, io: Io): Promise<void> {
  const api = new ResearchApi(args.text('url'));
  const meant = (await subscriptionsOf(api, args)).filter(({ enabled }) => enabled);
  if (meant.length === 0) {
    throw new UsageError(
      'no subscription of that symbol, timeframe and source is on; assay data list shows what is stored, docs/data.md (Feeds) how a series is subscribed',
    );
  }
  const rows: Row[] = [];
  for (const { id, symbol, timeframe, source } of meant) {
    if (!args.on('json')) io.err(`refreshing ${symbol} ${timeframe} from ${source}\n`);
    const { state, result, error } = await api.job(`/data/subscriptions/${id}/refresh`);
    const told = (result ?? {}) as Partial<Row>;
    rows.push({
      ...{ id, symbol, timeframe, source },
      outcome: told.outcome ?? state,
      error: told.error ?? error?.detail ?? null,
      inserted: told.inserted ?? null,
      corrected: told.corrected ?? null,
      warnings: told.warnings ?? [],
    });
  }
  if (args.on('json')) return io.out(toJson({ items: rows }));
  for (const { symbol, timeframe, source, warnings } of rows)
    for (const warning of warnings) io.err(`${symbol} ${timeframe} from ${source}: warning: ${warning}\n`);
  const cells = rows.map((row) => [
    ...[row.symbol, row.timeframe, row.source, row.outcome, row.inserted, row.corrected],
    row.error ?? '',
  ]);
  io.out(table(['symbol', 'timeframe', 'source', 'outcome', 'new', 'corrected', 'what its feed refused'], cells));
}

export const dataRefreshCommand: Command = {
  name: 'data refresh',
  summary: 'refresh series from their feeds now, holes included, and wait for what becomes of it',
  flags: [URL_FLAG, ...SERIES_FLAGS],
  examples: ['assay data refresh --symbol BTC/USDT --timeframe 1h'],
  run,
};
