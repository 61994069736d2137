import type * as Clients from './clients';
import type * as FileBody from './file-body';
import type * as Problems from './problem';

const refusal = (status: number, code: string) =>
  new Response(JSON.stringify({ code, title: 'No', detail: 'no' }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('calls of the services', () => {
  const { fetch, Request } = globalThis;
  let answers: (() => Promise<Response>)[];
  let keys: (string | null)[] = [];
  let [clients, problems, files] = [] as unknown as [typeof Clients, typeof Problems, typeof FileBody];

  // as on a page, which has an address; the clients take what they send with when they are made
  beforeAll(async () => {
    globalThis.Request = class extends Request {
      constructor(input: string | URL | Request, init?: RequestInit) {
        super(typeof input === 'string' ? new URL(input, 'http://here') : input, init);
      }
    };
    globalThis.fetch = (request) => {
      keys.push((request as Request).headers.get('Idempotency-Key'));
      return answers.shift()!();
    };
    [clients, problems, files] = [await import('./clients'), await import('./problem'), await import('./file-body')];
  });
  beforeEach(() => {
    keys = [];
  });
  afterAll(() => Object.assign(globalThis, { fetch, Request }));

  const lost = () => Promise.reject(new TypeError('Failed to fetch'));
  const run = () =>
    thrownBy(
      clients.answer(
        clients.trade.POST('/api/v1/deployments/{deploymentId}/run', { params: { path: { deploymentId: '1' } } }),
      ),
    );
  const look = () => thrownBy(clients.answer(clients.research.GET('/api/strategies')));
  const explain = () =>
    thrownBy(clients.answer(clients.research.POST('/api/signals/explain', { body: { strategy_id: '1' } })));

  it('leave in doubt what was asked to be changed, and nothing else', async () => {
    for (const given of [lost, () => Promise.resolve(refusal(503, 'unavailable'))]) {
      answers = [given, given, given];
      expect([await run(), await look(), await explain()].map((problem) => problems.isDoubtful(problem))).toEqual([
        true,
        false,
        false,
      ]);
    }
    answers = [() => Promise.resolve(refusal(409, 'answer_lost')), () => Promise.resolve(refusal(409, 'conflict'))];
    expect([await run(), await run()].map((problem) => problems.isDoubtful(problem))).toEqual([true, false]);
    // a question has no name, by which an old answer would be told again
    expect(keys.map((key) => key !== null)).toEqual([true, false, false, true, false, false, true, true]);
  });

  it('send a file again under its name, as long as no answer says what became of it', async () => {
    const bars = new File(['time,close'], 'bars.csv', { lastModified: 1 });
    const send = (file: File, symbol: string) =>
      thrownBy(
        clients.answer(
          clients.research.POST('/api/data/import', {
            params: { query: { symbol, timeframe: '1d', market: 'US', source: 'mine' } },
            ...files.fileWish(file, `import ${symbol}`),
          }),
        ),
      );
    answers = [lost, lost, lost, () => Promise.resolve(refusal(422, 'validation_failed')), lost];
    await send(bars, 'SPX');
    await send(bars, 'SPY');
    await send(new File(['time,close'], 'bars.csv', { lastModified: 2 }), 'SPX');
    await send(bars, 'SPX');
    await send(bars, 'SPX');
    const [first, ...others] = keys;
    expect(others.map((key) => key === first)).toEqual([false, false, true, false]);
  });
});
