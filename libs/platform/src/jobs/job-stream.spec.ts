import { EventEmitter } from 'node:events';
import type { JobDocument } from '@assay/contracts';
import { EventStreams, MOST_STREAMS } from '../http/event-streams';
import { streamJob, type StreamTimes } from './job-stream';

const TIMES: StreamTimes = { pollMs: 5, recheckMs: 10, heartbeatMs: 10, stallMs: 30 };
const job = (state: string, progress = 0): JobDocument => ({ id: 'j', state, progress }) as JobDocument;

/** The raw answer, taking what is written or not. */
class Reader extends EventEmitter {
  readonly written: string[] = [];
  takes = true;
  ended = false;
  destroyed = false;
  writeHead(): void {}
  write(text: string): boolean {
    this.written.push(text);
    return this.takes;
  }
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

interface Circumstances {
  reader?: Reader;
  isAllowed?: () => boolean;
  times?: Partial<StreamTimes>;
}

function open(read: () => JobDocument, { reader = new Reader(), isAllowed = () => true, times }: Circumstances = {}) {
  const reply = { hijack: () => undefined, getHeaders: () => ({}), raw: reader, request: {} };
  const source = {
    read: () => Promise.resolve(read()),
    watch: () => () => undefined,
    isAllowed: () => Promise.resolve(isAllowed()),
  };
  return { reader, done: streamJob(reply as never, read(), source, { ...TIMES, ...times }) };
}

const events = ({ written }: Reader): string[] => written.filter((text) => text.startsWith('event:'));

describe('a stream of a job', () => {
  it('writes each state once, and something in between, and ends with the job', async () => {
    let reads = 0;
    const { reader, done } = open(() => job((reads += 1) < 12 ? 'running' : 'completed'));
    await done;
    expect(events(reader).map((text) => text.split('\n')[0])).toEqual(['event: running', 'event: completed']);
    expect(reader.written).toContain(': still here\n\n');
    expect(reader.ended).toBe(true);
  });

  it('ends when its credential does', async () => {
    const { reader, done } = open(() => job('running'), { isAllowed: () => false });
    await done;
    expect([reader.ended, events(reader).length]).toEqual([true, 1]);
  });

  it('is over at once for who left before it began', async () => {
    const reader = new Reader();
    reader.destroyed = true;
    await open(() => job('running'), { reader }).done;
    expect([reader.ended, reader.written]).toEqual([true, []]);
  });

  it('writes nothing more to who takes nothing, and cuts him off', async () => {
    const reader = new Reader();
    reader.takes = false;
    let progress = 0;
    const { done } = open(() => job('running', (progress += 0.01)), { reader });
    await done;
    expect([reader.destroyed, reader.written.length]).toEqual([true, 1]);
  });

  it('goes on with the newest state once it is taken', async () => {
    const reader = new Reader();
    reader.takes = false;
    let progress = 0;
    const { done } = open(() => job((progress += 1) < 20 ? 'running' : 'completed', progress), {
      reader,
      times: { stallMs: 60_000 },
    });
    reader.takes = true;
    setTimeout(() => reader.emit('drain'), 10);
    await done;
    expect([reader.destroyed, events(reader).at(-1)?.startsWith('event: completed')]).toEqual([false, true]);
  });
});

describe('the streams of a process', () => {
  it('are so many for a user and so many in all, and an end counts once', () => {
    const streams = new EventStreams();
    const ends = Array.from({ length: MOST_STREAMS.user }, () => streams.open('a'));
    expect(() => streams.open('a')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
    ends[0]!();
    ends[0]!();
    streams.open('a');
    expect(() => streams.open('a')).toThrow('open streams of one user must be at most 20');
    for (let n = MOST_STREAMS.user; n < MOST_STREAMS.process; n += 1) streams.open(`user ${n}`);
    expect(() => streams.open('b')).toThrow(expect.objectContaining({ code: 'overloaded' }));
  });
});
