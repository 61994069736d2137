import { newId } from './ids';
import { Wishes } from './wishes';

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

  it('are made without reading a file', async () => {
    const wishes = new Wishes();
    const file = new Request('http://here/api/data/import', {
      method: 'POST',
      body: 'a file',
      headers: { 'content-type': 'application/octet-stream' },
    });
    const name = await nameOf(wishes, file);
    wishes.settle(file);
    expect(file.bodyUsed).toBe(false);
    expect(await nameOf(wishes, asked({}))).not.toBe(name);
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
