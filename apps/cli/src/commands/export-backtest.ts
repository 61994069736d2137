import { DOWNLOAD_FLAGS, download } from '../api/download-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const run = (args: Args, io: Io): Promise<number> => {
  const path = `/backtests/${encodeURIComponent(args.text('id'))}/${args.text('what')}`;
  return download(new ResearchApi(args.text('url')), path, {}, args, io);
};

export const exportBacktestCommand: Command = {
  name: 'export backtest',
  summary: 'write what a completed backtest of the research service found to a file',
  flags: [
    { name: 'id', kind: 'text', value: 'ID', positional: true, required: true, help: 'of the backtest' },
    {
      name: 'what',
      kind: 'choice',
      choices: ['equity-curve', 'trades', 'drawdowns', 'worst-bars', 'calendar-returns', 'rolling', 'intervals', 'stress', 'monte-carlo', 'signals', 'contributions'], // prettier-ignore
      required: true,
      help: 'which of its tables; contributions are of a universe',
    },
    ...DOWNLOAD_FLAGS,
    URL_FLAG,
  ],
  examples: ['assay export backtest 01890000-0000-7000-8000-000000000001 --what trades --to trades.parquet'],
  run,
};
