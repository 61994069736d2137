import { ResearchApi, URL_FLAG } from '../api/research-api';
import { STRATEGY_FLAG, type EffectiveTrials, type LedgerSummary } from '../api/trials';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { rangeText } from '../output/range-picture';
import { shown, table } from '../output/table';
import type { Command } from './command';

const WHY: Readonly<Record<string, string>> = {
  no_trials: 'nothing was tried yet',
  too_many_trials: 'there are too many trials to compare here, a validation reckons it',
  too_few_common_bars: 'the trials have too few bars in common',
};

async function run(args: Args, io: Io): Promise<void> {
  const api = new ResearchApi(args.text('url'));
  const query = `strategy_id=${encodeURIComponent(args.text('id'))}`;
  const ledger = await api.call<LedgerSummary>('GET', `/experiments/ledger?${query}`);
  const effective = await api.call<EffectiveTrials>('GET', `/experiments/effective?${query}`);
  if (args.on('json')) return io.out(toJson({ ...ledger, effective }));
  io.out(
    `${ledger.counted} trials count: ${ledger.trials} made here, ${ledger.declared_outside} declared as made elsewhere\n`,
  );
  io.out(`all own trials on these bars: ${ledger.owner_trials_on_this_data}\n`);
  io.out(`strategies of the lineage: ${ledger.strategies.map(({ name }) => name).join(', ')}\n`);
  const { range, reason } = effective;
  if (range) {
    io.out(`effective number of trials: ${shown(range[0])} to ${shown(range[1])} of ${ledger.counted}\n`);
    io.out(rangeText(range, ledger.counted));
  } else io.out(`effective number of trials: not known, ${WHY[reason ?? ''] ?? reason ?? 'no reason was given'}\n`);
  if (ledger.timeline.length > 0) {
    const bars = ledger.timeline.map(({ day, trials, total }) => [day, trials, total]);
    io.out(table(['day', 'new trials', 'in all'], bars));
  }
  if (ledger.declarations.length > 0) {
    const declared = ledger.declarations.map(({ created_at, trials, reason: why }) => [created_at, trials, why]);
    io.out(table(['declared', 'made elsewhere in all', 'reason'], declared));
  }
  io.out(`${ledger.scope}\n`);
}

export const trialsShowCommand: Command = {
  name: 'trials show',
  summary: 'say what the ledger of a strategy counts, when it was tried and how many trials it amounts to',
  flags: [STRATEGY_FLAG, URL_FLAG],
  examples: ['assay trials show 01890000-0000-7000-8000-000000000001'],
  run,
};
