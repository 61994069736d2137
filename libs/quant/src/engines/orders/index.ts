export * from './types';
export { simulateOrders } from './simulate-orders';
