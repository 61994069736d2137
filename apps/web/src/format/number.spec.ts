import {
  formatBytes,
  formatCount,
  formatExact,
  formatMoney,
  formatNumber,
  formatPercent,
  NONE,
  formatPrice,
  signOfPercent,
} from './number';

describe('numbers for reading', () => {
  it('shows a dash for what does not exist, and never 0', () => {
    for (const format of [formatNumber, formatCount, formatPercent, formatBytes]) {
      expect(format(null)).toBe(NONE);
      expect(format(NaN)).toBe(NONE);
      expect(format(Infinity)).toBe(NONE);
    }
    expect(formatMoney(null)).toBe(NONE);
  });

  it('keeps the digits that matter of small and large numbers', () => {
    expect(formatNumber(0.0000012345)).toBe('0.000001235');
    expect(formatNumber(0.00000012345)).toBe('1.235e-7');
    expect(formatNumber(1234567.891)).toBe('1,234,567.89');
    expect(formatNumber(1.23456)).toBe('1.235');
    expect(formatNumber(0)).toBe('0');
  });

  it('has no negative zero percent', () => {
    expect(formatPercent(-0.000001)).toBe('0.00 %');
    expect(formatPercent(12.3456)).toBe('1,234.56 %');
  });

  it('shows exact quantities with all their digits', () => {
    expect(formatExact('0.000000000000000001')).toBe('0.000000000000000001');
    expect(formatExact('1500.00')).toBe('1,500');
  });

  it('shows what rounds to nothing as neither a gain nor a loss', () => {
    expect([-0.00004, 0.00004, 0, null, 0.00005, -0.012].map((value) => signOfPercent(value))).toEqual([
      0, 0, 0, 0, 1, -1,
    ]);
    expect(signOfPercent(0.004, 0)).toBe(0);
  });

  it('shows prices to the cent and beyond, however large or small', () => {
    expect(formatPrice('65432.15')).toBe('65,432.15');
    expect(formatPrice('1234567.8900')).toBe('1,234,567.89');
    expect(formatPrice('0.000000012345')).toBe('0.000000012345');
    expect(formatPrice('33.333333333333333333')).toBe('33.33333333');
    expect(formatPrice(null)).toBe('–');
  });

  it('says bytes in the unit that fits', () => {
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(1_500_000)).toBe('1.5 MB');
  });
});
