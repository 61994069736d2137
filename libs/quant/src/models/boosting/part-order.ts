/**
 * The numbers of `count` parts of a round in such an order that the largest are begun first, whether they are taken from the
 * front or from the end: so threads end at about the same time.
 */
export function fromBothEnds(count: number, sizeOf: (part: number) => number): readonly number[] {
  // parts are few: sorted by insertion, without a function that compares
  const falling: number[] = [];
  const sizes: number[] = [];
  for (let part = 0; part < count; part++) {
    const size = sizeOf(part);
    let place = part;
    for (; place > 0 && sizes[place - 1] < size; place--) {
      sizes[place] = sizes[place - 1];
      falling[place] = falling[place - 1];
    }
    sizes[place] = size;
    falling[place] = part;
  }
  const order: number[] = [];
  for (let place = 0; place < count; place += 2) order.push(falling[place]);
  for (let place = count - 1 - (count & 1); place > 0; place -= 2) order.push(falling[place]);
  return order;
}
