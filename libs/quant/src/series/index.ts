export * from './concat-columns';
export * from './bar-range';
export * from './missing';
export * from './returns';
export * from './wire';
