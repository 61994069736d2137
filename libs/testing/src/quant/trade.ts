import type { Trade } from '@assay/quant';

/** A long trade with a net return; open where `exitIndex` is -1. */
export const trade = (netReturn: number, exitIndex = 5): Trade => ({
  side: 'long',
  entryIndex: 1,
  exitIndex,
  entryPrice: 100,
  exitPrice: 100,
  quantity: 1,
  grossReturn: netReturn,
  netReturn,
  fees: 0,
  barsHeld: 4,
  mae: 0,
  mfe: 0,
  reason: 'signal',
});
