import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { FlagScope } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table, type Cell } from '../output/table';
import type { Command } from './command';

type Item = Readonly<Record<string, unknown>>;

interface Kind {
  path: string;
  header: readonly string[];
  row: (item: Item) => unknown[];
}

const metric = (item: Item, name: string): unknown => (item.metrics as Item | null)?.[name];

const KINDS = {
  strategies: {
    path: '/strategies',
    header: ['name', 'symbols', 'timeframe', 'status', 'version', 'made', 'id'],
    row: (one) => {
      const symbols = one.universe as string[];
      const shown = symbols.length > 3 ? `${symbols.length} symbols` : symbols.join(',');
      return [one.name, shown, one.timeframe, one.status, one.revision, one.created_at, one.id];
    },
  },
  backtests: {
    path: '/backtests',
    header: ['strategy', 'version', 'engine', 'status', 'return', 'sharpe', 'made', 'id'],
    row: (one) => [
      ...[one.strategy_id, one.revision, one.engine, one.status],
      ...[metric(one, 'total_return'), metric(one, 'sharpe_ratio'), one.created_at, one.id],
    ],
  },
  features: {
    path: '/features',
    header: ['name', 'plugin', 'version', 'made', 'id'],
    row: (one) => [one.name, one.plugin, one.revision, one.created_at, one.id],
  },
  models: {
    path: '/models',
    header: ['name', 'kind', 'version', 'made', 'id'],
    row: (one) => [one.name, one.kind, one.revision, one.created_at, one.id],
  },
  signals: {
    path: '/signals',
    header: ['name', 'plugin', 'version', 'made', 'id'],
    row: (one) => [one.name, one.plugin, one.revision, one.created_at, one.id],
  },
  jobs: {
    path: '/jobs',
    header: ['job', 'about', 'state', 'asked for', 'id'],
    row: (one) => [one.kind, one.about, one.state, one.created_at, one.id],
  },
  users: {
    path: '/auth/users',
    header: ['user', 'role', 'disabled', 'last seen', 'made', 'id'],
    row: (one) => [one.username, one.role, one.disabled ? 'yes' : 'no', one.last_seen_at, one.created_at, one.id],
  },
} as const satisfies Readonly<Record<string, Kind>>;

const NEWEST_ALONE = ['jobs', 'users'];
const ORDERED: FlagScope = {
  text: `not for ${NEWEST_ALONE.join(' and ')}`,
  holds: (args) => !NEWEST_ALONE.includes(args.text('kind')),
};

async function run(args: Args, io: Io): Promise<void> {
  const kind = args.text('kind') as keyof typeof KINDS;
  const { path, header, row }: Kind = KINDS[kind];
  const query = new URLSearchParams({ limit: args.text('limit') });
  if (!NEWEST_ALONE.includes(kind)) query.set('order', args.on('oldest') ? 'oldest' : 'newest');
  const words = args.optional('find');
  if (words !== undefined) query.set('q', words);
  const page = await new ResearchApi(args.text('url')).call<{ items: Item[]; next_cursor: string | null }>(
    'GET',
    `${path}?${query}`,
  );
  if (args.on('json')) return io.out(toJson(page));
  io.out(
    table(
      header,
      page.items.map((item) => row(item) as Cell[]),
    ),
  );
  if (page.next_cursor !== null) io.err(`there are more ${kind}: state --limit or --find\n`);
}

export const listCommand: Command = {
  name: 'list',
  summary: 'list what the research service has of a kind, the newest first, or find it by its name',
  flags: [
    {
      ...{ name: 'kind', kind: 'choice', choices: Object.keys(KINDS), value: 'KIND', positional: true, required: true },
      help: 'of what, users for administrators alone',
    },
    URL_FLAG,
    {
      ...{ name: 'find', kind: 'text', value: 'WORDS', scope: ORDERED },
      help: 'only those with every one of these words in their name, in any order; of strategies also in a symbol, of backtests in the name of the strategy',
    },
    { name: 'oldest', kind: 'switch', scope: ORDERED, help: 'the oldest first' },
    { name: 'limit', kind: 'integer', min: 1, max: 200, default: '50', help: 'most that are listed' },
  ],
  examples: ['assay list strategies --find trend', 'assay list backtests --limit 5', 'assay list jobs --json'],
  run,
};
