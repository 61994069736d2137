import type { Job } from './job-api';
import { laterOf } from './later-of';

const job = (progress: number, more: Partial<Job> = {}): Job =>
  ({ id: 'a', state: 'running', attempts: 1, progress, ...more }) as Job;

describe('laterOf', () => {
  const before = job(0.45);

  it('keeps how far a job was where an older answer comes late', () => {
    expect(laterOf(before, job(0.3))).toBe(before);
  });

  it.each<[string, Job]>([
    ['further on', job(0.6)],
    ['as far, with another message', job(0.45, { message: 'fold 3' })],
    ['begun anew', job(0.1, { attempts: 2 })],
    ['over', job(0.3, { state: 'canceled' })],
    ['queued again', job(0, { state: 'queued' })],
  ])('takes one that is %s', (_, next) => {
    expect(laterOf(before, next)).toBe(next);
    expect(laterOf(undefined, next)).toBe(next);
  });
});
