import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { analyseBars } from '@assay/market-data';
import { createTestUser } from '@assay/testing';
import { DataSource } from 'typeorm';
import { FORMAT_CASES } from '../../../../../libs/testing/src/files/format-cases';
import type { FormatCase } from '../../../../../libs/testing/src/files/format-case';
import type { ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';
import { FileImports } from './file-imports';

const OCTETS = { 'content-type': 'application/octet-stream' };
const CSV = 'date,open,high,low,close,volume\n2024-01-02,1,2,1,1,5\n2024-01-03,1,2,1,2,5\n';
const MOST_BYTES = 300_000;

const dataDir = mkdtempSync(join(tmpdir(), 'assay-imports-'));
const env = { ASSAY_DATA_DIR: dataDir, ARTIFACT_URL: '', MAX_UPLOAD_BYTES: String(MOST_BYTES) };
const uploads = (): string[] => readdirSync(join(dataDir, 'artifacts/uploads'));
const incoming = (): string[] => readdirSync(join(dataDir, 'incoming'));
/** A file is removed after the answer of its request. */
async function nothingComes(): Promise<void> {
  for (let tries = 0; incoming().length > 0 && tries < 500; tries += 1) await sleep(10);
  expect(incoming()).toEqual([]);
}
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const path = (more: Record<string, unknown> = {}): string => {
  const fields = { source: 'job', symbol: 'XYZ', timeframe: '1d', market: 'US', ...more };
  const query = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return `/data/import?${new URLSearchParams(query).toString()}`;
};
/** Without what is new at every import. */
const comparable = ({ series_id: _, quality, ...rest }: any): object => ({ ...rest, quality: { ...quality, id: '' } });

describe('a file that is imported by a job', () => {
  const research = useResearch({ env });
  let api: ResearchClient;

  beforeAll(() => ({ api } = research));

  const imported = async (at: string, content: string | Uint8Array, headers = OCTETS): Promise<Record<string, any>> => {
    const accepted = await api.send('POST', at, content, headers);
    expect([accepted.status, accepted.body.detail]).toEqual([202, undefined]);
    return api.ended(accepted.body.job_id);
  };
  const timeframe = ({ holds }: FormatCase): string => (holds === 'days' ? '1d' : '1h');

  it.each(FORMAT_CASES.map((format, i) => ({ ...format, at: i })))('$name is read as in a request', async (format) => {
    const { options = {}, market, file: name } = format;
    const fields = { ...options, market, timeframe: timeframe(format), name };
    const bytes = await format.bytes();
    const whole = await api.send('POST', path({ ...fields, source: `whole.${format.at}` }), bytes, OCTETS);
    const job = await imported(path({ ...fields, source: `job.${format.at}`, background: true }), bytes);
    expect([job.state, job.error, whole.status]).toEqual(['completed', null, 201]);
    expect(comparable(job.result)).toEqual(comparable(whole.body));
  });

  it.each([0, 20])('is stored from disk as from memory, with %d bars before', async (before) => {
    const files = research.harness.worker.get(FileImports);
    const hours = (from: number, to: number): string[] =>
      Array.from({ length: to - from }, (_, i) => {
        const at = from + i;
        const close = 100 + Math.sin(at / 5) + (at % 97 === 13 ? 40 : 0);
        const time = new Date(Date.UTC(2024, 0, 1) + at * 3_600_000).toISOString();
        return [time, close, close + 1, close - 1, close, at % 11, at / 7, close * (at < 150 ? 0.25 : 1)].join(',');
      });
    const header = 'time,open,high,low,close,volume,mood,adj close';
    const csv = (rows: string[]): string => [header, ...rows].join('\n');
    const fields = { timeframe: '1h', market: 'CRYPTO', symbol: `DISK.${before}` };
    const sources = ['whole', 'disk'];
    for (const adjust of ['none', 'adj_close']) {
      const answers: Record<string, any>[] = [];
      for (const source of sources.map((name) => `${name}.${adjust}`)) {
        if (before > 0) {
          const stored = hours(90, 90 + before).map((row, i) => (i === 3 ? row.replace(/,[^,]*,/, ',1,') : row));
          await api.send('POST', path({ ...fields, adjust, source }), csv(stored), OCTETS);
        }
        files.limits = source.startsWith('disk') ? { wholeBytes: 0, pieceBytes: 500, pieceRows: 13, wholeBars: 0 } : {};
        const job = await imported(path({ ...fields, adjust, source, background: true }), csv(hours(0, 400)));
        expect([job.state, job.error]).toEqual(['completed', null]);
        const again = await imported(path({ ...fields, adjust, source, background: true }), csv(hours(0, 400)));
        expect(again.result).toMatchObject({ inserted: 0, updated: 0, unchanged: 400 });
        answers.push(job.result);
      }
      expect(comparable(answers[1])).toEqual(comparable(answers[0]));
      expect(answers[0]).toMatchObject({ bars: 400, updated: before > 0 ? 1 : 0 });
      const bars = sources.map((name) => api.ok('GET', `/data/bars?symbol=DISK.${before}&timeframe=1h&source=${name}.${adjust}`)); // prettier-ignore
      const [whole, disk] = await Promise.all(bars);
      expect(disk!.items).toEqual(whole!.items);
    }
    files.limits = {};
  });

  it('is stored from disk for who may only add', async () => {
    const files = research.harness.worker.get(FileImports);
    files.limits = { wholeBytes: 0, pieceBytes: 500, pieceRows: 13, wholeBars: 0 };
    try {
      const adder = await research.as('trader', ['research:read', 'data:write']);
      const rows = (from: number, close = 1) => `time,close\n${[0, 1, 2].map((i) => `${new Date(Date.UTC(2024, 0, 2, 15 + from + i)).toISOString()},${close}`).join('\n')}\n`; // prettier-ignore
      const send = async (content: string) => {
        const { body } = await adder.send(
          'POST',
          path({ symbol: 'ADD', timeframe: '1h', background: true }),
          content,
          OCTETS,
        );
        return adder.ended(body.job_id);
      };
      expect(await send(rows(0))).toMatchObject({ state: 'completed', result: { inserted: 3 } });
      expect(await send(rows(2))).toMatchObject({ state: 'completed', result: { inserted: 2, unchanged: 1 } });
      expect(await send(rows(1, 2))).toMatchObject({ state: 'failed', error: { code: 'forbidden', replaced: 3 } });
      const stored = await api.ok('GET', '/data/bars?symbol=ADD&timeframe=1h');
      expect(stored.items.map((bar: any) => bar.close)).toEqual([1, 1, 1, 1, 1]);
    } finally {
      files.limits = {};
    }
  });

  it('may have the server count the bars, which are not its own', async () => {
    const db = research.harness.app.get(DataSource);
    const [bar] = await db.query<[{ role: string; owner: string }]>(
      `SELECT current_user AS role, tableowner AS owner FROM pg_tables WHERE schemaname = 'market' AND tablename = 'bar'`,
    );
    expect(bar.role).not.toBe(bar.owner);
    await analyseBars((sql, params) => db.query(sql, params), { inserted: 1e6 });
    const { rows } = await research.sql.query(
      `SELECT last_analyze FROM pg_stat_all_tables WHERE relid = 'market.bar'::regclass`,
    );
    expect(rows[0].last_analyze).not.toBeNull();
  });

  it('fails by the line, column, rule and value that a request names', async () => {
    const bad = `${CSV}2024-01-04,1,2,1,x,5\n2024-01-05,1,2,1,-1,5\n`;
    const refused = await api.send('POST', path({ symbol: 'BAD' }), bad, OCTETS);
    const job = await imported(path({ symbol: 'BAD', background: true }), bad);
    expect([job.state, job.error.code, job.error.errors]).toEqual(['failed', 'validation_failed', refused.body.errors]);
    expect(refused.body.errors).toMatchObject([{ field: 'lines[4].close', rule: 'number', value: 'x' }, {}]);
    expect((await api.send('GET', '/data/bars?symbol=BAD&timeframe=1d')).status).toBe(404);
  });

  it('comes in a form too, whose file names itself', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ source: 'form', symbol: 'XYZ', timeframe: '1d', market: 'US' }))
      form.append(name, value);
    form.append('file', new Blob([CSV]), 'days.csv');
    const body = new Response(form);
    const headers = { 'content-type': body.headers.get('content-type')! };
    const job = await imported('/data/import?background=true', new Uint8Array(await body.arrayBuffer()), headers);
    expect(job).toMatchObject({ state: 'completed', progress: 1, result: { bars: 2, inserted: 2 } });
  });

  it('writes nothing the second time, and changes stored bars only for who may', async () => {
    const again = await imported(path({ symbol: 'TWICE', background: true }), CSV);
    expect(again.result).toMatchObject({ inserted: 2, unchanged: 0 });
    expect((await imported(path({ symbol: 'TWICE', background: true }), CSV)).result).toMatchObject({ unchanged: 2 });
    const adder = await research.as('trader', ['research:read', 'data:write']);
    const other = CSV.replace('1,2,1,2,5', '1,2,1,1.5,5');
    const { body } = await adder.send('POST', path({ symbol: 'TWICE', background: true }), other, OCTETS);
    expect(await adder.ended(body.job_id)).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
  });

  it('is removed once its job has ended', async () => {
    const files = research.harness.app.get(FileImports);
    expect(uploads().length).toBeGreaterThan(0);
    expect(await files.sweep(Date.now())).toBe(0);
    expect(await files.sweep(Date.now() + 3_600_000)).toBeGreaterThan(0);
    expect(uploads()).toEqual([]);
    await nothingComes();
  });
});

describe('a file on its way to a job', () => {
  const research = useResearch({ env, worker: false });
  let api: ResearchClient;

  beforeAll(() => ({ api } = research));
  beforeEach(() => research.sql.query('DELETE FROM ops.job'));

  const send = (more: object, content: string, headers: Record<string, string> = OCTETS) =>
    api.send('POST', path({ ...more, background: true }), content, headers);

  it('is one job while that is open, and one file', async () => {
    const before = uploads().length;
    const [first, same] = [await send({}, CSV), await send({}, CSV)];
    expect(same.body).toEqual(first.body);
    expect(uploads().length).toBe(before + 1);
    const others = [await send({ symbol: 'OTHER' }, CSV), await send({}, `${CSV}2024-01-04,1,2,1,2,5\n`)];
    const ids = [first, ...others].map(({ body }) => body.job_id);
    expect(new Set(ids).size).toBe(3);
    const files = research.harness.app.get(FileImports);
    await files.sweep(Date.now() + 3_600_000);
    expect(uploads().length).toBe(3);
    await api.ok('POST', `/jobs/${first.body.job_id}/cancel`);
    await files.sweep(Date.now() + 3_600_000);
    expect(uploads().length).toBe(2);
  });

  it('is answered once under an Idempotency-Key', async () => {
    const key = { ...OCTETS, 'idempotency-key': 'once' };
    const first = await send({ symbol: 'KEY' }, CSV, key);
    const again = await send({ symbol: 'KEY' }, CSV, key);
    expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([202, first.body, 'true']);
    expect((await send({ symbol: 'KEY' }, `${CSV}\n`, key)).body.code).toBe('idempotency_key_reused');
  });

  it.each<[string, object, string, Record<string, string>, number, object]>([
    ['no market', { market: '' }, CSV, OCTETS, 422, { errors: [{ field: 'market' }] }],
    ['no timeframe of ours', { timeframe: '7m' }, CSV, OCTETS, 422, { errors: [{ field: 'timeframe' }] }],
    ['an exchange', { source: 'ccxt' }, CSV, OCTETS, 422, { errors: [{ field: 'source', rule: 'not_applicable' }] }],
    ['text in JSON', {}, '{}', { 'content-type': 'application/json' }, 422, { errors: [{ field: 'background' }] }],
    ['too many bytes', {}, 'x'.repeat(MOST_BYTES + 1), OCTETS, 413, { code: 'payload_too_large' }],
    ['another kind of body', {}, CSV, { 'content-type': 'text/plain' }, 415, {}],
  ])('with %s is refused and leaves nothing', async (_, more, content, headers, status, problem) => {
    const before = uploads().length;
    const answer = await send(more, content, headers);
    expect([answer.status, answer.body]).toEqual([status, expect.objectContaining(asSubset(problem))]);
    await nothingComes();
    expect(uploads().length).toBe(before);
    expect((await research.sql.query('SELECT 1 FROM ops.job')).rowCount).toBe(0);
  });

  it('leaves nothing where its sender goes, or sends more than stated at the start', async () => {
    await research.harness.app.listen(0, '127.0.0.1');
    const { port } = research.harness.app.getHttpServer().address() as AddressInfo;
    const before = uploads().length;
    const caller = await createTestUser(research.database.url);
    const open = (headers: Record<string, string>) =>
      httpRequest({
        ...{ port, host: '127.0.0.1', method: 'POST', path: `/api${path({ symbol: 'GONE', background: true })}` },
        headers: { ...caller.headers, ...OCTETS, ...headers },
      });
    const leaving = open({ 'content-length': '200000' });
    leaving.on('error', () => undefined);
    leaving.write('x'.repeat(100_000));
    for (let tries = 0; incoming().length === 0 && tries < 200; tries += 1) await sleep(10);
    expect(incoming()).toHaveLength(1);
    leaving.destroy();
    await nothingComes();
    const endless = open({ 'transfer-encoding': 'chunked' });
    endless.on('error', () => undefined);
    const answered = once(endless, 'response') as Promise<[{ statusCode: number }]>;
    for (let sent = 0; sent <= MOST_BYTES; sent += 10_000) endless.write('x'.repeat(10_000));
    const [{ statusCode }] = await answered;
    endless.destroy();
    await nothingComes();
    expect([statusCode, uploads().length]).toEqual([413, before]);
    expect((await research.sql.query('SELECT 1 FROM ops.job')).rowCount).toBe(0);
  });
});

/** An expectation of the fields named, in arrays too. */
function asSubset(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      Array.isArray(inner) ? inner.map((one: object) => expect.objectContaining(one)) : (inner as unknown),
    ]),
  );
}
