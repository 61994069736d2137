interface Held {
  ticker: string;
  currency: string;
  market_value: string | null;
  profit_today: string | null;
  profit_total: string | null;
  replay?: unknown;
  position: { qty: string };
}
export interface SymbolExposure {
  symbol: string;
  /** Long less short. */
  net: number;
  /** Long and short together. */
  gross: number;
  deployments: number;
}
export interface Exposure {
  currency: string;
  /** The largest first; those that are flat are left out. */
  symbols: SymbolExposure[];
  net: number;
  gross: number;
  /** Symbols that are held without a known price: not in the sums. */
  unknown: string[];
}

/** What deployments that trade in our time hold at the price of their newest decision, each currency by itself. */
export function exposuresOf(deployments: readonly Held[]): Exposure[] {
  const trading = deployments.filter(({ replay }) => replay === undefined);
  const currencies = [...new Set(trading.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const bySymbol = new Map<string, SymbolExposure>();
    const unknown = new Set<string>();
    for (const { ticker, market_value: value } of trading.filter((one) => one.currency === currency)) {
      if (value === null) {
        unknown.add(ticker);
        continue;
      }
      const amount = Number(value);
      if (amount === 0) continue;
      const known = bySymbol.get(ticker) ?? { symbol: ticker, net: 0, gross: 0, deployments: 0 };
      known.net += amount;
      known.gross += Math.abs(amount);
      known.deployments += 1;
      bySymbol.set(ticker, known);
    }
    const symbols = [...bySymbol.values()].sort((a, b) => b.gross - a.gross);
    return {
      currency,
      symbols,
      net: symbols.reduce((sum, one) => sum + one.net, 0),
      gross: symbols.reduce((sum, one) => sum + one.gross, 0),
      unknown: [...unknown].sort(),
    };
  });
}
