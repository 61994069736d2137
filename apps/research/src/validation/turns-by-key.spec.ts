import { TurnsByKey } from './turns-by-key';

const NEVER = new AbortController().signal;

describe('turns by key', () => {
  it('are taken one after the other of one key, side by side of others, after a failure too', async () => {
    const turns = new TurnsByKey();
    const told: string[] = [];
    const work =
      (name: string, fails = false) =>
      async (): Promise<string> => {
        told.push(`${name} begins`);
        await new Promise((done) => setTimeout(done, 5));
        told.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const all = await Promise.allSettled([
      turns.take('a', NEVER, work('1', true)),
      turns.take('a', NEVER, work('2')),
      turns.take('b', NEVER, work('3')),
      turns.take('a', NEVER, work('4')),
    ]);
    expect(all.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message))).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(told.filter((line) => !line.startsWith('3'))).toEqual([
      '1 begins',
      '1 ends',
      '2 begins',
      '2 ends',
      '4 begins',
      '4 ends',
    ]);
    expect(told.indexOf('3 begins')).toBeLessThan(told.indexOf('1 ends'));
  });

  it('are not taken by what was aborted meanwhile, and the next one goes on', async () => {
    const turns = new TurnsByKey();
    const aborted = new AbortController();
    let open = (): void => undefined;
    const first = turns.take('a', NEVER, () => new Promise<void>((done) => (open = done)));
    const second = turns.take('a', aborted.signal, () => Promise.reject(new Error('must not run')));
    const third = turns.take('a', NEVER, () => Promise.resolve('third'));
    await new Promise((done) => setTimeout(done));
    aborted.abort();
    open();
    await first;
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await expect(third).resolves.toBe('third');
  });
});
