import type { PortfolioInput } from './types';

/**
 * The weight a symbol is held with after bar t is done: what was decided at its close, or at the close before where
 * fills wait for the open; nothing where it has no bar, since what was held was closed at its last one.
 */
export function heldWeights({ weights, panel: { close, openTimeMs }, fill }: PortfolioInput, held: Float64Array): void {
  const n = openTimeMs.length;
  const lag = fill === 'next_open' ? 1 : 0;
  for (let first = 0; first < close.length; first += n) {
    if (lag === 1) held[first] = 0;
    for (let t = lag; t < n; t++) {
      const cell = first + t;
      held[cell] = close[cell] === close[cell] ? weights[cell - lag] : 0;
    }
  }
}
