export * from './forward-return';
export * from './return-volatility';
export * from './sequential-bootstrap';
export * from './time-decay';
export * from './triple-barrier';
