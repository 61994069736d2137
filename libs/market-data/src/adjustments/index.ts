export * from './adjust-bars';
