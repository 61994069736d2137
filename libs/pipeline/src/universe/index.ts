export {
  backtestPanel,
  runUniverseBacktest,
  universeLookbackOf,
  type UniverseInput,
  type UniverseOutcome,
} from './run-universe-backtest';
export type { SymbolContribution } from './symbol-contributions';
export { type ResolvedUniverseOptions, type UniverseOptions } from './universe-options';
export {
  universeCpcv,
  universeGates,
  universeWalkForward,
  type OnPanel,
  type UniverseGatesInput,
} from './validate-universe';
