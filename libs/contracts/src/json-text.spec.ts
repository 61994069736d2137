import { MAX_JSON_DEPTH, readJsonText } from './json-text';

const read = (text: string) => readJsonText(Buffer.from(text));
const nested = (depth: number, [open, close] = ['[', ']']) => open.repeat(depth) + '1' + close.repeat(depth);

describe('JSON from outside', () => {
  it.each(['{"a":[1,null,"x\\u00e9\\ud83d\\ude00"]}', '"text [[[ { "', ' 1 ', '{"a":"\\\\"}', '{"a":"\\"[[["}'])(
    'is read as it is: %s',
    (text) => {
      expect(read(text)).toEqual({ kind: 'value', value: JSON.parse(text) });
    },
  );

  it('may be nested as deep as the limit, in lists and objects, and no deeper', () => {
    expect(read(nested(MAX_JSON_DEPTH)).kind).toBe('value');
    for (const deep of [nested(MAX_JSON_DEPTH + 1), nested(200_000), nested(200_000, ['{"a":', '}'])]) {
      expect(read(deep)).toEqual({ kind: 'malformed', detail: 'JSON must be nested at most 64 deep, was deeper' });
    }
  });

  it('counts no bracket inside a text, nor one after an escaped quote', () => {
    expect(read(`{"a":"${'['.repeat(500)}"}`).kind).toBe('value');
    expect(read(`{"a":"\\"${'{'.repeat(500)}"}`).kind).toBe('value');
  });

  it.each<[string, Uint8Array]>([
    ['no JSON', Buffer.from('{"a":')],
    ['nothing', Buffer.from('')],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['a surrogate written as UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])('is malformed: %s', (_, bytes) => {
    expect(readJsonText(bytes).kind).toBe('malformed');
  });

  it.each([
    ['{"a":{"b":"\\u0000"}}', 'unstorable', 'a.b'],
    ['["\\ud800"]', 'unstorable', '[0]'],
    ['{"a":[{"\\udc00":1}]}', 'unstorable', 'a[0].\ufffd'],
    ['{"a":{"__proto__":{}}}', 'forbidden_key', 'a.__proto__'],
    ['{"\\u005f_proto__":1}', 'forbidden_key', '__proto__'],
    ['{"a":[1e400]}', 'infinite', 'a[0]'],
    ['-1e999', 'infinite', ''],
  ])('is refused at its place: %s', (text, kind, field) => {
    expect(read(text)).toEqual({ kind, field });
  });
});
