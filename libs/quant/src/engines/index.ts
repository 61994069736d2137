export * from './types';
export type { ExitReason } from './exit-reason';
export { checkCosts, checkEngineInput, costPerSide } from './check-input';
export { desiredUnits, roundToLot } from './sizing';
export { ReturnsEngine } from './returns-engine';
export { runVectorized } from './vectorized';
export { runEvent } from './event';
export { runEngine, sliceResult } from './run-engine';
export * from './orders';
