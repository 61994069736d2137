import type { TileMemory } from './kernels/matrix-kernels';
import { type Series, SLACK, type Step, TILE_BARS } from './series';

/** Numbers of a line of the cache: tiles begin at one. */
const LINE = 8;

/**
 * Gives every series an array. Those of which no earlier bars are kept take the array of another that nobody reads any more: the fewer arrays, the
 * nearer they lie.
 * @param reads of each step, in the order in which they run
 */
export function placeSeries(
  order: readonly Step[],
  reads: readonly (readonly Series[])[],
  sources: readonly Series[],
  memoryOf: (numbers: number, count: number) => TileMemory,
): void {
  const between = order.flatMap((step) => step.writes);
  for (const series of [...sources, ...between]) series.keep = LINE * Math.ceil(series.keep / LINE);
  const last = new Map<Series, number>();
  order.forEach((step, k) => [...step.writes, ...reads[k]].forEach((series) => last.set(series, k)));

  const places = new Map<Series, number>();
  const lengths: number[] = [];
  const add = (length: number): number => lengths.push(length) - 1;
  const free: number[] = [];
  for (const source of sources) places.set(source, add(source.keep + TILE_BARS + SLACK));
  order.forEach((step, k) => {
    for (const series of step.writes) {
      const place = series.keep > 0 ? undefined : free.pop();
      places.set(series, place ?? add(series.keep + TILE_BARS + SLACK));
    }
    for (const series of new Set([...step.writes, ...reads[k]]))
      if (series.keep === 0 && series.level > 0 && last.get(series) === k) free.push(places.get(series)!);
  });
  const states = order.map(({ stateLength }) => add(stateLength));

  const memory = memoryOf(
    lengths.reduce((sum, length) => sum + length, 0),
    lengths.length,
  );
  const arrays = lengths.map((length) => memory.allocate(length));
  for (const [series, place] of places) series.values = arrays[place];
  order.forEach((step, k) => step.begin(arrays[states[k]].fill(0), memory.kernels));
}
