import { inspectBarsFile, type FileInspection } from '@assay/market-data/files';
import type { Args } from '../args/parse-args';
import { readFlagFile } from '../input/read-file';
import { READING_FIELDS, READING_FLAGS, readingOptions } from '../input/reading-flags';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';
import { counted } from '../output/table';

/** Problems by the flags that answer them. */
function asFlag(message: string): string {
  const [field] = message.split(' ', 1);
  return Object.hasOwn(READING_FIELDS, field) ? READING_FIELDS[field] + message.slice(field.length) : message;
}

function columnsText({ columns }: FileInspection): string {
  return columns
    .map(({ name, read_as }) => (name === read_as ? name : `${name || '(no name)'} = ${read_as}`))
    .join(', ');
}

/** One line a fact, the values under one another. */
function text(found: FileInspection): string {
  const range = found.first === null ? null : `${found.first} to ${found.last}`;
  const number = (value: number | null): string | null => (value === null ? null : counted(value));
  const facts: [string, string | null][] = [
    ['file', `${found.name}, ${counted(found.bytes)} bytes`],
    ['container', found.containers.join(', then ') || null],
    ['encoding', found.encoding],
    ['format', found.layout === null ? found.format : `${found.format}, as of ${found.layout}`],
    ['delimiter', found.delimiter],
    ['decimals', found.decimal],
    ['columns', columnsText(found) || null],
    ['times', found.time_format],
    ['zone', found.zone],
    ['symbols', found.symbols.join(', ') || null],
    ['spacing', found.spacing],
    ['timeframe', found.timeframe],
    ['range', range],
    ['rows', number(found.rows)],
    ['bars', number(found.bars)],
    ...found.recognised.map(({ message }): [string, string] => ['recognised', message]),
    ...found.repairs.map(({ message }): [string, string] => ['repair', message]),
    ...found.problems.map(({ message }): [string, string] => ['problem', asFlag(message)]),
  ];
  const shown = facts.filter(([, value]) => value !== null);
  const width = Math.max(...shown.map(([label]) => label.length));
  const lines = shown.map(([label, value], i) => {
    const again = i > 0 && shown[i - 1][0] === label;
    return `${(again ? '' : label).padEnd(width)}  ${value}`;
  });
  return `${lines.join('\n')}\n`;
}

async function run(args: Args, io: Io): Promise<void> {
  const path = args.text('file');
  const found = await inspectBarsFile(readFlagFile('FILE', path), { ...readingOptions(args), name: path });
  io.out(args.on('json') ? toJson(found) : text(found));
}

export const dataInspectCommand: Command = {
  name: 'data inspect',
  summary: 'show what is recognised of a file of bars, what would be mended, and why it is refused',
  flags: [
    {
      name: 'file',
      kind: 'text',
      value: 'FILE',
      positional: true,
      required: true,
      help: 'text (CSV and its kin), JSON, Parquet, Arrow or Feather, plain or in gz or zip; docs/data.md lists the formats',
    },
    ...READING_FLAGS.filter(({ name }) => name !== 'market'),
  ],
  examples: [
    'assay data inspect BTCUSDT-1h-2025-01.zip',
    'assay data inspect prices.csv --date-format dd/mm/yyyy --json',
  ],
  run,
};
