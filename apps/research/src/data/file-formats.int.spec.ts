import { FORMAT_CASES } from '../../../../libs/testing/src/files/format-cases';
import type { FormatCase } from '../../../../libs/testing/src/files/format-case';
import { MADE_BARS } from '../../../../libs/testing/src/files/made-bars';
import { useResearch } from '../../test/use-research';
import type { ResearchClient } from '../../test/research-harness';

const OCTETS = { 'content-type': 'application/octet-stream' };

describe('files of bars over HTTP', () => {
  const research = useResearch({ worker: false });
  let api: ResearchClient;

  beforeAll(() => ({ api } = research));

  const timeframe = ({ holds }: FormatCase): string => (holds === 'days' ? '1d' : '1h');
  const query = (format: FormatCase, source: string): string => {
    const { market, options = {}, file } = format;
    const given = { symbol: 'XYZ', ...options, source, market, timeframe: timeframe(format), name: file };
    return new URLSearchParams(
      Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
  };

  it.each(FORMAT_CASES.map((format, i) => ({ ...format, source: `format.${i}` })))(
    '$name is imported',
    async (format) => {
      const bytes = await format.bytes();
      const answer = await api.send('POST', `/data/import?${query(format, format.source)}`, bytes, OCTETS);
      expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
      expect(answer.body.repairs.map(({ code }: { code: string }) => code)).toEqual(format.repairs ?? []);
      const symbol = format.options?.symbol ?? 'XYZ';
      const { items } = await api.ok(
        'GET',
        `/data/bars?source=${format.source}&symbol=${symbol}&timeframe=${timeframe(format)}`,
      );
      expect(
        items.map((bar: any) => [
          bar.open_time.replace('.000', ''),
          bar.open,
          bar.high,
          bar.low,
          bar.close,
          bar.volume,
        ]),
      ).toEqual(MADE_BARS[format.holds]);
    },
  );

  const csv = 'date,close\n2024-01-02,1\n2024-01-03,2\n';
  const form = (fields: Record<string, string>, ...files: [name: string, content: string | Uint8Array][]): FormData => {
    const made = new FormData();
    for (const [name, value] of Object.entries(fields)) made.append(name, value);
    for (const [name, content] of files) made.append('file', new Blob([Buffer.from(content)]), name);
    return made;
  };
  const FIELDS = { source: 'form', symbol: 'XYZ', timeframe: '1d', market: 'US' };
  const sendForm = async (path: string, body: FormData) => {
    const encoded = new Response(body);
    const type = encoded.headers.get('content-type')!;
    return api.send('POST', path, new Uint8Array(await encoded.arrayBuffer()), { 'content-type': type });
  };

  it('come in a form, whose fields say the rest', async () => {
    const zip = await FORMAT_CASES.find(({ name }) => name === 'LEAN, intraday')!.bytes();
    const fields = { ...FIELDS, timeframe: '1h', market: 'CRYPTO', zone: 'America/New_York', strict: 'true' };
    expect(await sendForm('/data/import', form(fields, ['20240102_trade.zip', zip]))).toMatchObject({
      status: 201,
      body: { bars: 3 },
    });
    const problem = async (body: FormData, path = '/data/import') => (await sendForm(path, body)).body.errors?.[0];
    expect(await problem(form(FIELDS))).toMatchObject({ field: 'file', rule: 'one_file', value: 0 });
    expect(await problem(form(FIELDS, ['a', csv], ['b', csv]))).toMatchObject({ rule: 'one_file', value: 2 });
    expect(await problem(form({ ...FIELDS, sort: 'perhaps' }, ['a', csv]))).toMatchObject({ field: 'sort' });
    expect(await problem(form({ ...FIELDS, other: '1' }, ['a', csv]))).toMatchObject({ field: 'other' });
    const proto = Object.fromEntries([...Object.entries(FIELDS), ['__proto__', '1']]);
    expect(await problem(form(proto, ['a', csv]))).toMatchObject({ field: '__proto__', rule: 'unknown_field' });
    expect(await problem(form(FIELDS, ['a', csv]), '/data/import?symbol=B')).toMatchObject({
      field: 'symbol',
      message: 'symbol belongs in the fields of a form, was in the query',
    });
    const type = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await api.send('POST', '/data/import', '--x\r\nbroken', type)).body.errors).toMatchObject([
      { rule: 'multipart' },
    ]);
  });

  it('are refused elsewhere', async () => {
    expect((await api.send('POST', '/strategies', csv, OCTETS)).status).toBe(415);
    const text = await api.send('POST', '/data/import', csv, { 'content-type': 'text/plain' });
    expect([text.status, text.body.detail]).toEqual([415, expect.stringContaining('text/csv')]);
  });

  it('are inspected in every form, without being stored', async () => {
    const asJson = await api.send('POST', '/data/inspect', { content: csv, name: 'a.csv' });
    const asFile = await api.send('POST', '/data/inspect?name=a.csv', csv, { 'content-type': 'text/csv' });
    const asForm = await sendForm('/data/inspect', form({}, ['a.csv', csv]));
    expect([asJson.status, asFile.body, asForm.body]).toEqual([200, asJson.body, asJson.body]);
    expect(asJson.body).toMatchObject({
      name: 'a.csv',
      format: 'delimited text',
      timeframe: '1d',
      bars: 2,
      problems: [],
    });
    const refused = await api.send('POST', '/data/inspect', { content: 'date,close\n2024-01-02,x\n' });
    expect(refused.body.problems).toMatchObject([{ field: 'lines[2].close', rule: 'number', value: 'x' }]);
    expect((await api.send('POST', '/data/inspect', {})).body.errors).toMatchObject([
      { field: 'content', rule: 'required' },
    ]);
  });
});
