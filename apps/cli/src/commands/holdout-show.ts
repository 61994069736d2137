import { HOLDOUT_STRATEGY, type Holdout } from '../api/holdouts';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

async function run(args: Args, io: Io): Promise<void> {
  const path = `/strategies/${encodeURIComponent(args.text('id'))}/holdout`;
  const { items } = await new ResearchApi(args.text('url')).call<{ items: Holdout[] }>('GET', path);
  if (args.on('json')) return io.out(toJson({ items }));
  if (items.length === 0) return io.out('no bars were locked for this strategy\n');
  const rows = items.map(({ symbols, from, state, look, result }) => [
    ...[
      from.slice(0, 10),
      symbols.join(','),
      state,
      look?.revision ?? null,
      result?.bars ?? null,
      result?.sharpe ?? null,
    ],
    ...[result?.metrics.total_return ?? null, result?.buy_hold_metrics.total_return ?? null],
  ]);
  io.out(table(['from', 'symbols', 'state', 'version', 'bars', 'sharpe', 'return', 'buy and hold'], rows));
}

export const holdoutShowCommand: Command = {
  name: 'holdout show',
  summary: 'show the final periods that were locked for a strategy, and what the one look at each found',
  flags: [HOLDOUT_STRATEGY, URL_FLAG],
  examples: ['assay holdout show 01890000-0000-7000-8000-000000000001'],
  run,
};
