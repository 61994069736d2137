import { redact } from './redact';

const SECRET = 'a/b+c "k" é9';
const WITHIN = ['', 'x', 'xy'];

describe('a secret', () => {
  it.each([
    ['plain', SECRET],
    ['escaped as JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['escaped as JSON, with every slash', JSON.stringify(SECRET).slice(1, -1).replaceAll('/', '\\/')],
    ['in code units', Array.from(SECRET, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in a form', new URLSearchParams({ k: SECRET }).toString().slice(2)],
    ['in HTML', SECRET.replaceAll('"', '&quot;').replaceAll('/', '&#x2F;')],
    ...WITHIN.map((before) => [`in base64 after "${before}"`, Buffer.from(before + SECRET).toString('base64')]),
    ...WITHIN.map((before) => [
      `in base64 of URLs after "${before}"`,
      Buffer.from(before + SECRET).toString('base64url'),
    ]),
  ])('is not shown %s', (_, text) => {
    // of base64 what stands before it keeps its own characters
    expect(redact(`key <${text}> of you`, [SECRET])).toMatch(/^key <\w{0,2}\[key\]> of you$/);
  });

  it('leaves other texts as they are', () => {
    expect(redact('the key a/b+c is wrong', [SECRET, 'abc'])).toBe('the key a/b+c is wrong');
  });

  it('stays hidden in the credentials of a user', () => {
    const basic = Buffer.from(`someone:${SECRET}:more`).toString('base64');
    const own = Buffer.from(SECRET).toString('base64').slice(4, 12);
    for (const text of [basic, `z${basic}`]) {
      expect(redact(text, [SECRET])).toContain('[key]');
      expect(redact(text, [SECRET])).not.toContain(own);
    }
  });
});
