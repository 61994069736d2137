import { download, downloadFlags } from '../api/download-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const FORMATS = ['html', 'json'];

const run = (args: Args, io: Io): Promise<number> => {
  const path = `/validation/strategies/${encodeURIComponent(args.text('id'))}/report`;
  return download(new ResearchApi(args.text('url')), path, { revision: args.optional('revision') }, args, io, FORMATS);
};

export const exportValidationCommand: Command = {
  name: 'export validation',
  summary: 'write the verdicts on a strategy with all that they rest on to a file: one page to be printed, or JSON',
  flags: [
    { name: 'id', kind: 'text', value: 'ID', positional: true, required: true, help: 'of the strategy' },
    ...downloadFlags(FORMATS),
    { name: 'revision', kind: 'text', value: 'N', help: 'which revision of it; default: the newest' },
    URL_FLAG,
  ],
  examples: ['assay export validation 01890000-0000-7000-8000-000000000001 --to report.html'],
  run,
};
