import { ResearchApi, URL_FLAG } from '../api/research-api';
import { STRATEGY_FLAG, TRIAL_FLAGS, trialQuery } from '../api/trials';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface Trial {
  id: string;
  origin: string;
  symbol: string;
  timeframe: string;
  observations: number;
  sharpe_per_bar: number | null;
  params: unknown;
  created_at: string;
}

async function run(args: Args, io: Io): Promise<void> {
  const query = new URLSearchParams({ limit: args.text('limit') });
  for (const [name, value] of Object.entries(trialQuery(args))) if (value !== undefined) query.set(name, value);
  const page = await new ResearchApi(args.text('url')).call<{ items: Trial[]; next_cursor: string | null }>(
    'GET',
    `/experiments?${query}`,
  );
  if (args.on('json')) return io.out(toJson(page));
  const rows = page.items.map((one) => [
    ...[one.created_at, one.origin, one.symbol, one.timeframe, one.observations, one.sharpe_per_bar],
    ...[JSON.stringify(one.params), one.id],
  ]);
  io.out(table(['first tried', 'origin', 'symbol', 'timeframe', 'bars', 'sharpe a bar', 'parameters', 'id'], rows));
  if (page.next_cursor !== null) io.err('there are more trials: state --limit or a filter, or export them\n');
}

export const trialsListCommand: Command = {
  name: 'trials list',
  summary: 'list the trials of the ledger of a strategy, by filter and order',
  flags: [
    STRATEGY_FLAG,
    URL_FLAG,
    ...TRIAL_FLAGS,
    { name: 'limit', kind: 'integer', min: 1, max: 1000, default: '50', help: 'most that are listed' },
  ],
  examples: ['assay trials list 01890000-0000-7000-8000-000000000001 --order best --limit 10'],
  run,
};
