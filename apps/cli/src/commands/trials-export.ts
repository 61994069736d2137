import { download, DOWNLOAD_FLAGS } from '../api/download-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import { STRATEGY_FLAG, TRIAL_FLAGS, trialQuery } from '../api/trials';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const run = (args: Args, io: Io): Promise<number> =>
  download(new ResearchApi(args.text('url')), '/experiments/export', trialQuery(args), args, io);

export const trialsExportCommand: Command = {
  name: 'trials export',
  summary: 'write the trials of the ledger of a strategy to a file of CSV or Parquet, a column a metric',
  flags: [STRATEGY_FLAG, ...DOWNLOAD_FLAGS, URL_FLAG, ...TRIAL_FLAGS],
  examples: ['assay trials export 01890000-0000-7000-8000-000000000001 --to trials.csv'],
  run,
};
