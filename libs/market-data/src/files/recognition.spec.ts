import { refusalOf } from '../../../testing/src/domain/refusal';
import { readBarsText, type ParsedBars } from './read-bars-text';
import type { ReadOptions } from './read-options';
import { ZoneClock } from './cells/zone-clock';

const parse = (lines: string[], options?: ReadOptions): ParsedBars => readBarsText(lines.join('\n'), options);
const dates = ({ bars }: ParsedBars): string[] =>
  Array.from(bars.openTimeMs, (time) => new Date(time).toISOString().replace('T00:00:00.000Z', ''));
const problems = (lines: string[], options?: ReadOptions) => refusalOf(() => parse(lines, options)).errors!;

describe('dates with the year last', () => {
  it('are read by the first one that only one order allows, wherever it stands', () => {
    expect(dates(parse(['date,close', '02/03/2023,1', '03/03/2023,2', '13/03/2023,3']))).toEqual([
      '2023-03-02',
      '2023-03-03',
      '2023-03-13',
    ]);
    expect(dates(parse(['date,close', '2-3-2023,1', '2-28-2023,2']))).toEqual(['2023-02-03', '2023-02-28']);
  });

  it('are asked for where every one allows both, and then read as said', () => {
    const lines = ['date,close', '02/03/2023,1', '03/03/2023,2'];
    expect(problems(lines)).toEqual([
      {
        field: 'date_format',
        rule: 'ambiguous',
        value: '02/03/2023',
        message:
          'date_format must be given, dd/mm/yyyy or mm/dd/yyyy: 02/03/2023 on line 2 allows both, and no date of the file tells which',
      },
    ]);
    expect(dates(parse(lines, { dateFormat: 'dd/mm/yyyy' }))).toEqual(['2023-03-02', '2023-03-03']);
    expect(dates(parse(lines, { dateFormat: 'mm/dd/yyyy' }))).toEqual(['2023-02-03', '2023-03-03']);
  });

  it('put the day first where points part them', () =>
    expect(dates(parse(['date,close', '02.03.2023,1']))).toEqual(['2023-03-02']));
});

describe('numbers with a comma', () => {
  const row = (close: string): string => `2023-01-02;${close}`;

  it('are asked for where every one could be a thousand or a fraction, and then read as said', () => {
    const lines = ['date;close', row('1,234')];
    expect(problems(lines)[0]).toMatchObject({
      field: 'decimal',
      rule: 'ambiguous',
      message:
        'decimal must be given, point or comma: 1,234 on line 2 is 1234 or 1.234, and no number of the file tells which',
    });
    expect(parse(lines, { decimal: 'point' }).bars.close[0]).toBe(1234);
    expect(parse(lines, { decimal: 'comma' }).bars.close[0]).toBe(1.234);
  });

  it.each([
    ['1,5', 1.5],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['1.234,5', 1234.5],
    ['1.234.567', 1234567],
    ['1,234.5', 1234.5],
    ['1,234,567', 1234567],
    ["1'234.5", 1234.5],
    ['1 234,5', 1234.5],
    ['-', NaN],
  ])('%s is %d by itself', (volume, value) => {
    const { bars } = parse(['date;close;volume', `2023-01-02;7;${volume}`]);
    expect([bars.close[0], bars.volume[0]]).toEqual([7, value]);
  });

  it('are asked for with a point too, where semicolons part the cells as in files with decimal commas', () => {
    const lines = ['date;close', row('1.234'), '2023-01-03;1.240'];
    expect(problems(lines)[0]).toMatchObject({ field: 'decimal', rule: 'ambiguous', value: '1.234' });
    expect(parse(lines, { decimal: 'point' }).bars.close[0]).toBe(1.234);
    expect(parse(lines, { decimal: 'comma' }).bars.close[0]).toBe(1234);
    expect(parse([...lines, '2023-01-04;1.25']).bars.close[0]).toBe(1.234);
    expect(parse(['date,close', '2023-01-02,1.234']).bars.close[0]).toBe(1.234);
  });

  it('are read alike in columns of the file’s own, and no group of thousands begins with 0', () => {
    const lines = ['date;close;sentiment', '2023-01-02;100;0,123', '2023-01-03;101;12,500'];
    expect(Array.from(parse(lines).bars.extra.sentiment)).toEqual([0.123, 12.5]);
    expect(problems(['date;close;sentiment', '2023-01-02;100;12,500'])[0]).toMatchObject({ field: 'decimal' });
    expect(problems(['date;close', row('0,123')], { decimal: 'point' })[0].message).toContain('was 0,123');
    expect(parse(['date;close;day', '2023-01-02;1,5;21.02.2023']).ignored).toEqual(['day']);
  });

  it('settle all others of the file, also those before them', () => {
    const { bars } = parse(['date;close', row('1,234'), '2023-01-03;1,5']);
    expect(Array.from(bars.close)).toEqual([1.234, 1.5]);
  });

  it('are refused by line where they are grouped wrongly or both marks come in the wrong roles', () => {
    expect(problems(['date;close', row('1,5'), '2023-01-03;12.5'])[0].message).toContain('line 3: close');
    expect(problems(['date;close', row('12,34,5.0')])[0].message).toContain('line 2: close');
  });

  it.each([
    ['1.5K', 1500],
    ['30.00M', 30_000_000],
    ['0.7B', 700_000_000],
    ['2m', 2_000_000],
  ])('with a unit, %s is exactly %d', (volume, value) => {
    expect(parse(['date,close,volume', `2023-01-02,7,${volume}`]).bars.volume[0]).toBe(value);
  });
});

describe('the order and spacing of rows', () => {
  it('is held against every row, also of a file that begins with the newest', () => {
    const lines = ['date,close', ...[9, 8, 5, 4, 6].map((day) => `2023-01-0${day},1`)];
    expect(problems(lines)[0].message).toBe(
      'line 6: date must be before 2023-01-04 of the line before, as the file begins with the newest, was 2023-01-06; rows in no order are sorted where sort is given',
    );
  });
});

describe('times without a zone', () => {
  const lines = ['time,close', '2024-03-08 09:30,1', '2024-03-08 10:30,2', '2024-03-11 09:30,3'];

  it('are UTC, or by the clock of the zone that is given, over its changes', () => {
    const times = (options: ReadOptions): string[] => dates(parse(lines, { timeframe: 'recognise', ...options }));
    expect(times({})[0]).toBe('2024-03-08T09:30:00.000Z');
    expect(times({ zone: 'America/New_York' })).toEqual([
      '2024-03-08T14:30:00.000Z',
      '2024-03-08T15:30:00.000Z',
      '2024-03-11T13:30:00.000Z',
    ]);
    expect(problems(lines, { zone: 'Mars' })[0]).toMatchObject({ field: 'zone', rule: 'time_zone' });
  });

  it('that a clock shows twice or never are still instants', () => {
    const clock = new ZoneClock('America/New_York');
    const iso = (wall: string): string => new Date(clock.instantMs(Date.parse(`${wall}Z`))).toISOString();
    expect(iso('2024-11-03T01:30:00')).toBe('2024-11-03T05:30:00.000Z');
    expect(iso('2024-03-10T02:30:00')).toBe('2024-03-10T07:30:00.000Z');
    expect(iso('2024-11-03T02:30:00')).toBe('2024-11-03T07:30:00.000Z');
  });
});

describe('the timeframe', () => {
  const rows = (step: number): string[] => ['time,close', ...[0, 1, 2, 3].map((i) => `${1704153600 + i * step},1`)];

  it('is recognised by the spacing, and a stated longer one is refused', () => {
    expect(parse(rows(3600), { timeframe: 'recognise' }).bars.timeframe).toBe('1h');
    expect(parse(rows(86_400), { timeframe: 'recognise' }).bars.timeframe).toBe('1d');
    expect(problems(rows(300), { timeframe: '1h' })[0].message).toBe(
      'timeframe must be 5m as the bars of the file lie 5 minutes apart, was 1h',
    );
    expect(parse(rows(7200), { timeframe: 'recognise' }).bars.timeframe).toBe('2h');
    expect(problems(rows(10_800), { timeframe: 'recognise' })[0].message).toBe(
      'timeframe must be one of 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 1d, 1w, 1M, as the bars of the file lie 180 minutes apart, was 180 minutes',
    );
    expect(problems(rows(3600), { timeframe: '5m' })[0]).toMatchObject({ field: 'timeframe', rule: 'bar_spacing' });
    expect(parse(rows(10_800), { timeframe: '5m' }).bars.timeframe).toBe('5m');
  });

  it('of an intraday bar is refused for daily ones, and rows of weeks are said to be no daily ones', () => {
    expect(problems(rows(86_400), { timeframe: '1h' })[0].message).toBe(
      'timeframe must be 1d as the bars of the file lie 1 day apart, was 1h',
    );
    expect(parse(rows(604_800)).recognised).toContainEqual({
      code: 'sparse',
      message:
        'the bars lie 7 days apart or more and are read as daily ones: figures of a year count 252 or 365 such bars unless bars per year are given',
    });
    expect(parse(rows(86_400)).recognised.map(({ code }) => code)).toEqual(['epoch']);
  });

  it('of weeks and months is taken where it is stated, and refused where the rows lie otherwise', () => {
    const months = ['date,close', '2024-01-02,1', '2024-02-01,2', '2024-03-01,3', '2024-04-01,4'];
    expect(parse(rows(604_800), { timeframe: '1w' }).bars.timeframe).toBe('1w');
    expect(parse(months, { timeframe: '1M' }).bars.timeframe).toBe('1M');
    expect(problems(months, { timeframe: '1w' })[0].message).toMatch(/^timeframe must be 1M as .*, was 1w$/);
    expect(problems(rows(604_800), { timeframe: '1M' })[0].message).toMatch(/^timeframe must be 1w as .*, was 1M$/);
    expect(problems(rows(86_400), { timeframe: '1w' })[0].message).toMatch(/^timeframe must be 1d as .*, was 1w$/);
  });
});

describe('instants', () => {
  it.each([
    ['seconds', '946684800', '2000-01-01'],
    ['milliseconds before 2001', '946684800000', '2000-01-01'],
    ['microseconds before 2001', '946684800000000', '2000-01-01'],
    ['nanoseconds before 2001', '946684800000000000', '2000-01-01'],
    ['milliseconds', '1704067200000', '2024-01-01'],
    ['microseconds', '1704067200000000', '2024-01-01'],
    ['nanoseconds', '1704067200000000000', '2024-01-01'],
    ['twelve digits of a date and time', '200001010000', '2000-01-01'],
    ['an offset of whole hours', '2024-01-02 00:00:00+08', '2024-01-02'],
  ])('in %s', (_, text, date) => expect(dates(parse(['date,close', `${text},1`]))).toEqual([date]));

  it('with an offset of whole hours are what they are', () =>
    expect(dates(parse(['time,close', '2024-01-02 09:30:00+08,1'], { timeframe: '1h' }))).toEqual([
      '2024-01-02T01:30:00.000Z',
    ]));
});
