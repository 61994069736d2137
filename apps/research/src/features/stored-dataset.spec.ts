import { datasetTable } from './stored-dataset';

describe('a dataset as a table', () => {
  const dataset = { openTimeMs: Float64Array.of(0, 1, 2, 3, 4), values: Float64Array.of(NaN, 1, 2, 3, 4) };

  it('has its rows once, in batches that hold nothing else', () => {
    const batches = [...(datasetTable(dataset, '1h', 2).batches as Iterable<{ rows: number; values: Float64Array[] }>)];
    expect(batches.map(({ rows }) => rows)).toEqual([2, 2, 1]);
    expect(batches.flatMap(({ values }) => [...values[0]!])).toEqual([...dataset.openTimeMs]);
    expect(batches.flatMap(({ values }) => [...values[1]!])).toEqual([...dataset.values]);
    expect(batches[0]!.values[0]!.buffer.byteLength).toBe(16);
  });

  it.each([
    ['1d', 'date'],
    ['1M', 'date'],
    ['1h', 'timestamp'],
  ])('of %s is told by a %s', (timeframe, type) => {
    expect(datasetTable(dataset, timeframe, 2).columns[0]).toEqual({ name: 'date', type });
  });
});
