import { newId } from './ids';
import { DOUBT_MS, Wishes } from './wishes';

const asked = (body: unknown, path = 'deployments') =>
  new Request(`http://here/api/v1/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

async function nameOf(wishes: Wishes, request: Request): Promise<string | null> {
  await wishes.name(request);
  return request.headers.get('Idempotency-Key');
}

describe('names of what the user wishes to have done', () => {
  it.each([
    ['none came', undefined],
    ['the service was away', new Response('', { status: 503, headers: { 'retry-after': '3' } })],
    ['it failed', new Response('', { status: 500 })],
    ['it is being worked on', new Response('', { status: 409, headers: { 'retry-after': '1' } })],
  ])('stay the same while no answer says what became of it: %s', async (_words, response) => {
    const wishes = new Wishes();
    const first = asked({ ticker: 'SPX' });
    const name = await nameOf(wishes, first);
    wishes.settle(first, response);
    const again = asked({ ticker: 'SPX' });
    expect(await nameOf(wishes, again)).toBe(name);
    // other content or another address is another wish
    expect(await nameOf(wishes, asked({ ticker: 'SPY' }))).not.toBe(name);
    expect(await nameOf(wishes, asked({ ticker: 'SPX' }, 'accounts'))).not.toBe(name);
    wishes.settle(again, new Response('{}', { status: 201 }));
    expect(await nameOf(wishes, asked({ ticker: 'SPX' }))).not.toBe(name);
  });

  it.each([201, 409, 422])('are new after an answer of %i: a refusal would be told again for a day', async (status) => {
    const wishes = new Wishes();
    const first = asked({});
    const name = await nameOf(wishes, first);
    wishes.settle(first, new Response('{}', { status }));
    expect(await nameOf(wishes, asked({}))).not.toBe(name);
  });

  it('are made without reading a file, by what was told of it', async () => {
    const wishes = new Wishes();
    const sent = async (told: string) => {
      const request = new Request('http://here/api/data/import', {
        method: 'POST',
        body: 'a file',
        headers: { 'content-type': 'application/octet-stream', 'Idempotency-Key': wishes.nameOf(told) },
      });
      const clone = jest.spyOn(request, 'clone');
      const name = await nameOf(wishes, request);
      expect(clone).not.toHaveBeenCalled();
      return { request, name };
    };
    const first = await sent('bars.csv as SPX');
    wishes.settle(first.request);
    expect((await sent('bars.csv as SPY')).name).not.toBe(first.name);
    const again = await sent('bars.csv as SPX');
    expect(again.name).toBe(first.name);
    wishes.settle(again.request, new Response('{}', { status: 201 }));
    expect((await sent('bars.csv as SPX')).name).not.toBe(first.name);
  });

  it('are new for a file of which nothing was told', async () => {
    const wishes = new Wishes();
    const headers = { 'content-type': 'application/octet-stream' };
    const file = new Request('http://here/api/data/import', {
      method: 'POST',
      body: 'a file',
      headers,
    });
    const clone = jest.spyOn(file, 'clone');
    const name = await nameOf(wishes, file);
    wishes.settle(file);
    expect(clone).not.toHaveBeenCalled();
    // what was not read is not known again
    expect(await nameOf(wishes, new Request(file.url, { method: 'POST', body: 'a file', headers }))).not.toBe(name);
  });

  it.each(['accounts/1/trading-state', 'deployments/1/flatten'])(
    'are always new where an old answer would deceive: %s',
    async (path) => {
      const wishes = new Wishes();
      const first = asked({ trading_state: 'HALTED', reason: 'x' }, path);
      const name = await nameOf(wishes, first);
      wishes.settle(first);
      expect(await nameOf(wishes, asked({ trading_state: 'HALTED', reason: 'x' }, path))).not.toBe(name);
    },
  );

  it('are forgotten after a while: the same content is then meant anew', async () => {
    const wishes = new Wishes();
    const first = asked({});
    const name = await nameOf(wishes, first);
    wishes.settle(first);
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(now + DOUBT_MS - 1000);
    expect(await nameOf(wishes, asked({}))).toBe(name);
    clock.mockReturnValue(now + DOUBT_MS + 1000);
    expect(await nameOf(wishes, asked({}))).not.toBe(name);
    clock.mockRestore();
  });

  it('are UUIDs also where the page came over plain http', () => {
    const { randomUUID } = crypto;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(newId()).not.toBe(newId());
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true });
    }
  });
});
