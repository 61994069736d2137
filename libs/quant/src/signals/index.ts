export * from './combine';
export * from './signal-functions';
