import { DOWNLOAD_FLAGS, download } from '../api/download-file';
import { ResearchApi, SERVICES, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

const run = (args: Args, io: Io): Promise<number> => {
  const path = `/deployments/${encodeURIComponent(args.text('id'))}/${args.text('what')}/export`;
  const span = { from: args.optional('start'), to: args.optional('end') };
  return download(new ResearchApi(args.text('url'), process.env, SERVICES.trade.prefix), path, span, args, io);
};

export const exportDeploymentCommand: Command = {
  name: 'export deployment',
  summary: 'write a log of a deployment of the trade service to a file, all rows of it',
  flags: [
    { name: 'id', kind: 'text', value: 'ID', positional: true, required: true, help: 'of the deployment' },
    {
      name: 'what',
      kind: 'choice',
      choices: ['trades', 'signals', 'runs', 'orders', 'fills'],
      required: true,
      help: 'which of its logs',
    },
    ...DOWNLOAD_FLAGS,
    { name: 'start', kind: 'text', value: 'TIME', help: 'rows at or after this ISO-8601 time' },
    { name: 'end', kind: 'text', value: 'TIME', help: 'rows at or before it' },
    {
      ...URL_FLAG,
      default: SERVICES.trade.url,
      help: 'where the trade service answers, or ASSAY_TRADE_URL; its key is read from ASSAY_API_KEY',
    },
  ],
  examples: ['assay export deployment 01890000-0000-7000-8000-000000000001 --what fills --to fills.csv'],
  run,
};
