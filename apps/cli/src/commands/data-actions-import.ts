import { readActions } from '@assay/market-data/adjustments';
import { ACTIONS_KEY_FLAGS, showChange, type ChangedActions } from '../api/actions';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import { readFlagFile } from '../input/read-file';
import type { Io } from '../output/io';
import { fileFlag } from '../input/file-flag';
import type { Command } from './command';

async function run(args: Args, io: Io): Promise<void> {
  const path = args.text('file');
  const content = readFlagFile('FILE', path).toString('utf8');
  blaming(path, () => readActions(content));
  const body = { source: args.text('source'), symbol: args.text('symbol'), content };
  const api = new ResearchApi(args.text('url'));
  showChange(args, io, await api.call<ChangedActions>('POST', '/data/actions', body));
}

export const dataActionsImportCommand: Command = {
  name: 'data actions import',
  summary: 'declare the splits and dividends of a file to the research service',
  flags: [
    fileFlag(
      'CSV with the header date,kind,value (split: new shares for an old one; dividend: amount per share), or a JSON array of such objects',
    ),
    URL_FLAG,
    ...ACTIONS_KEY_FLAGS,
  ],
  examples: ['assay data actions import actions.csv --symbol AAPL --source alpaca'],
  run,
};
