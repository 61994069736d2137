import { seriesTable } from './series-table';

it('puts courses side by side, the newest first', () => {
  const series = [
    {
      name: 'a',
      points: [
        { time: 1, value: 0.5 },
        { time: 2, value: null },
      ],
      unit: 'percent' as const,
    },
    { name: 'b', points: [{ time: 2, value: 3 }] },
  ];
  const text = (value: number | null, unit?: string) => `${value ?? '–'}${unit ?? ''}`;
  expect(seriesTable(series, String, text)).toEqual({
    columns: ['Time', 'a', 'b'],
    rows: [
      ['2', '–percent', '3'],
      ['1', '0.5percent', '–'],
    ],
  });
});
