import type { JobState } from '../../jobs/job-api';

export const JOB_STATES = ['queued', 'running', 'completed', 'failed', 'canceled'] as const satisfies JobState[];
