import { shareColumn, sharePayload } from './shared-column';

describe('shared columns', () => {
  it('hold the same bits in shared memory', () => {
    const shared = shareColumn(Float64Array.of(1, -0, NaN));
    expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...shared]).toEqual([1, -0, NaN]);
  });

  it('are not copied again', () => {
    const shared = shareColumn(Float64Array.of(1));
    expect(shareColumn(shared)).toBe(shared);
  });

  it('replace the columns inside a payload and leave the rest', () => {
    const when = new Date(0);
    const payload = sharePayload({
      bars: { close: Float64Array.of(1, 2) },
      list: [Float64Array.of(3)],
      when,
      name: 'x',
    });
    expect(payload.bars.close.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(payload.list[0]!.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(payload.when).toBe(when);
    expect(payload.name).toBe('x');
  });
});
