export * from './bars';
export * from './broker';
export * from './calendar';
export * from './clock';
