import type { JobResult, ReconcilePayload, ReplayDeploymentPayload, RunDeploymentPayload } from '@assay/contracts';
import { newId } from '@assay/primitives/ids';
import * as testing from '@assay/testing';
import { Injectable } from '@nestjs/common';
import { JobStack } from '../fixtures/job-stack';
import { JobHandler, type JobContext, type JobRunner } from './job-handler';

const { describeOnStacks } = testing;
const given: unknown[] = [];

@JobHandler('deployment.run')
@Injectable()
class Run implements JobRunner<RunDeploymentPayload, JobResult<'deployment.run'>> {
  run({ payload }: JobContext<RunDeploymentPayload>): Promise<JobResult<'deployment.run'>> {
    given.push(payload);
    const { deployment_id } = payload;
    return Promise.resolve({ deployment_id, outcome: 'sent_due', bar_close_time: null, intents: 0, sent: 0 });
  }
}

@JobHandler('deployment.replay')
@Injectable()
class Replay implements JobRunner<ReplayDeploymentPayload, JobResult<'deployment.replay'>> {
  run({ payload }: JobContext<ReplayDeploymentPayload>): Promise<JobResult<'deployment.replay'>> {
    return Promise.resolve({ ...payload, state: 'completed' });
  }
}

@JobHandler('reconcile')
@Injectable()
class Reconcile implements JobRunner<ReconcilePayload, JobResult<'reconcile'>> {
  run({ payload }: JobContext<ReconcilePayload>): Promise<JobResult<'reconcile'>> {
    given.push(payload);
    return Promise.resolve({ deployments: 0, drifted: 0 });
  }
}

describeOnStacks('the payload of a job', (stack) => {
  const jobs = new JobStack(testing, stack, [Run, Replay, Reconcile]);
  const { inState, submit } = jobs;

  beforeAll(() => jobs.start());
  afterAll(() => jobs.close());
  beforeEach(() => {
    given.length = 0;
  });

  it('is handed to its handler as it was submitted', async () => {
    const payload = { deployment_id: newId(), trigger: 'manual' };
    await inState(await submit('deployment.run', payload), 'completed');
    await inState(await submit('reconcile', {}), 'completed');
    expect(given).toEqual([payload, {}]);
  });

  it('that does not fit its kind ends the job as failed at once, with every field, rule and value', async () => {
    const id = await submit('deployment.run', { deployment_id: 'x', trigger: 'now', force: true });
    const { error, attempts } = await inState(id, 'failed', 'completed');
    expect(attempts).toBe(1);
    expect(error).toMatchObject({
      code: 'validation_failed',
      errors: [
        { field: 'payload.deployment_id', rule: 'format', value: 'x' },
        {
          field: 'payload.trigger',
          rule: 'enum',
          value: 'now',
          message: 'payload.trigger must be one of bar, manual, send, was "now"',
        },
        { field: 'payload.force', rule: 'unknown_field', value: true },
      ],
    });
    expect(given).toEqual([]);
  });
});
