export { chosenInput } from './chosen-input';
export * from './catalog';
export * from './compute-indicator';
export * from './indicator';
export { MOST_BARS, resolveParameters } from './parameters';
export * from './strategy-json';
