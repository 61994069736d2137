import { missingColumns, renamedColumns, roleOptions } from './column-roles';

const COLUMNS = [
  { name: 'date', read_as: 'date' },
  { name: 'first', read_as: 'extra' },
  { name: 'last', read_as: 'close' },
  { name: 'settle', read_as: 'extra' },
  { name: '-', read_as: 'skip' },
];

describe('columns of a file that are read as somebody says', () => {
  it('are named by what they are, those left alone by their own names', () => {
    expect(renamedColumns(COLUMNS, 1, 'open')).toBe('date,open,close,settle,-');
    expect(renamedColumns(COLUMNS, 1, 'skip')).toBe('date,-,close,settle,-');
  });

  it('have one of each: the one that was it before is left out', () => {
    expect(renamedColumns(COLUMNS, 3, 'close')).toBe('date,first,-,close,-');
  });

  it('may stay what no bar has', () => {
    const values = (column: (typeof COLUMNS)[number]) => roleOptions(column).map(({ value }) => value);
    expect(values(COLUMNS[1]!)).toContain('extra');
    expect(values(COLUMNS[2]!)).not.toContain('extra');
  });

  it('are asked for where bars would lack them', () => {
    expect(missingColumns(COLUMNS)).toMatch(/^No column is read as open, high or low:/);
    expect(missingColumns(COLUMNS.slice(0, 2))).toMatch(/^No column is read as the close/);
    const whole = ['date', 'open', 'high', 'low', 'close'].map((name) => ({ name, read_as: name }));
    expect(missingColumns(whole)).toBeUndefined();
    expect(missingColumns(whole.filter(({ name }) => name !== 'low'))).toMatch(/read as low:/);
    expect(missingColumns([])).toBeUndefined();
  });
});
