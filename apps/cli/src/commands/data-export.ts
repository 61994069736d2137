import { TIMEFRAMES } from '@assay/contracts';
import { DOWNLOAD_FLAGS, download } from '../api/download-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const run = (args: Args, io: Io): Promise<number> =>
  download(
    new ResearchApi(args.text('url')),
    '/data/export',
    {
      symbol: args.text('symbol'),
      timeframe: args.text('timeframe'),
      source: args.optional('source'),
      start: args.optional('start'),
      end: args.optional('end'),
      adjustment: args.optional('adjustment'),
    },
    args,
    io,
  );

export const dataExportCommand: Command = {
  name: 'data export',
  summary: 'write stored bars of the research service to a file that an import reads back bit for bit',
  flags: [
    { name: 'symbol', kind: 'text', value: 'SYMBOL', positional: true, required: true, help: 'whose bars' },
    { name: 'timeframe', kind: 'choice', choices: TIMEFRAMES, required: true, help: 'of the bars' },
    ...DOWNLOAD_FLAGS,
    { name: 'source', kind: 'text', help: 'where the bars came from; asked for where several sources have them' },
    { name: 'start', kind: 'text', value: 'TIME', help: 'first bar, date or ISO-8601 time' },
    { name: 'end', kind: 'text', value: 'TIME', help: 'last bar, date or ISO-8601 time, days included whole' },
    {
      name: 'adjustment',
      kind: 'choice',
      choices: ['none', 'splits', 'adj_close'],
      default: 'none',
      help: 'none: prices as traded; splits, adj_close: as adjusted',
    },
    URL_FLAG,
  ],
  examples: [
    'assay data export SP500 --timeframe 1d --to sp500.parquet',
    'assay data export BTC/USDT --timeframe 1h --start 2024-01-01 --to - | head',
  ],
  run,
};
