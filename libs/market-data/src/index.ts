export * from './adjustments';
export * from './calendars';
export * from './files';
export * from './imports';
export * from './quality';
export * from './replay';
export * from './resampling';
export * from './store';
