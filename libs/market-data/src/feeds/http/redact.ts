const SHOWN = '[key]';
const SHORTEST_SECRET = 4;

/** A text for logs and errors in which no secret stands, be it plain, escaped as in JSON, HTML or a URL, or in base64. */
export function redact(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
    .flatMap((secret) => [Array.from(secret, escapesOf).join(''), ...base64Of(secret)]);
  return forms.reduce((shown, form) => shown.replace(new RegExp(form, 'gi'), SHOWN), text);
}

const literal = (text: string): string =>
  text.replace(/[^A-Za-z0-9]/g, (char) => (char > '~' ? char : `\\x${hex(char)}`));
const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');

const NAMED: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** A pattern of every way in which a character may be written. */
function escapesOf(char: string): string {
  const units = Array.from(
    { length: char.length },
    (_, i) => `\\\\+u${char.charCodeAt(i).toString(16).padStart(4, '0')}`,
  );
  const code = char.codePointAt(0)!;
  const bytes = [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const name = NAMED[char];
  const escapes = [units.join(''), bytes, `&#0*${code};`, `&#x0*${code.toString(16)};`, ...(name ? [`&${name};`] : [])];
  if (char === ' ') escapes.push('\\+');
  return `(?:\\\\*${literal(char)}|${escapes.join('|')})`;
}

/** Patterns of what base64 makes of a secret wherever it begins in what is encoded, without the characters that it shares with others. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    const chars = Array.from(own, (char) => (char === '+' ? '[+-]' : char === '/' ? '(?:\\\\*/|_)' : char));
    return `[A-Za-z0-9+/_-]?${chars.join('')}[A-Za-z0-9+/_-]?=*`;
  });
}

/** Scheme, host and path of an address: queries and user names hold keys. */
export function addressOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}
