import { HistogramMemory } from './histogram-memory';

const shape = { n: 40, k: 3, maxBins: 16, slots: 2, rowNumbers: 3 };

describe('HistogramMemory', () => {
  it('keeps what an objective has of each row apart, from one that two fit at on', () => {
    for (const n of [40, 41]) {
      const memory = HistogramMemory.own({ ...shape, n });
      memory.pairs.fill(-1);
      memory.order.fill(-1);
      memory.ofRows.forEach((numbers, i) => numbers.fill(i));
      expect(memory.ofRows.map((numbers) => [...numbers])).toEqual([0, 1, 2].map((i) => new Array(n).fill(i)));
      expect(memory.ofRows.map(({ byteOffset }) => byteOffset % 16)).toEqual([0, 0, 0]);
      expect(new Set([...memory.pairs, ...memory.order])).toEqual(new Set([-1]));
    }
  });

  it('is the next one’s once it is released, and nobody else’s before', () => {
    const first = HistogramMemory.own(shape);
    const other = HistogramMemory.own(shape);
    expect(other.sums.buffer).not.toBe(first.sums.buffer);
    first.release();
    const next = HistogramMemory.own({ ...shape, n: 50 });
    expect(next.sums.buffer).toBe(first.sums.buffer);
    // it is no longer the first one's to give
    first.release();
    expect(HistogramMemory.own(shape).sums.buffer).not.toBe(next.sums.buffer);
  });

  it('is a larger one where what was released has no room', () => {
    HistogramMemory.own(shape).release();
    const large = HistogramMemory.own({ ...shape, n: 50_000 });
    expect(large.packed.byteOffset + large.packed.length).toBeLessThanOrEqual(large.sums.buffer.byteLength);
    large.codes.fill(255);
    large.release();
    // the largest is kept
    expect(HistogramMemory.own(shape).sums.buffer).toBe(large.sums.buffer);
  });

  describe('that threads share', () => {
    const own = { ...shape, splits: 4, threads: 2 };
    const share = (): HistogramMemory => HistogramMemory.share(own)!;
    /** As a helper has it. */
    const join = ({ shared }: HistogramMemory): HistogramMemory => HistogramMemory.over(own, shared!, 1)!;

    it('is the next one’s once it is released, and nobody else’s before', () => {
      const [first, other] = [share(), share()];
      expect(other.shared).not.toBe(first.shared);
      first.release();
      const next = HistogramMemory.share({ ...own, n: 30 })!;
      expect(next.shared).toBe(first.shared);
      first.release();
      expect(share().shared).not.toBe(next.shared);
    });

    it('is known to a helper that had it before, and never taken for another', () => {
      const [one, other] = [share(), share()];
      const [a, again, b, back] = [join(one), join(one), join(other), join(one)];
      expect(again.kernels).toBe(a.kernels);
      expect(new Set([a.kernels, b.kernels, back.kernels]).size).toBe(3);
      one.sums.fill(5);
      other.sums.fill(7);
      const bytes = one.slotSize * 8;
      for (const memory of [back, b])
        memory.kernels!.subtractHistograms(memory.slotAddress(0), memory.slotAddress(1), bytes);
      expect([one, other].map(({ sums, slotSize }) => [sums[0], sums[slotSize - 1], sums[slotSize]])).toEqual([
        [0, 0, 5],
        [0, 0, 7],
      ]);
    });
  });
});
