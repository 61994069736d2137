import { ResearchApi, URL_FLAG } from '../api/research-api';
import { fieldsOf, FILE_FLAGS, uploadFile } from '../api/upload-file';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { counted } from '../output/table';
import { fileFlag } from '../input/file-flag';
import type { Command } from './command';

interface Imported {
  news: number;
  inserted: number;
  updated: number;
  unchanged: number;
  recognised: { message: string }[];
  repairs: { message: string }[];
}

const FLAGS = FILE_FLAGS.filter(({ name }) => ['zone', 'columns', 'skip-bad', 'strict'].includes(name));

async function run(args: Args, io: Io): Promise<void> {
  const fields = fieldsOf(args, ['source', 'symbols', ...FLAGS.map(({ name }) => name)]);
  const path = args.text('file');
  const answer = await uploadFile<Imported>(new ResearchApi(args.text('url')), '/data/news/import', path, fields);
  if (args.on('json')) return io.out(toJson(answer));
  for (const { message } of answer.recognised) io.err(`${path}: ${message}\n`);
  for (const { message } of answer.repairs) io.err(`${path}: warning: ${message}\n`);
  const { news, inserted, updated, unchanged } = answer;
  io.out(`${counted(news)} pieces of news: ${inserted} new, ${updated} corrected, ${unchanged} unchanged\n`);
}

export const dataNewsImportCommand: Command = {
  name: 'data news import',
  summary: 'import news from CSV, JSON, RSS or Atom into the research service',
  flags: [
    fileFlag('CSV with a header, JSON, RSS or Atom, plain or in gz or zip; docs/data.md says how columns are called'),
    URL_FLAG,
    { name: 'source', kind: 'text', required: true, help: 'where the news comes from' },
    { name: 'symbols', kind: 'text', value: 'A,B', help: 'of news that names no symbol itself' },
    ...FLAGS,
  ],
  examples: [
    'assay data news import wire.xml --source wire --symbols AAPL',
    'assay data news import news.csv.gz --source mine',
  ],
  run,
};
