import { syntheticBars } from '../fixtures/bars';
import { StageCache } from '.';

describe('stage cache', () => {
  const column = (length: number) => (): Float64Array => new Float64Array(length);
  const never = (): never => {
    throw new Error('it must be known');
  };

  it('makes a result once, a null too', () => {
    const cache = new StageCache();
    const first = cache.of('a', column(10));
    expect(cache.of('a', never)).toBe(first);
    expect(cache.of('nothing', () => null)).toBeNull();
    expect(cache.of('nothing', never)).toBeNull();
  });

  it('drops what was not used for longest when the bytes are used up', () => {
    const cache = new StageCache(3 * 802);
    for (const key of ['a', 'b', 'c']) cache.of(key, column(100));
    expect(cache.bytes).toBe(3 * 802);
    cache.of('a', never);
    cache.of('d', column(100));
    expect(cache.bytes).toBe(3 * 802);
    for (const key of ['a', 'c', 'd']) cache.of(key, never);
    expect(() => cache.of('b', never)).toThrow('must be known');
  });

  it('counts the arrays inside a result, and the whole buffer behind a view', () => {
    const cache = new StageCache();
    cache.of('x', () => ({ rows: new Float64Array(100).subarray(0, 3), labels: [new Uint8Array(50)], count: 3 }));
    expect(cache.bytes).toBe(800 + 50 + 8 + 2);
  });

  it('hands through what is larger than all it may keep', () => {
    const cache = new StageCache(100);
    expect(cache.of('a', column(100)).length).toBe(100);
    expect(cache.bytes).toBe(0);
  });

  it('keeps nothing in no bytes', () => {
    const cache = new StageCache(0);
    expect([cache.of('a', () => 1), cache.of('a', () => 2), cache.bytes]).toEqual([1, 2, 0]);
  });

  it('keeps the results of different bars apart, and knows the same bars again', () => {
    const cache = new StageCache();
    const bars = syntheticBars(50, 1);
    const one = cache.forBars(bars).of('a', column(5));
    expect(cache.forBars({ ...bars, close: bars.close.slice() }).of('a', never)).toBe(one);
    expect(cache.forBars(syntheticBars(50, 2)).of('a', column(5))).not.toBe(one);
  });
});
