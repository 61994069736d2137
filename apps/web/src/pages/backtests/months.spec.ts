import { tintOf, yearRows } from './months';

describe('yearRows', () => {
  it('puts months into their year, the newest year first, and leaves months without bars empty', () => {
    const rows = yearRows(
      [
        { year: 2023, month: 12, return: 0.1 },
        { year: 2024, month: 1, return: -0.05 },
      ],
      [
        { year: 2023, return: 0.1, buy_hold: 0.2 },
        { year: 2024, return: -0.05, buy_hold: null },
      ],
    );
    expect(rows.map(({ year }) => year)).toEqual([2024, 2023]);
    expect(rows[0]!.months[0]).toBe(-0.05);
    expect(rows[0]!.months.slice(1)).toEqual(new Array(11).fill(null));
    expect(rows[0]!.buyHold).toBeNull();
    expect(rows[1]).toMatchObject({ total: 0.1, buyHold: 0.2 });
    expect(rows[1]!.months[11]).toBe(0.1);
  });

  it('takes no month that does not exist', () => {
    expect(yearRows([{ year: 2024, month: 13, return: 1 }], [])).toEqual([]);
  });
});

it('tints by the greatest move', () => {
  expect([tintOf(0.1, 0.2), tintOf(-0.4, 0.2), tintOf(null, 0.2), tintOf(0, 0)]).toEqual([0.5, -1, 0, 0]);
});
