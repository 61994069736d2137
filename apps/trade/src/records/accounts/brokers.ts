/** Brokers that a deployment may name, as the documents spell them. A paper deployment trades at the paper venue under any of them. */
export const BROKERS = ['PAPER', 'FUTU', 'BYBIT', 'BINANCE', 'OKX', 'HYPERLIQUID', 'ALPACA'] as const;
