import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn } from './in-turn';

describe('inTurn', () => {
  it('begins each item when the one before is done, and keeps their order', async () => {
    let running = 0;
    const seen: number[] = [];
    const doubled = await inTurn([1, 2, 3], async (n) => {
      running += 1;
      seen.push(running);
      await sleep(3 - n);
      running -= 1;
      return n * 2;
    });
    expect([doubled, seen]).toEqual([
      [2, 4, 6],
      [1, 1, 1],
    ]);
  });

  it('stops at the first that fails', async () => {
    const begun: number[] = [];
    const failing = inTurn([1, 2, 3], (n) => {
      begun.push(n);
      return n === 2 ? Promise.reject(new Error('no')) : Promise.resolve(n);
    });
    await expect(failing).rejects.toThrow('no');
    expect(begun).toEqual([1, 2]);
  });
});
