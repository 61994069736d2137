export { chosenInput } from './chosen-input';
export * from './catalog';
export * from './compute-indicator';
export * from './indicator';
export { resolveParameters } from './parameters';
export * from './strategy-json';
