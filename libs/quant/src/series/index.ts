export * from './concat-columns';
export * from './missing';
export * from './returns';
export * from './wire';
