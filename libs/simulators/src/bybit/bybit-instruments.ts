export type BybitCategory = 'spot' | 'linear';

export interface BybitInstrument {
  category: BybitCategory;
  /** Venue id such as BTCUSDT. */
  symbol: string;
  baseCoin: string;
  quoteCoin: string;
  tickSize: string;
  lotSize: string;
  minOrderQty: string;
  /** Smallest order value in quote coin. */
  minNotional: string;
}

/** An entry of `GET /v5/market/instruments-info` as the venue writes it. */
export function instrumentWire(instrument: BybitInstrument): Record<string, unknown> {
  const { category, symbol, baseCoin, quoteCoin, tickSize, lotSize, minOrderQty, minNotional } = instrument;
  const identity = { symbol, baseCoin, quoteCoin, status: 'Trading' };
  if (category === 'spot') {
    return {
      ...identity,
      innovation: '0',
      marginTrading: 'both',
      lotSizeFilter: {
        basePrecision: lotSize,
        quotePrecision: '0.00000001',
        minOrderQty,
        maxOrderQty: '1000000',
        minOrderAmt: minNotional,
        maxOrderAmt: '10000000',
      },
      priceFilter: { tickSize },
    };
  }
  return {
    ...identity,
    contractType: 'LinearPerpetual',
    launchTime: '1585526400000',
    deliveryTime: '0',
    deliveryFeeRate: '',
    priceScale: String(tickSize.split('.')[1]?.length ?? 0),
    leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
    priceFilter: { minPrice: tickSize, maxPrice: '1999999.80', tickSize },
    lotSizeFilter: {
      maxOrderQty: '1000000',
      minOrderQty,
      qtyStep: lotSize,
      postOnlyMaxOrderQty: '1000000',
      minNotionalValue: minNotional,
    },
    unifiedMarginTrade: true,
    fundingInterval: 480,
    settleCoin: quoteCoin,
  };
}
