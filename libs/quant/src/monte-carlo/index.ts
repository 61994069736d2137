export * from './draws';
export { delayed, withMissedFills } from './late-orders';
export { hasOtherTimings, randomTimer } from './random-timing';
export { tradeShuffler } from './reordered-trades';
export { resampleBars, type PriceColumns } from './resampled-bars';
