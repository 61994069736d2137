export * from './synthetic';
export * from './bybit';
