import { marksOf, noteOf } from './notes';

const day = (date: string) => Date.parse(date);
const BARS = ['2024-01-02', '2024-01-03', '2024-01-05', '2024-01-08'].map(day);

describe('noteOf', () => {
  it('keeps what the API says of a finding', () => {
    expect(
      noteOf({ code: 'zero_volume', message: 'm', count: 1, share: 0.25, sample: ['2024-01-05'], digest: 'x' }),
    ).toEqual({ code: 'zero_volume', message: 'm', count: 1, share: 0.25, line: null, sample: ['2024-01-05'] });
  });

  it('names a problem by its line, or as the file’s, and never by the name of a rule', () => {
    expect(
      noteOf({ rule: 'number', message: 'line 3: high must be a number above 0, was abc', line: 3 }),
    ).toMatchObject({
      ...{ code: 'line 3', message: 'high must be a number above 0, was abc', line: null },
    });
    expect(noteOf({ rule: 'ambiguous', message: 'm' }).code).toBe('file');
  });

  it('tells the line of a repair once', () => {
    const repair = { code: 'bad_rows', message: 'line 5: the row must have 6 cells, was 4: left out', line: 5 };
    expect(noteOf(repair)).toMatchObject({ code: 'bad_rows', message: repair.message, line: null });
    expect(noteOf({ ...repair, message: 'left out' }).line).toBe(5);
  });

  it('survives what it does not know', () => {
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
