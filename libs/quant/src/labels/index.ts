export * from './forward-return';
export * from './triple-barrier';
