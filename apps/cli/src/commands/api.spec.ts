import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../fixtures/in-process';

describe('assay api', () => {
  let server: Server;
  let url: string;
  let polls = 0;
  const asked: { line: string; version?: string; body: string }[] = [];
  const problem = { status: 422, code: 'validation_failed', errors: [{ field: 'a', rule: 'type', value: 1 }] };
  const answers: Record<string, [number, unknown]> = {
    'GET /api/data/symbols': [200, { items: [{ symbol: 'A' }, { symbol: 'B' }] }],
    'POST /api/strategies/import': [201, { id: 'x' }],
    'PATCH /api/strategies/x': [422, problem],
    'POST /api/backtests/x/execute': [202, { job_id: 'j' }],
    'POST /api/backtests/y/execute': [202, { job_id: 'k' }],
    'GET /api/jobs/k': [200, { state: 'failed', error: { code: 'not_ready' } }],
    'DELETE /api/v1/deployments/x': [204, undefined],
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const line = `${request.method} ${request.url}`;
        asked.push({ line, version: request.headers['if-match'], body });
        if (line === 'GET /api/jobs/j') polls += 1;
        const running = { state: polls < 2 ? 'active' : 'completed', result: { sharpe: 1.5 } };
        const [status, answer] =
          answers[line] ?? (line === 'GET /api/jobs/j' ? [200, running] : [404, { status: 404 }]);
        response.statusCode = status;
        response.end(answer === undefined ? '' : JSON.stringify(answer));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    process.env.ASSAY_API_KEY = 'ak_1';
    asked.length = 0;
  });
  afterAll(async () => {
    delete process.env.ASSAY_API_KEY;
    await new Promise((done) => server.close(done));
  });
  const api = (...words: string[]): ReturnType<typeof call> => call('api', ...words, '--url', url);

  it('shows an answer, or the part that is asked for', async () => {
    expect(JSON.parse((await api('GET', 'data/symbols')).out)).toEqual({ items: [{ symbol: 'A' }, { symbol: 'B' }] });
    expect(await api('get', '/data/symbols', '--show', 'items[].symbol')).toEqual({ code: 0, out: 'A\nB\n', err: '' });
    expect((await api('GET', 'data/symbols', '--show', 'items', '--json')).out).toBe(
      '[[{"symbol":"A"},{"symbol":"B"}]]\n',
    );
    expect((await api('GET', 'data/symbols', '--show', 'next')).err).toContain('--show next is not in the answer');
  });

  it('sends JSON that is given, or that of a file, and the version it was made of', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-api-'));
    writeFileSync(join(folder, 'body.json'), '{"a": 1}');
    await api('POST', 'strategies/import', '--data', `@${join(folder, 'body.json')}`);
    await api('PATCH', 'strategies/x', '--data', '{"a":1}', '--if-match', '3');
    rmSync(folder, { recursive: true });
    expect(asked).toEqual([
      { line: 'POST /api/strategies/import', version: undefined, body: '{"a": 1}' },
      { line: 'PATCH /api/strategies/x', version: '"3"', body: '{"a":1}' },
    ]);
  });

  it('waits for the job that an answer names', async () => {
    expect(await api('POST', 'backtests/x/execute', '--wait', '--show', 'result.sharpe')).toMatchObject({
      code: 0,
      out: '1.5\n',
    });
    expect(polls).toBe(2);
    const failed = await api('POST', 'backtests/y/execute', '--wait');
    expect(failed).toMatchObject({ code: 1, out: '' });
    expect(JSON.parse(failed.err)).toMatchObject({ state: 'failed', error: { code: 'not_ready' } });
  });

  it('answers 1 with the whole refusal', async () => {
    const { code, out, err } = await api('PATCH', 'strategies/x');
    expect([code, out, JSON.parse(err)]).toEqual([1, '', problem]);
  });

  it('asks another service below its own prefix, and may have no answer', async () => {
    expect(await api('DELETE', 'deployments/x', '--service', 'trade')).toEqual({ code: 0, out: '', err: '' });
    expect(asked[0].line).toBe('DELETE /api/v1/deployments/x');
  });

  it.each([
    [['GET'], 'METHOD PATH must be one of GET, POST, PUT, PATCH, DELETE and a path, was GET'],
    [['FETCH', 'x'], 'was FETCH x'],
    [['POST', 'x', '--data', '{a'], '--data must be JSON, or @ and a file of it, was {a'],
    [['POST', 'x', '--data', '@nowhere'], '--data must be a readable file, was nowhere (there is no such file)'],
  ])('refuses %j', async (words, message) => {
    const { code, err } = await api(...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(asked).toEqual([]);
  });
});
