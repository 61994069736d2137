export * from './samples';
export * from './synthetic';
export * from './bybit';
export * from './csv-source';
