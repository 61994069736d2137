import { columnsNamed } from './row-columns';

interface Row {
  at: string | null;
  text: string;
  checks: object[];
  left_out: number;
}

describe('columns named after what rows hold', () => {
  const columns = columnsNamed<Row>({ text: 'text', at: 'timestamp', checks: 'text' });
  const cells = (row: Partial<Row>): unknown[] => columns.map(({ of }) => of(row as Row));

  it('stand in the order in which they are named, with their types', () => {
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['text', 'text'],
      ['at', 'timestamp'],
      ['checks', 'text'],
    ]);
  });

  it('have times as milliseconds, objects as JSON, and null for what is missing', () => {
    const row = { text: '2024-01-01', at: '2024-01-01T00:00:00.001Z', checks: [{ check: 'a' }] };
    expect(cells(row)).toEqual(['2024-01-01', Date.UTC(2024, 0, 1) + 1, '[{"check":"a"}]']);
    expect(cells({ at: null })).toEqual([null, null, null]);
  });
});
