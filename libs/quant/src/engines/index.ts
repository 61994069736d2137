export * from './types';
export { checkCosts, checkEngineInput, costPerSide } from './check-input';
export { desiredUnits, roundToLot } from './sizing';
export { ReturnsEngine } from './returns-engine';
export { runVectorized } from './vectorized';
export { runEvent } from './event';
export { runEngine, sliceResult } from './run-engine';
export * from './orders';
