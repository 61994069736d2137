export * from './action-factors';
export * from './adjust-bars';
export * from './check-actions';
export * from './corporate-action';
export * from './factor-steps';
export * from './place-actions';
export * from './read-actions';
export * from './unadjusted-splits';
