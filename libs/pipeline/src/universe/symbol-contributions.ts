import type { UniverseDocument } from '@assay/contracts';
import { sortedMembers, type Absence, type UniversePanel } from '@assay/domain';
import type { PortfolioResult, PortfolioTrade } from '@assay/quant';

/** What a symbol has made over the scored bars. */
export interface SymbolContribution {
  symbol: string;
  group: string | null;
  /** Part of the total return that is this symbol's, its costs taken off. */
  contribution: number;
  /** The same in currency. */
  pnl: number;
  /** Costs, as a part of the return. */
  costs: number;
  /** Where the account is in another currency than prices: what came of prices and of rates, before costs. */
  byPrice?: number;
  byFx?: number;
  /** Trades that were entered in the scored bars. */
  trades: number;
  barsHeld: number;
  /** Bars at which it is a member and has none. */
  barsMissing: number;
}

interface HeldSymbols {
  barsHeld: Int32Array;
  trades: readonly PortfolioTrade[];
  absences: readonly Absence[];
  /** Currency. */
  capital: number;
  /** See `priceParts`. */
  byPrice?: Float64Array;
}

export function contributionsOf(
  document: UniverseDocument,
  { symbols }: UniversePanel,
  { contribution, costs }: PortfolioResult,
  { barsHeld, trades, absences, capital, byPrice }: HeldSymbols,
): SymbolContribution[] {
  const members = sortedMembers(document);
  const counts = new Map<string, number>();
  for (const { symbol } of trades) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  const missing = new Map<string, number>();
  for (const absence of absences) missing.set(absence.symbol, (missing.get(absence.symbol) ?? 0) + absence.missing);
  return symbols.map((symbol, i) => ({
    symbol,
    group: members[i]!.group ?? null,
    contribution: contribution[i]!,
    pnl: contribution[i]! * capital,
    costs: costs[i]!,
    ...(byPrice ? { byPrice: byPrice[i]!, byFx: contribution[i]! + costs[i]! - byPrice[i]! } : {}),
    trades: counts.get(symbol) ?? 0,
    barsHeld: barsHeld[i]!,
    barsMissing: missing.get(symbol) ?? 0,
  }));
}
