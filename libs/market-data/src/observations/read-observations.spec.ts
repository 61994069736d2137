import { gzipSync } from 'node:zlib';
import { rejectionOf } from '../../../testing/src/domain/refusal';
import type { ObservationReadOptions } from './observation-options';
import { readObservations } from './read-observations';

const read = async (content: string | Uint8Array, options: ObservationReadOptions = {}) => {
  const { series, ...notes } = await readObservations(Buffer.from(content), options);
  const time = (ms: number): string => new Date(ms).toISOString().replace(':00.000Z', 'Z');
  const rows = series.map(({ name, observations: { eventMs, availableMs, value } }) => [
    name,
    ...Array.from(value, (v, i) => [time(eventMs[i]), time(availableMs[i]), v]),
  ]);
  return { rows, ...notes };
};
const refused = async (content: string, options: ObservationReadOptions = {}) =>
  (await rejectionOf(read(content, options))).errors!;
const codes = (notes: { code: string }[]): string[] => notes.map(({ code }) => code);

describe('a file of observations', () => {
  it('has a series a column of values, without the rows in which it has none, and revisions', async () => {
    const csv = [
      'event_time,available_at,eps,sales,note',
      '2024-03-31T00:00Z,2024-05-02T20:30:00Z,1.5,100,first',
      '2024-03-31T00:00Z,2024-06-01T12:00:00Z,1.25,,restated',
      '2023-12-31T00:00Z,2024-02-01T20:30:00Z,1,.,x',
    ];
    const { rows, recognised } = await read(gzipSync(csv.join('\n')));
    expect(rows).toEqual([
      [
        'eps',
        ['2023-12-31T00:00Z', '2024-02-01T20:30Z', 1],
        ['2024-03-31T00:00Z', '2024-05-02T20:30Z', 1.5],
        ['2024-03-31T00:00Z', '2024-06-01T12:00Z', 1.25],
      ],
      ['sales', ['2024-03-31T00:00Z', '2024-05-02T20:30Z', 100]],
    ]);
    expect(codes(recognised)).toEqual(['container', 'ignored_column']);
  });

  it('is known at the end of a date, by the clocks of the zone', async () => {
    const csv = 'date,release_date,cpi\n2024-01-01,2024-02-13,3.1\n';
    expect((await read(csv)).rows).toEqual([['cpi', ['2024-01-01T00:00Z', '2024-02-14T00:00Z', 3.1]]]);
    const { rows, recognised } = await read(csv, { zone: 'America/New_York' });
    expect(rows[0][1]).toEqual(['2024-01-01T00:00Z', '2024-02-14T05:00Z', 3.1]);
    expect(recognised).toMatchObject([
      {
        code: 'available',
        message: 'release_date is a date: its values are known from its end on, by the clocks of America/New_York',
      },
    ]);
  });

  it('is known a stated time after its event where nothing else says when, which is said', async () => {
    const csv = 'date,value\n2024-03-31,7\n';
    expect((await refused(csv, { series: 'gdp' }))[0]).toMatchObject({
      ...{ field: 'header.available_at', rule: 'required' },
      message: expect.stringContaining('available_after must state how long after its event that is, such as 45d'),
    });
    const { rows, recognised } = await read(csv, { series: 'gdp', availableAfter: '45d' });
    expect(rows).toEqual([['gdp', ['2024-03-31T00:00Z', '2024-05-16T00:00Z', 7]]]);
    expect(recognised.at(-1)).toMatchObject({
      message: 'each value is taken as known 45d after the end of its event, as available_after states',
    });
    const hours = await read('date,x\n2024-03-31T12:00:00Z,7\n', { availableAfter: '36h' });
    expect(hours.rows[0][1]).toEqual(['2024-03-31T12:00Z', '2024-04-02T00:00Z', 7]);
  });

  it('is read from JSON of FRED by the vintage that it states', async () => {
    const json = {
      observations: [
        { realtime_start: '2024-01-25', realtime_end: '2024-02-27', date: '2023-10-01', value: '27938.831' },
        { realtime_start: '2024-02-28', realtime_end: '9999-12-31', date: '2023-10-01', value: '27944.627' },
        { realtime_start: '2024-02-28', realtime_end: '9999-12-31', date: '2023-07-01', value: '.' },
      ],
    };
    const { rows } = await read(JSON.stringify(json), { series: 'gdp' });
    expect(rows).toEqual([
      [
        'gdp',
        ['2023-10-01T00:00Z', '2024-01-26T00:00Z', 27938.831],
        ['2023-10-01T00:00Z', '2024-02-29T00:00Z', 27944.627],
      ],
    ]);
  });

  it('reads availabilities by their own order of day and month', async () => {
    const csv = 'date;available_at;x\n2024-01-01;02/01/2024;1,5\n2024-02-01;13/02/2024;2,5\n';
    expect((await read(csv)).rows[0]).toEqual([
      ...['x', ['2024-01-01T00:00Z', '2024-01-03T00:00Z', 1.5], ['2024-02-01T00:00Z', '2024-02-14T00:00Z', 2.5]],
    ]);
  });

  it('drops rows that repeat another and refuses those that differ', async () => {
    const row = '2024-01-01,2024-02-01T00:00Z,1';
    const { rows, repairs } = await read(`date,available_at,x\n${row}\n${row}\n`);
    expect([rows[0].length, codes(repairs)]).toEqual([2, ['duplicate_rows']]);
    expect(await refused(`date,available_at,x\n${row}\n${row.replace(/1$/, '2')}\n`)).toMatchObject([
      { field: 'lines[3].date', rule: 'unique' },
    ]);
  });

  it.each([
    ['available_at,x\n2024-01-01,1', {}, 'header.event_time', 'required'],
    ['date,available_at\n2024-01-01,2024-01-02', {}, 'header', 'required'],
    ['date,available_at,x,x\n2024-01-01,2024-01-02,1,1', {}, 'header', 'unique'],
    ['date,available_at,value\n2024-01-01,2024-01-02,1', {}, 'series', 'required'],
    ['date,available_at,x,y\n2024-01-01,2024-01-02,1,1', { series: 'z' }, 'series', 'one_column'],
    ['date,available_at,x\n2024-01-01,2024-01-02,1', { availableAfter: '1d' }, 'available_after', 'not_applicable'],
    ['date,x\n2024-01-01,1', { availableAfter: 'soon' }, 'available_after', 'stretch'],
    ['date,available_at,x\n2024-01-41,2024-01-02,1', {}, 'lines[2].date', 'iso_8601'],
    ['date,available_at,x\n2024-01-01,,1', {}, 'lines[2].available_at', 'iso_8601'],
    ['date,available_at,x\n2024-01-01,9999-12-31,1', {}, 'lines[2].available_at', 'iso_8601'],
    ['date,available_at,x\n0001-01-01 00:00,2024-01-02,1', { zone: 'Asia/Tokyo' }, 'lines[2].date', 'iso_8601'],
    ['date,x\n9990-01-01,1', { availableAfter: '9999w' }, 'lines[2].date', 'available_year'],
    ['date,available_at,x\n2024-02-01,2024-01-02,1', {}, 'lines[2].available_at', 'after_event'],
    ['date,available_at,x\n2024-01-01,2024-01-02,1e999', {}, 'lines[2].x', 'number'],
    ['date,available_at,x\n2024-01-01,2024-01-02,n/a', {}, 'content', 'min_rows'],
    ['date,available_at,x\n2024-01-01,2024-01-02,1', { zone: 'Moon' }, 'zone', 'time_zone'],
  ])('refuses %j with %j', async (content, options, field, rule) => {
    expect(await refused(content, options)).toMatchObject([{ field, rule }]);
  });
});
