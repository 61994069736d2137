export * from './job-document';
export * from './job-handler';
export * from './job.dto';
export * from './jobs';
export * from './jobs.module';
export { nextTick, Schedules } from './schedules';
export type { NewSchedule } from './schedules';
