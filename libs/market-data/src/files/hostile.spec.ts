import { gzipSync } from 'node:zlib';
import { rejectionOf } from '../../../testing/src/domain/refusal';
import { utf16Of, zipOf } from '../../../testing/src/files/made-files';
import { inspectBarsFile, readBarsFile } from '.';
import { loadDuckDb } from './columnar/duckdb';
import { unpackLz4Frame } from './columnar/lz4-frame';
import type { ReadOptions } from './read-options';

const bytesOf = (content: string | Uint8Array): Uint8Array => Buffer.from(content);
const refused = async (content: string | Uint8Array, options: ReadOptions = {}) => {
  const { errors } = await rejectionOf(readBarsFile(bytesOf(content), options));
  return errors![0];
};
const HEADER = 'date,open,high,low,close,volume\n';
const ROW = '2024-01-02,1,2,1,2,5\n';

describe('a container', () => {
  it('that unpacks to more than may be held is refused, whatever it says of its size', async () => {
    const zeros = Buffer.alloc(5_000_000);
    const most = { mostBytes: 1024 ** 2 };
    const rule = 'max_unpacked_bytes';
    expect(await refused(gzipSync(zeros), { ...most, name: 'a.csv.gz' })).toMatchObject({
      ...{ field: 'content', rule, value: 1024 ** 2 },
      message: 'content must unpack to at most 1 MiB, a.csv.gz holds more: split it',
    });
    const zip = zipOf({ 'a.csv': zeros });
    expect(await refused(zip, most)).toMatchObject({ rule });
    // the size in its list says 100 bytes
    zip.writeUInt32LE(100, zip.length - 22 - 46 - 'a.csv'.length + 24);
    expect(await refused(zip, most)).toMatchObject({
      rule: 'zip',
      message: expect.stringContaining('to the 100 bytes that its list says'),
    });
    let nested = gzipSync(zeros);
    for (let i = 0; i < 4; i += 1) nested = gzipSync(nested);
    expect(await refused(nested)).toMatchObject({ rule: 'containers' });
  });

  it('that is damaged is refused with what is wrong', async () => {
    const zip = zipOf({ 'a.csv': HEADER + ROW });
    expect(await refused(zip.subarray(0, 40))).toMatchObject({
      rule: 'zip',
      message: expect.stringContaining('its end is missing'),
    });
    const changed = zipOf({ 'a.csv': HEADER + ROW });
    changed.writeUInt32LE(1, changed.length - 22 - 46 - 5 + 16);
    expect((await refused(changed)).message).toContain('a.csv does not match its checksum');
    expect((await refused(gzipSync(HEADER + ROW).subarray(0, 30))).rule).toBe('gzip');
    expect((await refused(zipOf({}))).message).toBe('content must be an archive with a file, was an empty one');
  });

  it('of several files asks which, and takes the symbol for it', async () => {
    const zip = zipOf({ 'ABC_60.csv': HEADER + ROW, 'ABCD_60.csv': HEADER + ROW, '__MACOSX/x': 'x' });
    expect(await refused(zip)).toMatchObject({
      rule: 'one_file',
      message: 'symbol must name one of the 2 files of the archive, ABC_60.csv, ABCD_60.csv, was missing',
    });
    expect((await readBarsFile(zip, { symbol: 'abc' })).bars.close).toHaveLength(1);
  });

  it.each([
    ['an Excel workbook', zipOf({ '[Content_Types].xml': '<x/>', 'xl/sheet.xml': '<x/>' }), 'save its sheet as CSV'],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'save its sheet as CSV'],
    ['zstd', Buffer.from('28b52ffd00000000', 'hex'), 'unpack it first'],
    ['a web page', Buffer.from('<!DOCTYPE html><html>Sign in</html>'), 'open its address'],
  ])('that is %s is refused with what to do', async (_, bytes, todo) =>
    expect(await refused(bytes)).toMatchObject({ rule: 'file_kind', message: expect.stringContaining(todo) }),
  );
});

describe('a columnar file', () => {
  it.each([
    ['Parquet', 'PAR1', 'parquet'],
    ['Arrow', 'ARROW1\0\0', 'arrow'],
  ])('that is broken is refused: %s', async (_, begin, rule) =>
    expect((await refused(Buffer.concat([Buffer.from(begin), Buffer.alloc(64, 7)]))).rule).toBe(rule),
  );

  it('says what to install where DuckDB cannot be loaded', async () => {
    const error = await rejectionOf(loadDuckDb(() => Promise.reject(new Error('no such binary'))));
    expect(error.errors![0]).toMatchObject({ field: 'content', rule: 'parquet_reader' });
    expect(error.message).toContain(
      'needs the optional package @duckdb/node-api, which cannot be loaded here (no such binary)',
    );
  });

  // made by lz4 1.9: matches that reach into themselves, a match of the block before, long literals
  const PACKED = 'BCJNGGRApyIAAAA/YWJjAwAIRCwxLjUEAB8KKwD////////////aUCwxLjUKAAAAAE4Jjy8=';

  it('in lz4 is unpacked as its own tool does, within a bound', () => {
    const text = 'abcabcabcabcabcabcabcabcabcabc,1.5,1.5,1.5\n'.repeat(60);
    const frame = Buffer.from(PACKED, 'base64');
    expect(Buffer.from(unpackLz4Frame(frame, 1e6)).toString()).toBe(text);
    expect(() => unpackLz4Frame(frame, 100)).toThrow(RangeError);
    for (let cut = 0; cut < frame.length - 4; cut += 1)
      expect(() => unpackLz4Frame(frame.subarray(0, cut), 1e6)).toThrow();
  });
});

describe('rows', () => {
  it('of one time that differ are refused with both lines', async () => {
    expect(await refused(`${HEADER}${ROW}2024-01-03,1,2,1,2,5\n2024-01-03,1,2,1,1.5,5\n`)).toMatchObject({
      ...{ field: 'lines[4].date', rule: 'unique', value: '2024-01-03' },
      message:
        'line 4: date must come once, but 2024-01-03 is on line 3 with close 2 and on line 4 with close 1.5: delete the wrong one',
    });
  });

  it('of a year that no calendar has are refused', async () => {
    for (const date of ['0000-01-03', '03/13/0000', '0000-01-03T00:00:00Z', '00000103'])
      expect(await refused(`${HEADER}${date},1,2,1,2,5\n`)).toMatchObject({ field: 'lines[2].date', value: date });
    for (const time of ['0001-01-01 00:00', '0001-01-01T00:00:00+09:00']) {
      const hour = refused(`${HEADER}${time},1,2,1,2,5\n`, { timeframe: '1h', zone: 'Asia/Tokyo' });
      expect(await hour).toMatchObject({ field: 'lines[2].date', rule: 'iso_8601', value: time });
    }
    const tokyo = await readBarsFile(bytesOf(`${HEADER}0050-06-01 12:00,1,2,1,2,5\n`), {
      ...{ timeframe: '1h', zone: 'Asia/Tokyo' },
    });
    // local mean time: 9:18:59 before Greenwich
    expect(new Date(tokyo.bars.openTimeMs[0]).toISOString()).toBe('0050-06-01T02:41:01.000Z');
    expect((await readBarsFile(bytesOf(`${HEADER}0001-01-03,1,2,1,2,5\n`))).bars.close).toHaveLength(1);
  });

  it('that are equal are dropped, each by its line', async () => {
    const { repairs, lines } = await readBarsFile(bytesOf(HEADER + ROW + ROW + ROW));
    expect(repairs.map(({ message }) => message)).toEqual([
      'line 3, 2024-01-02: repeats line 2: left out',
      'line 4, 2024-01-02: repeats line 2: left out',
    ]);
    expect(Array.from(lines)).toEqual([2]);
  });

  it('in no order are refused with what to do', async () => {
    const rows = ['2024-01-02,1', '2024-01-05,2', '2024-01-03,3', '2024-01-08,4'];
    const text = `date,close\n${rows.join('\n')}\n`;
    expect((await refused(text)).message).toContain('rows in no order are sorted where sort is given');
    const { bars, repairs, lines } = await readBarsFile(bytesOf(text), { sort: true });
    expect([Array.from(bars.close), Array.from(lines)]).toEqual([
      [1, 3, 2, 4],
      [2, 4, 3, 5],
    ]);
    expect(repairs).toMatchObject([{ code: 'sorted', count: 2 }]);
  });

  it('of several symbols are refused with their names', async () => {
    const text = 'symbol,date,close\nABC,2024-01-02,1\nXYZ,2024-01-02,2\n';
    expect(await refused(text, { symbol: 'X' })).toMatchObject({
      ...{ field: 'symbol', rule: 'one_symbol', value: 'X' },
      message: 'symbol must be one of the 2 in the file, ABC, XYZ, was X',
    });
  });

  it('in seconds without a header, whose order neither way fits, are asked for', async () => {
    const text = '1704067200,5,6,4,5,1\n1704070800,4,6,5,5,1\n';
    expect(await refused(text, { timeframe: 'recognise' })).toMatchObject({ field: 'columns', rule: 'ambiguous' });
    const stated = { timeframe: 'recognise', columns: ['time', 'open', 'high', 'low', 'close', 'volume'] } as const;
    expect((await readBarsFile(bytesOf(text), stated)).bars.low[0]).toBe(4);
  });

  it('of another number of cells than the stated columns are refused', async () =>
    expect(await refused(ROW, { columns: ['date', 'close'] })).toMatchObject({
      ...{ field: 'columns', rule: 'cells' },
      message: 'columns must name the 6 columns of the file in their order, were 2: date,close',
    }));

  it('of JSON and Parquet are named as such', async () => {
    expect(await refused('[{"date":"2024-01-02","close":1},{"date":"2024-01-03","close":"x"}]')).toMatchObject({
      field: 'items[2].close',
      message: 'item 2: close must be a number above 0, was x',
    });
    expect((await refused('[{"date":"2024-01-02"')).rule).toBe('json');
    expect((await refused('{"error":"not found"}')).rule).toBe('json_rows');
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect((await refused(deep)).rule).toBe('max_depth');
    expect(await refused(`[{"date":"2024-01-02","close":1,"x":${deep}}]`)).toMatchObject({
      ...{ field: 'content', rule: 'max_depth' },
      message: 'content must be JSON nested at most 64 deep, was deeper',
    });
  });

  it('further apart than stated everywhere are no bars of it', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${1704067200 + i * 3600},1`).join('\n');
    expect(await refused(`time,close\n${rows}\n`, { timeframe: '5m' })).toMatchObject({
      ...{ field: 'timeframe', rule: 'bar_spacing', value: '5m' },
      message: 'timeframe must be 1h as the bars of the file lie 60 minutes apart, was 5m',
    });
  });
});

describe('what a file leaves open', () => {
  it('is asked for: the zone of intraday LEAN bars and their date', async () => {
    const rows = '34200000,100,110,90,100,5\n34260000,100,110,90,100,5\n';
    expect(await refused(rows, { timeframe: '1m' })).toMatchObject({ field: 'name', rule: 'lean_date' });
    expect(await refused(rows, { timeframe: '1m', name: '20240102_x_minute_trade.csv' })).toMatchObject({
      field: 'zone',
      rule: 'required',
    });
    expect(await refused('20240102 00:00,1,1,1,1,1,1,1,1,1,1\n')).toMatchObject({ rule: 'trade_bars' });
  });

  it('is said: that times state no zone, and which of two hours is meant', async () => {
    const rows = ['2024-11-03 00:30', '2024-11-03 01:30', '2024-11-03 01:30', '2024-11-03 02:30'];
    const text = `time,close\n${rows.map((time, i) => `${time},${i + 1}`).join('\n')}\n`;
    const { bars, recognised } = await readBarsFile(bytesOf(text), { timeframe: '1h', zone: 'America/New_York' });
    expect(Array.from(bars.openTimeMs, (time) => new Date(time).toISOString().slice(11, 16))).toEqual([
      '04:30',
      '05:30',
      '06:30',
      '07:30',
    ]);
    expect(recognised).toMatchObject([
      { code: 'zone', message: 'times state no zone and are read by the clocks of America/New_York' },
    ]);
    const plain = await readBarsFile(bytesOf('time,close\n2024-11-03 00:30,1\n2024-11-03 01:30,2\n'), {
      timeframe: '1h',
    });
    expect(plain.recognised[0].message).toBe('times state no zone and are read as UTC: give a zone where they are not');
  });

  it('is in the answer of an inspection, as far as the file was understood', async () => {
    const found = await inspectBarsFile(utf16Of('Datum;Schluss\n02.01.2024;1,5\n03.01.2024;x\n', 'be'), {
      name: 'a.csv',
    });
    expect(found).toMatchObject({
      ...{
        encoding: 'UTF-16BE',
        format: 'delimited text',
        delimiter: 'semicolons',
        decimal: 'comma',
        time_format: 'dd.mm.yyyy',
      },
      columns: [
        { name: 'datum', read_as: 'date' },
        { name: 'schluss', read_as: 'close' },
      ],
      ...{ timeframe: '1d', spacing: '1 day', bars: null },
      problems: [{ field: 'lines[3].schluss', rule: 'number', value: 'x' }],
    });
  });
});
