import type { UniverseDocument } from '@assay/contracts';
import type { DatedRates, FxTerms, UniverseFx } from '@assay/pipeline';
import type { FxRates } from '@assay/quant';
import type { FlagScope, FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import { blaming, UsageError } from '../args/usage-error';
import type { Io } from '../output/io';
import { readBarsFile, requireColumns, type BarsFile } from './bars-file';
import { closesOf } from './comparison-flags';
import { WITH_STRATEGY } from './flag-scopes';

/** Of commands that take a universe's; the others have no --fx-rates. */
const WITH_RATES: FlagScope = {
  text: 'only with --fx or --fx-rates',
  holds: (args) => args.has('fx') || args.has('fx-rates'),
};
const WITH_FX: FlagScope = { ...WITH_RATES, text: 'only with --fx' };

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

/** Of a universe whose members are quoted in several currencies, beside `FX_FLAGS`. */
export const UNIVERSE_FX_FLAGS: readonly FlagSpec[] = [
  {
    name: 'fx-rates',
    kind: 'text',
    value: 'CURRENCY=FILE',
    repeatable: true,
    help: 'in place of --fx, of a universe whose members are quoted in several currencies: the rates of each; needs --account-currency',
    scope: WITH_STRATEGY,
  },
  {
    name: 'account-currency',
    kind: 'text',
    value: 'CURRENCY',
    help: 'of the account: members of a universe that are quoted in it are not converted',
    scope: WITH_RATES,
  },
];

/** What an answer says of the rates that it rests on. */
export interface StatedRates {
  file: string;
  invert: boolean;
  max_age_days: number;
  account_currency?: string;
}

/** The same where members of a universe have rates of their own. */
export interface StatedRatesByCurrency extends Omit<StatedRates, 'file'> {
  files: Record<string, string>;
}

/** Nothing where the account is in the currency of the prices. */
export function statedRates(args: Args): { fx?: StatedRates } {
  const file = args.optional('fx');
  if (file === undefined) return {};
  return { fx: { file, invert: args.on('fx-invert'), max_age_days: args.number('fx-max-age') } };
}

/** Reads the rates and puts them beside the bars, both dated. */
export async function fxOf(args: Args, io: Io, file: BarsFile): Promise<{ fx?: FxRates }> {
  for (const flag of ['fx-rates', 'account-currency'])
    if (args.has(flag))
      throw new UsageError(`--${flag} has no effect here: the prices of one symbol are in one currency`);
  const path = args.optional('fx');
  if (path === undefined) return {};
  const { alignFx } = await import('@assay/pipeline');
  requireColumns(file, [{ column: 'date', flag: '--fx' }]);
  const market = args.optional('market');
  const rates = await datedRates(args, io, '--fx', path, market);
  const closeMs = await closesOf(file, market);
  return {
    fx: blaming(`--fx ${path}`, () => alignFx({ openMs: file.bars.openTimeMs, closeMs }, rates, termsOf(args))),
  };
}

const termsOf = (args: Args): FxTerms => ({ invert: args.on('fx-invert'), maxAgeDays: args.number('fx-max-age') });

async function datedRates(args: Args, io: Io, flag: string, path: string, market?: string): Promise<DatedRates> {
  const other = await readBarsFile(args, io, undefined, path, 'fx');
  requireColumns(other, [
    { column: 'date', flag },
    { column: 'close', flag },
  ]);
  return { closeMs: await closesOf(other, market), close: other.bars.close };
}

/** The rates of a universe, by the bars of its panel and the sessions of its market; with what an answer says of them. */
export async function universeFxOf(
  args: Args,
  io: Io,
  document: UniverseDocument,
  panel: BarsFile,
): Promise<{ fx: UniverseFx; stated: StatedRates | StatedRatesByCurrency }> {
  const { market } = document;
  const account = args.optional('account-currency');
  const terms = termsOf(args);
  const asked = ratesAsked(args);
  const rates: UniverseFx['rates'][number][] = [];
  for (const { currency, flag, path } of asked)
    rates.push({ ...(await datedRates(args, io, flag, path, market)), ...terms, currency });
  const { fx } = statedRates(args);
  const told = {
    invert: terms.invert!,
    max_age_days: terms.maxAgeDays!,
    ...(account ? { account_currency: account } : {}),
  };
  const files = Object.fromEntries(asked.map(({ currency, path }) => [currency, path]));
  return {
    fx: { account, rates, openMs: panel.bars.openTimeMs, closeMs: await closesOf(panel, market) },
    stated: fx ? { ...fx, ...told } : { files, ...told },
  };
}

/** One file for all that is converted, or one a currency. */
function ratesAsked(args: Args): { currency?: string; flag: string; path: string }[] {
  const path = args.optional('fx');
  const byCurrency = args.all('fx-rates');
  if (path !== undefined && byCurrency.length > 0)
    throw new UsageError('give one of --fx and --fx-rates, both were given');
  if (path !== undefined) return [{ flag: '--fx', path }];
  args.require('account-currency', 'by --fx-rates');
  const account = args.text('account-currency');
  return byCurrency.map((text, i) => {
    const at = text.indexOf('=');
    const currency = text.slice(0, Math.max(at, 0));
    if (currency === '' || at === text.length - 1)
      throw new UsageError(`--fx-rates must be CURRENCY=FILE, was ${text}`);
    if (currency === account)
      throw new UsageError(`--fx-rates must be of other currencies than the account's, was of ${currency}`);
    if (byCurrency.some((other, k) => k < i && other.startsWith(`${currency}=`)))
      throw new UsageError(`--fx-rates must have each currency once, had ${currency} twice`);
    return { currency, flag: '--fx-rates', path: text.slice(at + 1) };
  });
}
