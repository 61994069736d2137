export * from './adjust-bars';
export * from './unadjusted-splits';
