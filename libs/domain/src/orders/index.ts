export * from './intent-key';
export * from './order-state';
export { Decimal, roundToLot, toWire } from './quantity';
export * from './target-orders';
export * from './weight-size';
