export * from './auth';
export * from './config';
export * from './dto';
export * from './events';
export * from './http';
export * from './jobs';
export * from './problem';
export { Seal } from './sealing';
export * from './versions';
