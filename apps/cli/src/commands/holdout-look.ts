import { HOLDOUT_STRATEGY } from '../api/holdouts';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { shown } from '../output/table';
import type { Command } from './command';

const FAILED = 1;

async function run(args: Args, io: Io): Promise<number> {
  const api = new ResearchApi(args.text('url'));
  const path = `/strategies/${encodeURIComponent(args.text('id'))}/holdout/look`;
  const revision = args.optional('revision');
  const body = revision === undefined ? {} : { revision: Number(revision) };
  const { job_id: id } = await api.call<{ job_id: string }>('POST', path, body);
  const job = await api.ended(id);
  const found = job.result as { from: string; to: string; bars: number; sharpe: number | null } | null;
  if (job.state !== 'completed' || found === null) {
    io.err(
      `the look ${job.state}: ${job.error?.detail ?? 'no reason was given'}; nothing was recorded, ask for it again\n`,
    );
    return FAILED;
  }
  if (args.on('json')) io.out(toJson(found));
  else
    io.out(
      `${found.bars} bars from ${found.from.slice(0, 10)} to ${found.to.slice(0, 10)}: Sharpe ratio ${shown(found.sharpe)}; this was the one look, it is recorded\n`,
    );
  return 0;
}

export const holdoutLookCommand: Command = {
  name: 'holdout look',
  summary: 'look once at the locked bars of a strategy: backtest a version on them and record the result for good',
  flags: [
    HOLDOUT_STRATEGY,
    URL_FLAG,
    { name: 'revision', kind: 'integer', min: 1, value: 'N', help: 'which version; default: the newest' },
  ],
  examples: ['assay holdout look 01890000-0000-7000-8000-000000000001 --revision 3'],
  run,
};
