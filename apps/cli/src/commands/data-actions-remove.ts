import { showChange, type ChangedActions } from '../api/actions';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import type { Command } from './command';

async function run(args: Args, io: Io): Promise<void> {
  const path = `/data/actions/${encodeURIComponent(args.text('id'))}`;
  showChange(args, io, await new ResearchApi(args.text('url')).call<ChangedActions>('DELETE', path));
}

export const dataActionsRemoveCommand: Command = {
  name: 'data actions remove',
  summary: 'take a declared split or dividend back',
  flags: [
    {
      name: 'id',
      kind: 'text',
      value: 'ID',
      positional: true,
      required: true,
      help: 'of the action, as data actions list shows it',
    },
    URL_FLAG,
  ],
  examples: ['assay data actions remove 0193758c-5a00-7000-8000-000000000001'],
  run,
};
