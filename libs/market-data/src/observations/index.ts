export { byAvailability, type Observations } from './observations';
export { pointInTimeJoin } from './point-in-time-join';
export { readObservations, type ReadObservations } from './read-observations';
export type { ObservationReadOptions } from './observation-options';
export { stretchOf } from './stretch';
