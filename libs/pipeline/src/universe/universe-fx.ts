import type { UniverseDocument } from '@assay/contracts';
import { sortedMembers, type UniversePanel } from '@assay/domain';
import { invalidField } from '@assay/primitives';
import { isFirstBar, type PanelRates } from '@assay/quant';
import { RatesOnBars, type DatedRates, type FxTerms } from '../backtest';

/** What turns the prices of a universe into the currency of one account. */
export interface UniverseFx {
  /** Members that are quoted in it are not converted; absent: all are. */
  account?: string;
  /** Those without a currency are of all that is converted, and are alone then. */
  rates: readonly (DatedRates & FxTerms & { currency?: string })[];
  /** When each bar of the panel opens and closes. */
  openMs: Float64Array;
  closeMs: Float64Array;
}

/**
 * Which of the rates turns the prices of each member, in the order of symbols: its place among them, -1 where none has to.
 * @throws DomainError `validation_failed` naming the symbol whose currency is not stated, or has no rates
 */
export function ratesOfMembers(
  document: Pick<UniverseDocument, 'universe'>,
  { account, rates }: { account?: string; rates: readonly { currency?: string }[] },
): number[] {
  const members = sortedMembers(document);
  const ofAll = rates.length === 1 && rates[0]!.currency === undefined;
  const foreign = members.filter(({ currency }) => currency === undefined || currency !== account);
  const first = foreign.find(({ currency }) => currency !== undefined);
  return members.map(({ symbol, currency }) => {
    if (currency !== undefined && currency === account) return -1;
    if (ofAll) {
      if (currency === undefined || currency === first!.currency) return 0;
      const message = `fx must be of one currency, had members in ${first!.currency} (${first!.symbol}) and in ${currency} (${symbol}): give rates by currency`;
      throw invalidField('fx', 'one_currency', currency, message);
    }
    const known = rates.map((one) => one.currency).join(', ') || 'none';
    if (currency === undefined) {
      const message = `currency of ${symbol} must be stated in the universe where rates are given by currency (${known}), was missing`;
      throw invalidField('fx_rates', 'currency_of_symbol', symbol, message);
    }
    const found = rates.findIndex((one) => one.currency === currency);
    if (found >= 0) return found;
    const message = `fx_rates must have rates of ${currency}, which ${symbol} is quoted in, had ${known}`;
    throw invalidField('fx_rates', 'currency_of_symbol', currency, message);
  });
}

/**
 * The rates of each symbol of the panel: the last that was known at each of its opens and closes. Where it has no bar none has
 * to be known, and at the open of a first bar none either, as nothing is traded there.
 * @throws DomainError `validation_failed` naming symbol, date and rule for one that is missing or too old, and as `ratesOfMembers`
 */
export function panelRates(
  document: Pick<UniverseDocument, 'universe'>,
  { symbols, series, close, openTimeMs }: UniversePanel,
  fx: UniverseFx,
): PanelRates {
  const n = openTimeMs.length;
  const aligned = fx.rates.map((one) => new RatesOnBars(fx, one, one));
  return ratesOfMembers(document, fx).map((at, i) => {
    if (at < 0 || series[i] === null) return null;
    const of = aligned[at]!;
    const whose = `fx of ${symbols[i]}`;
    for (let t = 0, cell = i * n; t < n; t++, cell++) {
      if (close[cell] !== close[cell]) continue;
      if (!isFirstBar(close, cell, t)) of.check(t, 'open', whose);
      of.check(t, 'close', whose);
    }
    return { open: of.open, close: of.close };
  });
}
