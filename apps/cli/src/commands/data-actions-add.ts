import { checkActions, type ActionClaim, type ActionKind } from '@assay/market-data/adjustments';
import { ACTIONS_KEY_FLAGS, showChange, type ChangedActions } from '../api/actions';
import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import { toNumber } from '../args/range';
import { blaming, UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import type { Command } from './command';

/** `DATE:VALUE` of each flag of a kind. */
function claimsOf(args: Args, kind: ActionKind): ActionClaim[] {
  return args.all(kind).map((text) => {
    const at = text.indexOf(':');
    const [exDate, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    const number = toNumber(value);
    return {
      ...{ field: `--${kind} ${text}`, dateName: 'ex_date', exDate, kind, availableAt: null },
      value: Number.isNaN(number) ? value : number,
    };
  });
}

async function run(args: Args, io: Io): Promise<void> {
  const claims = [...claimsOf(args, 'split'), ...claimsOf(args, 'dividend')];
  if (claims.length === 0) throw new UsageError('--split or --dividend is required');
  const stated = blaming('assay data actions add', () => checkActions(claims));
  const actions = stated.map(({ exDate: ex_date, kind, value }) => ({ ex_date, kind, value }));
  const body = { source: args.text('source'), symbol: args.text('symbol'), actions };
  const api = new ResearchApi(args.text('url'));
  showChange(args, io, await api.call<ChangedActions>('POST', '/data/actions', body));
}

export const dataActionsAddCommand: Command = {
  name: 'data actions add',
  summary: 'declare splits and dividends of a symbol to the research service, which adjusts its bars anew',
  flags: [
    URL_FLAG,
    ...ACTIONS_KEY_FLAGS,
    {
      name: 'split',
      kind: 'text',
      value: 'DATE:RATIO',
      repeatable: true,
      help: 'ex-date and new shares for an old one: 2020-08-31:4 is four for one, 0.1 one for ten',
    },
    {
      name: 'dividend',
      kind: 'text',
      value: 'DATE:AMOUNT',
      repeatable: true,
      help: 'ex-date and amount per share, as shares are on that date, in the currency of the prices',
    },
  ],
  examples: ['assay data actions add --symbol AAPL --source alpaca --split 2020-08-31:4 --dividend 2020-11-06:0.205'],
  run,
};
