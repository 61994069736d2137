export type { SegmentBooks } from '../kernels/segment-books';
export * from './analysis/cell-grid';
export * from './analysis/plateau-scores';
export * from './analysis/result-matrix';
export * from './analysis/idle-cells';
export * from './analysis/top-cells';
export * from './search/cell-search';
export * from './search/create-cell-search';
export { TPE_BATCH } from './search/tpe-search';
export * from './shard-cells';
export { mergeSweep, planSweep, sweepPart, type SweepPart, type SweepPlan } from './sweep-parts';
export * from './sweep-result';
export * from './sweep-template';
export { hasSweptWindows, sweepWindows } from './sweep-windows';
export { type Protection, runTemplateOrders } from './template-orders';
export * from './template-targets';
export {
  isProtected,
  type ProtectionAxis,
  protectionAxes,
  type ProtectionGrid,
  readsBars,
  type SweepBars,
} from './template-protection';
export * from './templates';
