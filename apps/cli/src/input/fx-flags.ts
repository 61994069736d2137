import type { FxRates } from '@assay/quant';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blaming } from '../args/usage-error';
import type { Io } from '../output/io';
import { readBarsFile, requireColumns, type BarsFile } from './bars-file';
import { closesOf } from './comparison-flags';
import { WITH_STRATEGY } from './flag-scopes';

const WITH_FX: FlagScope = { text: 'only with --fx', holds: (args) => args.has('fx') };

/** The currency of the account, where it is not the one of the prices. */
export const FX_FLAGS: readonly FlagSpec[] = [
  {
    name: 'fx',
    kind: 'text',
    value: 'FILE',
    help: "bars whose closes turn prices into the account's currency: units of it for one of the prices', as known at each open and close; capital and amounts of costs are the account's",
    scope: WITH_STRATEGY,
  },
  {
    name: 'fx-invert',
    kind: 'switch',
    help: "the rates are units of the prices' currency for one of the account's",
    scope: WITH_FX,
  },
  {
    name: 'fx-max-age',
    kind: 'integer',
    min: 1,
    default: '5',
    help: 'days since its close that a rate may be old',
    scope: WITH_FX,
  },
];

/** What an answer says of the rates that it rests on. */
export interface StatedRates {
  file: string;
  invert: boolean;
  max_age_days: number;
}

/** Nothing where the account is in the currency of the prices. */
export function statedRates(args: Args): { fx?: StatedRates } {
  const file = args.optional('fx');
  if (file === undefined) return {};
  return { fx: { file, invert: args.on('fx-invert'), max_age_days: args.number('fx-max-age') } };
}

/** Reads the rates and puts them beside the bars, both dated. */
export async function fxOf(args: Args, io: Io, file: BarsFile): Promise<{ fx?: FxRates }> {
  const path = args.optional('fx');
  if (path === undefined) return {};
  const { alignFx } = await import('@assay/pipeline');
  requireColumns(file, [{ column: 'date', flag: '--fx' }]);
  const other = await readBarsFile(args, io, undefined, path, 'fx');
  requireColumns(other, [
    { column: 'date', flag: '--fx' },
    { column: 'close', flag: '--fx' },
  ]);
  const market = args.optional('market');
  const [closeMs, known] = [await closesOf(file, market), await closesOf(other, market)];
  const terms = { invert: args.on('fx-invert'), maxAgeDays: args.number('fx-max-age') };
  const rates = { closeMs: known, close: other.bars.close };
  return { fx: blaming(`--fx ${path}`, () => alignFx({ openMs: file.bars.openTimeMs, closeMs }, rates, terms)) };
}
