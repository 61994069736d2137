export { isOutage } from './outage';
export * from './problem.dto';
export * from './problem.filter';
export * from './status-table';
export * from './to-problem';
