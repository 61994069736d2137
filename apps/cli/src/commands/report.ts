import { download, downloadFlags } from '../api/download-file';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import { UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import type { Command } from './command';

const FORMATS = ['html', 'json'];
const NOT_FOUND = 404;

/** Ids are unique, so that one says which of the two it is of. @throws UsageError for `--revision` of a backtest, which has its own */
async function pathOf(api: ResearchApi, id: string, revision: string | undefined): Promise<string> {
  const backtest = `/backtests/${encodeURIComponent(id)}`;
  const { status } = await api.ask('GET', backtest);
  if (status === NOT_FOUND) return `/validation/strategies/${encodeURIComponent(id)}/report`;
  // an answer that is no backtest is said as it comes
  if (revision === undefined || status >= 300) return `${backtest}/report`;
  throw new UsageError(`--revision must not be given for a backtest, which is of one revision, was ${revision}`);
}

async function run(args: Args, io: Io): Promise<number> {
  const api = new ResearchApi(args.text('url'));
  const revision = args.optional('revision');
  return download(api, await pathOf(api, args.text('id'), revision), { revision }, args, io, FORMATS);
}

export const reportCommand: Command = {
  name: 'report',
  summary:
    'write the report of a backtest, or of the verdicts on a strategy, to a file: one page to be printed, or JSON',
  flags: [
    {
      ...{ name: 'id', kind: 'text', value: 'ID', positional: true, required: true },
      help: 'of a completed backtest, or of a strategy with a completed validation',
    },
    ...downloadFlags(FORMATS),
    { name: 'revision', kind: 'text', value: 'N', help: 'which revision of a strategy; default: the newest' },
    URL_FLAG,
  ],
  examples: [
    'assay report 01890000-0000-7000-8000-000000000001 --to report.html',
    'assay report 01890000-0000-7000-8000-000000000001 --to report.json',
  ],
  run,
};
