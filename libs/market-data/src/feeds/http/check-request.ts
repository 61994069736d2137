import { invalidField } from '@assay/primitives';

/** Headers of the connection itself, which the request sets or which no request through it may have. */
const OF_THE_CONNECTION = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authenticate', 'proxy-authorization'],
  ...['proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]);
const UNSENDABLE = /[^\t\x20-\x7e\xa0-\xff]/;
const COLUMN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** @throws DomainError `validation_failed` for a header that cannot be sent, or that would be sent with a placeholder in it */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const field = `feed.headers.${name}`;
    if (OF_THE_CONNECTION.has(name.toLowerCase())) {
      const message = `${field} must be left out: the connection sets ${name} itself, was ${JSON.stringify(value)}`;
      throw invalidField(field, 'managed_header', value, message);
    }
    if (UNSENDABLE.test(value)) {
      const message = `${field} must be printable Latin-1 on one line, was ${JSON.stringify(value)}: encode what is not`;
      throw invalidField(field, 'header_value', value, message);
    }
    for (const [place] of value.matchAll(/\{[\w-]+\}/g)) {
      if (place === '{key}') continue;
      const message = `${field} may hold the placeholder {key} alone, had ${place}: state the value itself`;
      throw invalidField(field, 'placeholder', value, message);
    }
  }
}

/** Further columns are kept under their names. @throws DomainError `validation_failed` for what cannot be the name of one */
export function checkColumns(columns: Readonly<Record<string, string>>): void {
  for (const [name, member] of Object.entries(columns)) {
    if (COLUMN_NAME.test(name)) continue;
    const message = `feed.columns must name columns by a letter and at most 63 letters, digits and _ after it, had ${name}: name it so`;
    throw invalidField(`feed.columns.${name}`, 'pattern', member, message);
  }
}

/** Keys go into headers. @throws DomainError `validation_failed` in words that do not show the key */
export function checkKey(key: string): void {
  if (!UNSENDABLE.test(key)) return;
  const message =
    'api_key must be printable Latin-1 on one line, had other characters: copy it again, without line ends';
  throw invalidField('api_key', 'header_value', '[key]', message);
}
