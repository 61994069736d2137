import { marksOf, noteOf } from './notes';

const day = (date: string) => Date.parse(date);
const BARS = ['2024-01-02', '2024-01-03', '2024-01-05', '2024-01-08'].map(day);

describe('noteOf', () => {
  it('keeps what the API says of a finding', () => {
    expect(
      noteOf({ code: 'zero_volume', message: 'm', count: 1, share: 0.25, sample: ['2024-01-05'], digest: 'x' }),
    ).toEqual({ code: 'zero_volume', message: 'm', count: 1, share: 0.25, line: null, sample: ['2024-01-05'] });
  });

  it('takes the rule of a problem for its code, and survives what it does not know', () => {
    expect(noteOf({ rule: 'ambiguous', message: 'm' }).code).toBe('ambiguous');
    expect(noteOf(null)).toEqual({ code: 'note', message: '', count: null, share: null, line: null, sample: [] });
  });
});

describe('marksOf', () => {
  const finding = (code: string, ...sample: string[]) => noteOf({ code, sample });

  it('marks the bar of a sample, and the next bar where there is none', () => {
    expect(marksOf([finding('zero_volume', '2024-01-05'), finding('missing_sessions', '2024-01-04')], BARS)).toEqual([
      { time: day('2024-01-05'), kind: 'note', text: 'zero volume' },
      { time: day('2024-01-05'), kind: 'note', text: 'missing sessions' },
    ]);
  });

  it('leaves out what lies outside of the loaded bars or is no time', () => {
    expect(marksOf([finding('outlier', '2023-12-29', '2024-01-09', 'line 4')], BARS)).toEqual([]);
    expect(marksOf([finding('outlier', '2024-01-02')], [])).toEqual([]);
  });

  it('marks a bar once for each code', () => {
    expect(marksOf([finding('gap', '2024-01-06', '2024-01-07')], BARS)).toHaveLength(1);
  });
});
