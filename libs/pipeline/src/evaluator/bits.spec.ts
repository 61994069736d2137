import { bits, sameBits } from './bits';

describe('bits', () => {
  it('writes sixteen digits, most significant first', () => {
    expect(bits(1)).toBe('3ff0000000000000');
    expect(bits(-2)).toBe('c000000000000000');
    expect(bits(5e-324)).toBe('0000000000000001');
  });

  it('tells zero from minus zero and neighbours one unit apart', () => {
    expect(bits(0)).not.toBe(bits(-0));
    expect(bits(0.1 + 0.2)).not.toBe(bits(0.3));
  });

  it('has one text for every NaN', () => {
    const odd = new Float64Array(new BigUint64Array([0x7ff800000000beefn]).buffer)[0]!;
    expect(bits(odd)).toBe('7ff8000000000000');
    expect(bits(odd)).toBe(bits(NaN));
  });

  it('compares columns as patterns', () => {
    expect(sameBits(Float64Array.of(1, NaN), Float64Array.of(1, NaN))).toBe(true);
    expect(sameBits(Float64Array.of(0), Float64Array.of(-0))).toBe(false);
    expect(sameBits(Float64Array.of(1), Float64Array.of(1, 2))).toBe(false);
  });
});
