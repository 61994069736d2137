export * from './expected-version';
export * from './update-versioned';
