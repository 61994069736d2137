export {
  backtestPanel,
  runUniverseBacktest,
  universeLookbackOf,
  type UniverseInput,
  type UniverseOutcome,
} from './run-universe-backtest';
export type { SymbolContribution } from './symbol-contributions';
export { checkedUniverseCell } from './checked-universe-cell';
export { assertUniverseCosts } from './charged-panel';
export { commonColumns } from './common-columns';
export { isSweptUniversePath, SWEPT_UNIVERSE_PARTS } from './swept-universe-path';
export { sweepUniverse, type UniverseSweep, type UniverseSweepInput } from './sweep-universe';
export { ratesOfMembers, type UniverseFx } from './universe-fx';
export { type ResolvedUniverseOptions, type UniverseOptions } from './universe-options';
export {
  universeCpcv,
  universeGates,
  universeWalkForward,
  type OnPanel,
  type UniverseGatesInput,
} from './validate-universe';
