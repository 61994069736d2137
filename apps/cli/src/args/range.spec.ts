import fc from 'fast-check';
import { parseRange } from './range';

const values = (text: string): number[] => Array.from(parseRange('--x', text));

describe('a range', () => {
  it('includes its end and steps by one', () => {
    expect(values('2:5')).toEqual([2, 3, 4, 5]);
    expect(values('7')).toEqual([7]);
  });

  it('has values rounded to 12 decimals, without drift', () => {
    const thresholds = values('0:3:0.1');
    expect(thresholds).toHaveLength(31);
    expect(thresholds[3]).toBe(0.3);
    expect(thresholds[30]).toBe(3);
  });

  it('stops before an end its steps do not reach', () => expect(values('1:2:0.3')).toEqual([1, 1.3, 1.6, 1.9]));

  it('may lie below zero', () => expect(values('-1:1:0.5')).toEqual([-1, -0.5, 0, 0.5, 1]));

  it('has value i at a + i step', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 400 }),
        (a, count, hundredths) => {
          const step = hundredths / 100;
          const all = values(`${a}:${(a + count * step).toFixed(12)}:${step}`);
          expect(all).toEqual(Array.from({ length: count + 1 }, (_, i) => Number((a + i * step).toFixed(12))));
        },
      ),
    );
  });

  it.each([
    ['a:b', '--x must be a number or a range a:b or a:b:step, was a:b'],
    ['1:2:3:4', 'was 1:2:3:4'],
    ['', '--x must be a number or a range'],
    ['1:5:0', '--x must have a step above 0, was 1:5:0'],
    ['5:1', '--x must be a range from low to high, was 5:1'],
    ['0:1:1e-9', '--x must have at most 1000000 values, was 1000000001'],
  ])('refuses %j', (text, message) => expect(() => parseRange('--x', text)).toThrow(message));
});
