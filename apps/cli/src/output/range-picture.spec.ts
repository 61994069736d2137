import { rangeText } from './range-picture';

describe('the picture of a range', () => {
  it('marks where it lies between one and all, by ratio', () => {
    expect(rangeText([1, 100], 100)).toBe(`1 [${'#'.repeat(50)}] 100\n`);
    expect(rangeText([10, 10], 100)).toMatch(/^1 \[\.{24,25}#\.{24,25}\] 100\n$/);
    expect(rangeText([1, 1], 1)).toBe(`1 [#${'.'.repeat(49)}] 1\n`);
  });
});
