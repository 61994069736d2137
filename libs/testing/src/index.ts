export * from './processes/program';
export * from './servers/server-process';
export * from './stack/eventually';
export * from './stack/principals';
export * from './stack/set-clock';
export * from './stack/stacks';
export * from './stack/test-database';
export * from './venues/venue-contract';
