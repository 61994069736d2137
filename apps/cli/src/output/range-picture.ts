const WIDTH = 50;

/** A line from 1 to `most` by ratio, with what lies within the range marked, both ends included. */
export function rangeText([low, high]: readonly [number, number], most: number): string {
  const placeOf = (n: number): number =>
    most <= 1 ? 0 : Math.round((Math.log(Math.min(Math.max(n, 1), most)) / Math.log(most)) * (WIDTH - 1));
  const [from, to] = [placeOf(low), placeOf(high)];
  const line = Array.from({ length: WIDTH }, (_, at) => (at >= from && at <= to ? '#' : '.')).join('');
  return `1 [${line}] ${most}\n`;
}
