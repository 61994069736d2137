export * from './intent-key';
export * from './order-state';
export { roundToLot } from './quantity';
export * from './target-orders';
export * from './weight-size';
