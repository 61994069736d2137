export type { HedgeStream, PairReading } from './hedge-stream';
export { expandingHedge, rollingHedge } from './least-squares-hedge';
export { kalmanHedge } from './kalman-hedge';
