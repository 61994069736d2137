import { DOWNLOAD_FLAGS, download } from '../api/download-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const run = (args: Args, io: Io): Promise<number> => {
  const path = `/models/${encodeURIComponent(args.text('id'))}/folds`;
  return download(new ResearchApi(args.text('url')), path, {}, args, io);
};

export const exportModelCommand: Command = {
  name: 'export model',
  summary: 'write how the newest fit of a model was judged, fold by fold, to a file',
  flags: [
    { name: 'id', kind: 'text', value: 'ID', positional: true, required: true, help: 'of the model' },
    ...DOWNLOAD_FLAGS,
    URL_FLAG,
  ],
  examples: ['assay export model 01890000-0000-7000-8000-000000000001 --to folds.csv'],
  run,
};
