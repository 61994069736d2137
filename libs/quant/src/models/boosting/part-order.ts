/**
 * The numbers of `count` parts of a round in such an order that the largest are begun first, whether they are taken from the
 * front or from the end: so threads end at about the same time.
 */
export function fromBothEnds(count: number, sizeOf: (part: number) => number): readonly number[] {
  const falling = Array.from({ length: count }, (_, part) => part).sort((a, b) => sizeOf(b) - sizeOf(a));
  return [...falling.filter((_, place) => place % 2 === 0), ...falling.filter((_, place) => place % 2 === 1).reverse()];
}
