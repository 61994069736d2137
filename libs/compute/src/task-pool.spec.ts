import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDomainError } from '@assay/primitives';
import { TaskPool, WorkerCrashed } from './task-pool';

const built = resolve(__dirname, '../../../dist/libs/compute/src/index.js');
const ENTRY = `
  const { serveTasks } = require(${JSON.stringify(built)});
  const kept = Float64Array.of(1, 2, 3);
  serveTasks({
    square: ({ from, to }) => Float64Array.from({ length: to - from }, (_, i) => (from + i) ** 2),
    steps: (count, report) => { for (let i = 1; i <= count; i++) report(i / count, 'step ' + i); return count; },
    sum: ({ column }) => column.reduce((a, b) => a + b, 0),
    kept: () => ({ kept }),
    refuse: () => { throw Object.assign(new Error('window must be at least 2, was 1'), { name: 'DomainError', code: 'validation_failed', errors: [{ field: 'window' }] }); },
    spin: () => { for (;;); },
    crash: () => process.exit(3),
    unclonable: () => () => 1,
    thread: () => require('node:worker_threads').threadId,
  });
`;

describe('task pool', () => {
  let directory: string;
  let pool: TaskPool;

  beforeAll(async () => {
    if (!existsSync(built)) throw new Error('worker threads load the built code; run: node scripts/build.mjs');
    directory = await mkdtemp(join(tmpdir(), 'assay-pool-'));
    await writeFile(join(directory, 'entry.js'), ENTRY);
    pool = new TaskPool({ entry: join(directory, 'entry.js'), threads: 2 });
  });
  afterAll(async () => {
    await pool.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('returns shards in order, the same for every number of shards', async () => {
    const join = async (shards: number): Promise<number[]> => {
      const parts = await pool.runSharded<Float64Array>('square', 11, ([from, to]) => ({ from, to }), { shards });
      return parts.flatMap((part) => [...part]);
    };
    const expected = Array.from({ length: 11 }, (_, i) => i * i);
    expect(await join(1)).toEqual(expected);
    expect(await join(2)).toEqual(expected);
    expect(await join(7)).toEqual(expected);
  });

  it('hands memory over where it is told to, and copies it otherwise', async () => {
    const [copied, given] = [Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3)];
    expect(await pool.run('sum', { column: copied })).toBe(6);
    expect(await pool.run('sum', { column: given }, { transfer: [given.buffer] })).toBe(6);
    expect([copied.length, given.length]).toEqual([3, 0]);
  });

  it('reports progress', async () => {
    const seen: [number, string | undefined][] = [];
    await pool.run('steps', 4, { onProgress: (fraction, message) => seen.push([fraction, message]) });
    expect(seen).toEqual([
      [0.25, 'step 1'],
      [0.5, 'step 2'],
      [0.75, 'step 3'],
      [1, 'step 4'],
    ]);
  });

  it('hands over shared columns', async () => {
    const column = new Float64Array(new SharedArrayBuffer(16));
    column.set([1.5, 2]);
    expect(await pool.run('sum', { column })).toBe(3.5);
  });

  it('leaves a result with the thread that made it', async () => {
    const single = new TaskPool({ entry: join(directory, 'entry.js'), threads: 1 });
    for (let call = 0; call < 3; call++)
      expect(await single.run('kept', null)).toEqual({ kept: Float64Array.of(1, 2, 3) });
    await single.close();
  });

  it('keeps name, code and fields of a refusal, which stays one', async () => {
    const error = await pool.run('refuse', null).catch((thrown: unknown) => thrown);
    expect(isDomainError(error)).toBe(true);
    expect(error).toMatchObject({
      name: 'DomainError',
      code: 'validation_failed',
      message: 'window must be at least 2, was 1',
      errors: [{ field: 'window' }],
    });
  });

  it('refuses a task it does not have, by name', async () => {
    await expect(pool.run('cube', 2)).rejects.toThrow('was cube');
  });

  it('rejects payloads and results that cannot travel, and goes on', async () => {
    await expect(pool.run('sum', { column: () => 1 })).rejects.toThrow('could not be cloned');
    await expect(pool.run('unclonable', null)).rejects.toThrow('could not be cloned');
    expect(await pool.run('steps', 1)).toBe(1);
  });

  it('tells a lost thread from a failed task and starts another', async () => {
    await expect(pool.run('crash', null)).rejects.toBeInstanceOf(WorkerCrashed);
    expect(await pool.run('steps', 1)).toBe(1);
  });

  it('ends a running task when it is aborted, and never starts a waiting one', async () => {
    const controller = new AbortController();
    const spinning = [1, 2, 3].map(() => pool.run('spin', null, { signal: controller.signal }));
    controller.abort();
    for (const task of spinning) await expect(task).rejects.toMatchObject({ name: 'AbortError' });
    expect(await pool.run('steps', 1)).toBe(1);
  });

  it('runs on no more threads than asked', async () => {
    const ids = new Set(await Promise.all(Array.from({ length: 6 }, () => pool.run<number>('thread', null))));
    expect(ids.size).toBeLessThanOrEqual(2);
  });

  it('rejects what is under way when it closes', async () => {
    const other = new TaskPool({ entry: join(directory, 'entry.js'), threads: 1 });
    const tasks = [other.run('spin', null), other.run('steps', 1)];
    const settled = Promise.allSettled(tasks);
    await other.close();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(other.run('steps', 1)).rejects.toThrow('closed');
  });

  it('refuses a thread count that is no whole number above zero', () => {
    expect(() => new TaskPool({ entry: 'x', threads: 0 })).toThrow('was 0');
  });
});
