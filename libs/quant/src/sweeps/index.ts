export type { SegmentBooks } from '../kernels/segment-books';
export * from './shard-cells';
export { mergeSweep, planSweep, sweepPart, type SweepPart, type SweepPlan } from './sweep-parts';
export * from './sweep-result';
export * from './sweep-template';
export * from './template-targets';
export * from './templates';
