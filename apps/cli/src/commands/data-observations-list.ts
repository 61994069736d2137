import { ResearchApi, URL_FLAG } from '../api/research-api';
import { fieldsOf } from '../api/upload-file';
import type { FlagScope } from '../args/flag';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface Series {
  id: string;
  source: string;
  symbol: string | null;
  name: string;
  observations: number;
  first_event_time: string | null;
  last_event_time: string | null;
  last_available_at: string | null;
}

interface Observation {
  event_time: string;
  available_at: string;
  value: number;
}

const OF_ONE: FlagScope = { text: 'only with --values', holds: (args) => args.has('values') };

async function run(args: Args, io: Io): Promise<void> {
  const api = new ResearchApi(args.text('url'));
  const query = new URLSearchParams(fieldsOf(args, ['source', 'symbol', 'name']));
  const items = await api.all<Series>(`/data/observations?${query}`);
  if (args.on('values')) return printValues(api, args, io, items);
  if (args.on('json')) return io.out(toJson({ items }));
  const rows = items.map((one) => [
    ...[one.name, one.symbol, one.source, one.observations],
    ...[one.first_event_time, one.last_event_time, one.last_available_at],
  ]);
  io.out(table(['name', 'symbol', 'source', 'values', 'first event', 'last event', 'last known at'], rows));
}

async function printValues(api: ResearchApi, args: Args, io: Io, items: readonly Series[]): Promise<void> {
  if (items.length !== 1) {
    const meant = items.map(
      ({ name, symbol, source }) => `${name}${symbol === null ? '' : ` of ${symbol}`} from ${source}`,
    );
    throw new UsageError(
      `--values needs one series, ${meant.join(', ') || 'none'} fit: state --name, --source or --symbol`,
    );
  }
  const query = new URLSearchParams(fieldsOf(args, ['as-of', 'start', 'end']));
  const values = await api.all<Observation>(`/data/observations/${items[0].id}/values?${query}`);
  if (args.on('json')) return io.out(toJson({ series: items[0], items: values }));
  const rows = values.map((one) => [one.event_time, one.available_at, one.value]);
  io.out(table(['event', 'known since', 'value'], rows));
}

export const dataObservationsListCommand: Command = {
  name: 'data observations list',
  summary: 'list the external series of the research service, or the values of one as they were known at a time',
  flags: [
    URL_FLAG,
    { name: 'name', kind: 'text', help: 'only series of this name' },
    { name: 'symbol', kind: 'text', help: 'only series about this symbol' },
    { name: 'source', kind: 'text', help: 'only series from this source' },
    { name: 'values', kind: 'switch', help: 'the values of the one series that is meant, with all revisions' },
    {
      name: 'as-of',
      kind: 'text',
      value: 'TIME',
      scope: OF_ONE,
      help: 'what was known at this date or time: of each event the newest revision by then',
    },
    { name: 'start', kind: 'text', value: 'TIME', scope: OF_ONE, help: 'first event, date or time' },
    { name: 'end', kind: 'text', value: 'TIME', scope: OF_ONE, help: 'last event, date or time' },
  ],
  examples: [
    'assay data observations list --source fred',
    'assay data observations list --name gdp --values --as-of 2024-02-01',
  ],
  run,
};
