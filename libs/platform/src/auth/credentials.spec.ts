import {
  credentialOf,
  hashApiKey,
  hashPassword,
  keyPrefix,
  looksLikeJwt,
  newApiKey,
  verifyPassword,
} from './credentials';
import { hasScope, SCOPES_OF_ROLE } from './scopes';

describe('credentials', () => {
  it('new keys have 256 random bits behind their prefix', () => {
    const key = newApiKey();
    expect(Buffer.from(key.slice(3), 'base64url')).toHaveLength(32);
    expect(key.startsWith('ak_')).toBe(true);
    expect(newApiKey()).not.toBe(key);
    expect(hashApiKey(key)).toMatch(/^[0-9a-f]{64}$/);
    expect(key.startsWith(keyPrefix(key))).toBe(true);
  });

  it('passwords are argon2id hashes, and nobody logs in without one', async () => {
    const hash = await hashPassword('pass phrase');
    expect(hash.startsWith('$argon2id$')).toBe(true);
    expect(await verifyPassword(hash, 'pass phrase')).toBe(true);
    expect(await verifyPassword(hash, 'pass phrasE')).toBe(false);
    expect(await verifyPassword(null, '')).toBe(false);
  });

  it.each<[Record<string, string>, string | undefined]>([
    [{ authorization: 'Bearer a' }, 'a'],
    [{ authorization: 'bearer  a' }, 'a'],
    [{ 'x-api-key': 'b' }, 'b'],
    [{ cookie: 'x=1; assay_token=c' }, 'c'],
    [{ authorization: 'Bearer a', 'x-api-key': 'b', cookie: 'assay_token=c' }, 'a'],
    [{ authorization: 'Basic a' }, undefined],
    [{}, undefined],
  ])('of headers %j is %s', (headers, expected) => {
    expect(credentialOf({ headers })).toBe(expected);
  });

  it('tells tokens from keys', () => {
    expect(looksLikeJwt('a.b.c')).toBe(true);
    expect(looksLikeJwt(newApiKey())).toBe(false);
  });
});

describe('scopes', () => {
  it('admin implies all, nothing else implies anything', () => {
    expect(hasScope(['admin'], 'trade:live')).toBe(true);
    expect(hasScope(['trade:write'], 'trade:live')).toBe(false);
    expect(hasScope([], 'research:read')).toBe(false);
  });

  it('a viewer can only read, and a service cannot trade live', () => {
    expect(SCOPES_OF_ROLE.viewer.every((scope) => scope.endsWith(':read'))).toBe(true);
    expect(SCOPES_OF_ROLE.service).not.toContain('trade:live');
  });
});
