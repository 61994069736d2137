import { ResearchApi, URL_FLAG } from '../api/research-api';
import { fieldsOf, FILE_FLAGS, uploadFile } from '../api/upload-file';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import { fileFlag } from '../input/file-flag';
import type { Command } from './command';

interface Imported {
  series: { name: string; inserted: number; updated: number; unchanged: number; last_available_at: string }[];
  recognised: { message: string }[];
  repairs: { message: string }[];
}

async function run(args: Args, io: Io): Promise<void> {
  const fields = fieldsOf(args, [
    'source',
    'symbol',
    'series',
    'available-after',
    ...FILE_FLAGS.map(({ name }) => name),
  ]);
  const path = args.text('file');
  const answer = await uploadFile<Imported>(
    new ResearchApi(args.text('url')),
    '/data/observations/import',
    path,
    fields,
  );
  if (args.on('json')) return io.out(toJson(answer));
  for (const { message } of answer.recognised) io.err(`${path}: ${message}\n`);
  for (const { message } of answer.repairs) io.err(`${path}: warning: ${message}\n`);
  const rows = answer.series.map((one) => [one.name, one.inserted, one.updated, one.unchanged, one.last_available_at]);
  io.out(table(['series', 'new', 'corrected', 'unchanged', 'last known at'], rows));
}

export const dataObservationsImportCommand: Command = {
  name: 'data observations import',
  summary: 'import external series from a file of dates, availabilities and values into the research service',
  flags: [
    fileFlag(
      'CSV, JSON and the other kinds of data inspect, with columns date or event_time, available_at, and values',
    ),
    URL_FLAG,
    { name: 'source', kind: 'text', required: true, help: 'where the values come from' },
    { name: 'symbol', kind: 'text', help: 'which the values are about; none for macro figures' },
    {
      name: 'series',
      kind: 'text',
      value: 'NAME',
      help: 'name of the series, where the file has one column of values',
    },
    {
      name: 'available-after',
      kind: 'text',
      value: 'STRETCH',
      help: 'how long after its event each value became known, such as 45d; only where the file does not say when',
    },
    ...FILE_FLAGS,
  ],
  examples: [
    'assay data observations import gdp.csv --source fred --series gdp',
    'assay data observations import eps.csv --source mine --symbol AAPL --series eps --available-after 45d',
  ],
  run,
};
