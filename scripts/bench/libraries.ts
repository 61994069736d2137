import * as technical from 'technicalindicators';

/** Bars for a library: arrays as its users have them. */
export interface LibraryBars {
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
}

/** One indicator over all bars by its name in our catalog, with the parameters of `measured`. */
export type LibraryRuns = Readonly<Record<string, (bars: LibraryBars) => unknown>>;

export const technicalIndicators: LibraryRuns = {
  sma: ({ close }) => technical.SMA.calculate({ period: 20, values: close }),
  ema: ({ close }) => technical.EMA.calculate({ period: 20, values: close }),
  rsi: ({ close }) => technical.RSI.calculate({ period: 14, values: close }),
  atr: (bars) => technical.ATR.calculate({ period: 14, ...bars }),
  bollinger: ({ close }) => technical.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }),
  macd: ({ close }) =>
    technical.MACD.calculate({
      values: close,
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    }),
};

/** Loaded on demand: it is an ES module. */
export async function tradingSignals(): Promise<LibraryRuns> {
  const signals = await import('trading-signals');
  const overCloses = (create: () => { update(price: number, replace: boolean): unknown }) => (bars: LibraryBars) => {
    const indicator = create();
    return bars.close.map((price) => indicator.update(price, false));
  };
  return {
    sma: overCloses(() => new signals.SMA(20)),
    ema: overCloses(() => new signals.EMA(20)),
    rsi: overCloses(() => new signals.RSI(14)),
    atr: ({ high, low, close }) => {
      const indicator = new signals.ATR(14);
      return close.map((price, i) => indicator.update({ high: high[i], low: low[i], close: price }, false));
    },
    bollinger: overCloses(() => new signals.BollingerBands(20, 2)),
    macd: overCloses(() => new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9))),
  };
}
