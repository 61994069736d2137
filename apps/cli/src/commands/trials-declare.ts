import { ResearchApi, URL_FLAG } from '../api/research-api';
import { STRATEGY_FLAG, type LedgerSummary } from '../api/trials';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import type { Command } from './command';

async function run(args: Args, io: Io): Promise<void> {
  const body = { strategy_id: args.text('id'), trials: Number(args.text('trials')), reason: args.text('reason') };
  const ledger = await new ResearchApi(args.text('url')).call<LedgerSummary>('POST', '/experiments/outside', body);
  if (args.on('json')) return io.out(toJson(ledger));
  io.out(
    `${ledger.declared_outside} trials are declared as made elsewhere: with the ${ledger.trials} made here the next validation counts ${ledger.counted}\n`,
  );
}

export const trialsDeclareCommand: Command = {
  name: 'trials declare',
  summary:
    'declare how many trials of a strategy were made elsewhere: the gates count them, and the number can only be raised',
  flags: [
    STRATEGY_FLAG,
    URL_FLAG,
    {
      ...{ name: 'trials', kind: 'integer', min: 1, max: 1_000_000, required: true },
      help: 'how many in all, those declared before among them',
    },
    { name: 'reason', kind: 'text', value: 'WORDS', required: true, help: 'what was tried, and where' },
  ],
  examples: ['assay trials declare 01890000-0000-7000-8000-000000000001 --trials 40 --reason "grid in a spreadsheet"'],
  run,
};
