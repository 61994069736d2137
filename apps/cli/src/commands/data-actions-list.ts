import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface CorporateAction {
  id: string;
  source: string;
  symbol: string;
  ex_date: string;
  kind: string;
  value: number;
}

async function run(args: Args, io: Io): Promise<void> {
  const query = new URLSearchParams();
  for (const name of ['symbol', 'source']) if (args.has(name)) query.set(name, args.text(name));
  const path = query.size === 0 ? '/data/actions' : `/data/actions?${query}`;
  const items = await new ResearchApi(args.text('url')).all<CorporateAction>(path);
  if (args.on('json')) return io.out(toJson({ items }));
  const rows = items.map((one) => [one.symbol, one.source, one.ex_date, one.kind, one.value, one.id]);
  io.out(table(['symbol', 'source', 'ex-date', 'kind', 'value', 'id'], rows));
}

export const dataActionsListCommand: Command = {
  name: 'data actions list',
  summary: 'list the splits and dividends that were declared to the research service',
  flags: [
    URL_FLAG,
    { name: 'symbol', kind: 'text', help: 'only those of this symbol' },
    { name: 'source', kind: 'text', help: 'only those of this source' },
  ],
  examples: ['assay data actions list --symbol AAPL'],
  run,
};
