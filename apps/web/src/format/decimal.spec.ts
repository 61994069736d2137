import fc from 'fast-check';
import { groupDigits, roundDecimal, signOf, sumDecimals, trimZeros } from './decimal';

describe('decimals as text', () => {
  it('rounds half away from zero, exactly', () => {
    expect(roundDecimal('1.005', 2)).toBe('1.01');
    expect(roundDecimal('-1.005', 2)).toBe('-1.01');
    expect(roundDecimal('1.004999999999999999999', 2)).toBe('1.00');
    expect(roundDecimal('999999999999999999999.995', 2)).toBe('1000000000000000000000.00');
    expect(roundDecimal('12', 2)).toBe('12.00');
    expect(roundDecimal('12.5', 0)).toBe('13');
  });

  it('has no negative zero', () => {
    expect(roundDecimal('-0.004', 2)).toBe('0.00');
  });

  it('leaves what is no decimal as it is', () => {
    expect(roundDecimal('n/a', 2)).toBe('n/a');
    expect(groupDigits('1e9')).toBe('1e9');
  });

  it('groups the whole part and never the fraction', () => {
    expect(groupDigits('-1234567.1234567')).toBe('-1,234,567.1234567');
    expect(groupDigits('123')).toBe('123');
  });

  it('takes zeros from the end of a fraction alone', () => {
    expect(trimZeros('100')).toBe('100');
    expect(trimZeros('1.500')).toBe('1.5');
    expect(trimZeros('1.000')).toBe('1');
  });

  it('knows the sign of tiny and of zero amounts', () => {
    expect(signOf('-0.000')).toBe(0);
    expect(signOf('-0.000000000000000001')).toBe(-1);
    expect(signOf('5')).toBe(1);
  });

  it('adds as whole numbers do', () => {
    const amount = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), (amounts) => {
        const text = (value: bigint) => {
          const digits = (value < 0n ? -value : value).toString().padStart(9, '0');
          return `${value < 0n ? '-' : ''}${digits.slice(0, -8)}.${digits.slice(-8)}`;
        };
        const total = amounts.reduce((sum, value) => sum + value, 0n);
        const expected = amounts.length === 0 ? '0' : text(total);
        expect(sumDecimals(amounts.map(text))).toBe(expected);
      }),
    );
  });

  it('refuses to add what is no decimal', () => {
    expect(() => sumDecimals(['1', 'x'])).toThrow('not a decimal: x');
  });
});
