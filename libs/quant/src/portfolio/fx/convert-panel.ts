import type { FxRates } from '../../engines';
import type { PricePanel } from '../types';

/** Rates of each symbol on the bars of the panel; null where its prices are in the account's currency. */
export type PanelRates = readonly (FxRates | null)[];

/** Whether the symbol has a bar there and none before it: nothing is held yet, so its open is no price that anything is traded at. */
export const isFirstBar = (close: Float64Array, cell: number, t: number): boolean =>
  t === 0 || close[cell - 1] !== close[cell - 1];

/**
 * The same market in the account's currency: every price times the rate that was known when it is paid or marked. At the open
 * of a first bar, for which none has to be known, it is that of the close.
 */
export function convertPanel<P extends PricePanel>(panel: P, rates: PanelRates): P {
  const n = panel.openTimeMs.length;
  const close = panel.close.slice();
  const open = panel.open?.slice();
  rates.forEach((of, i) => {
    if (of === null) return;
    for (let t = 0, cell = i * n; t < n; t++, cell++) {
      close[cell] *= of.close[t];
      if (open) open[cell] *= (isFirstBar(panel.close, cell, t) ? of.close : of.open)[t];
    }
  });
  return { ...panel, open, close };
}
