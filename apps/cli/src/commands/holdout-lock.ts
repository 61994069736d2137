import { HOLDOUT_STRATEGY, type Holdout } from '../api/holdouts';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';

async function run(args: Args, io: Io): Promise<void> {
  const path = `/strategies/${encodeURIComponent(args.text('id'))}/holdout`;
  const body = { from: args.text('from'), reason: args.optional('reason') };
  const locked = await new ResearchApi(args.text('url')).call<Holdout>('POST', path, body);
  if (args.on('json')) return io.out(toJson(locked));
  io.out(
    `bars of ${locked.symbols.join(', ')} from ${locked.from.slice(0, 10)} on are locked: nothing of yours reads them until assay holdout look\n`,
  );
}

export const holdoutLockCommand: Command = {
  name: 'holdout lock',
  summary: 'lock a final period of the symbols of a strategy until one look; nothing else opens it',
  flags: [
    HOLDOUT_STRATEGY,
    URL_FLAG,
    {
      name: 'from',
      kind: 'text',
      value: 'DATE',
      required: true,
      help: 'first day that is locked, after every bar that was scored',
    },
    { name: 'reason', kind: 'text', value: 'WORDS', help: 'why these bars are kept aside' },
  ],
  examples: ['assay holdout lock 01890000-0000-7000-8000-000000000001 --from 2024-01-01'],
  run,
};
