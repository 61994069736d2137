import type { Warning } from '@assay/contracts';

export interface Mapping {
  dataTicker: string;
  brokerTicker: string;
}

/**
 * Which stored symbol the bars of a broker ticker are found under. An explicit ticker beats the mapping: where it is another
 * instrument than the strategy was tested on, its own bars are read and the difference is a warning.
 * `mappings` are those of the deployment's broker and market.
 */
export function resolveDataSymbol(input: {
  ticker: string;
  strategyTicker: string;
  market: string;
  mappings: readonly Mapping[];
}): { dataSymbol: string; warnings: Warning[] } {
  const { ticker, strategyTicker, market, mappings } = input;
  const mapped = mappings.find((m) => m.dataTicker === strategyTicker)?.brokerTicker;
  if (ticker === strategyTicker || ticker === mapped || ticker === `${market}.${strategyTicker}`) {
    return { dataSymbol: strategyTicker, warnings: [] };
  }
  const differs: Warning = {
    code: 'ticker_differs',
    field: 'ticker',
    message: `the strategy was tested on ${strategyTicker}, the deployment trades ${ticker}`,
    strategy_ticker: strategyTicker,
    ticker,
  };
  const reverse = mappings.find((m) => m.brokerTicker === ticker);
  if (reverse) return { dataSymbol: reverse.dataTicker, warnings: [differs] };
  const dataSymbol = ticker.startsWith(`${market}.`) ? ticker.slice(market.length + 1) : ticker;
  const unmapped: Warning = {
    code: 'no_ticker_mapping',
    field: 'ticker',
    message: `no mapping names ${ticker}: its bars are looked up as ${dataSymbol}`,
    data_symbol: dataSymbol,
  };
  return { dataSymbol, warnings: [differs, unmapped] };
}
