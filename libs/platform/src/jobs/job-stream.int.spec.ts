import type { AddressInfo } from 'node:net';
import * as testing from '@assay/testing';
import { Injectable } from '@nestjs/common';
import { JobStack } from '../fixtures/job-stack';
import type { JobContext, JobRunner } from './job-handler';
import { handles } from '../fixtures/handles';

const { describeOnStacks, eventually } = testing;

/** What ends the run of a job, by its id. */
const ends = new Map<string, () => void>();

@handles('deployment.run')
@Injectable()
class Held implements JobRunner<unknown, null> {
  run({ jobId }: JobContext): Promise<null> {
    return new Promise((resolve) => ends.set(jobId, () => resolve(null)));
  }
}

@handles('deployment.replay')
@Injectable()
class Replay extends Held {}

@handles('reconcile')
@Injectable()
class Reconcile extends Held {}

describeOnStacks('the stream of a job', (stack) => {
  const jobs = new JobStack(testing, stack, [Held, Replay, Reconcile]);
  let port: number;

  beforeAll(async () => {
    await jobs.start();
    await jobs.http.listen(0, '127.0.0.1');
    port = (jobs.http.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(() => jobs.close());

  const auth = (method: 'POST' | 'DELETE', path: string, payload?: object) =>
    jobs.http.inject({ method, url: `/api/v1/auth/keys${path}`, headers: jobs.owner.headers, payload });

  /** Reads the stream as it comes. */
  async function open(id: string, { headers } = jobs.owner) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/jobs/${id}/stream`, { headers });
    const seen = { type: answer.headers.get('content-type'), text: '', ended: false };
    const read = async (): Promise<void> => {
      for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) seen.text += chunk;
      seen.ended = true;
    };
    void read().catch((error: Error) => (seen.text += error.message));
    await eventually('the first event', () => seen.text.includes('event: running'));
    return seen;
  }

  async function held(): Promise<string> {
    const id = await jobs.submit('deployment.run', {});
    await eventually('the handler', () => ends.has(id));
    return id;
  }

  it('has every change until the end, and ends with the job', async () => {
    const id = await held();
    const stream = await open(id);
    ends.get(id)!();
    await eventually('its end', () => stream.ended);
    expect(stream.type).toContain('text/event-stream');
    expect(stream.text.match(/^event: \w+/gm)).toEqual(['event: running', 'event: completed']);
  });

  it('ends with the key that it was opened with, and no other does', async () => {
    const made = (await auth('POST', '', { name: 'watcher', scopes: ['trade:read'] })).json<{
      id: string;
      key: string;
    }>();
    const id = await held();
    const watched = await open(id, { ...jobs.owner, headers: { authorization: `Bearer ${made.key}` } });
    const other = await open(id);
    expect((await auth('DELETE', `/${made.id}`)).statusCode).toBe(204);
    await eventually('the end of the stream of the revoked key', () => watched.ended);
    expect([(await jobs.job(id)).state, other.ended]).toEqual(['running', false]);
    ends.get(id)!();
    await eventually('the end of the other', () => other.ended);
    expect([watched, other].map(({ text }) => text.includes('event: completed'))).toEqual([false, true]);
  });
});
