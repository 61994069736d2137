import { ResearchApi, URL_FLAG } from '../api/research-api';
import { fieldsOf } from '../api/upload-file';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface News {
  published_at: string;
  available_at: string;
  symbols: string[];
  headline: string;
  source: string;
}

const FILTERS = ['symbol', 'source', 'start', 'end', 'as-of', 'limit'] as const;

async function run(args: Args, io: Io): Promise<void> {
  const query = new URLSearchParams(fieldsOf(args, FILTERS));
  const page = await new ResearchApi(args.text('url')).call<{ items: News[]; next_cursor: string | null }>(
    'GET',
    `/data/news?${query}`,
  );
  if (args.on('json')) return io.out(toJson(page));
  const rows = page.items.map((one) => [one.published_at, one.available_at, one.symbols.join(','), one.headline]);
  io.out(table(['published', 'known since', 'symbols', 'headline'], rows));
  if (page.next_cursor !== null) io.err('there is older news: state --end or --limit\n');
}

export const dataNewsListCommand: Command = {
  name: 'data news list',
  summary: 'list news of the research service, the newest first, also as it was known at a time',
  flags: [
    URL_FLAG,
    { name: 'symbol', kind: 'text', help: 'only news of this symbol' },
    { name: 'source', kind: 'text', help: 'only news from this source' },
    { name: 'start', kind: 'text', value: 'TIME', help: 'published at or after this date or time' },
    { name: 'end', kind: 'text', value: 'TIME', help: 'published at or before this date or time' },
    { name: 'as-of', kind: 'text', value: 'TIME', help: 'only what was known at this date or time' },
    { name: 'limit', kind: 'integer', min: 1, max: 1000, help: 'most pieces; by default 100' },
  ],
  examples: ['assay data news list --symbol AAPL --as-of 2024-01-02T20:00:00Z'],
  run,
};
