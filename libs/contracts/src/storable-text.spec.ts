import { isStorableText, storableJson, storableText, unstorableAt } from './storable-text';

describe('texts that PostgreSQL can hold', () => {
  it('refuses U+0000 and halves of surrogate pairs, and nothing else', () => {
    expect(['a\u0000', '\ud800', 'x\udc00y', '\udc00\ud800', '\ud83d'].map(isStorableText)).toEqual(
      Array(5).fill(false),
    );
    expect(['', 'plain', '\ud83d\ude00', '\u0001', '\uffff', '漢字'].map(isStorableText)).toEqual(Array(6).fill(true));
  });

  it('replaces each of them by U+FFFD, and keeps whole pairs', () => {
    expect(storableText('a\u0000b\ud800c\udfff\ud83d\ude00')).toBe('a\ufffdb\ufffdc\ufffd\ud83d\ude00');
    expect(storableText('\ud800\ud800\udc00')).toBe('\ufffd\ud800\udc00');
  });

  it('cleans every text and key of a JSON value, and leaves a clean value as it is', () => {
    expect(storableJson({ 'k\u0000': ['a\ud800', 1, null, { b: true }] })).toEqual({
      'k\ufffd': ['a\ufffd', 1, null, { b: true }],
    });
    const clean = { a: [1, 'two', { three: null }] };
    expect(storableJson(clean)).toBe(clean);
  });

  it('names the place of the first one, a key like a value', () => {
    expect(unstorableAt({ a: 1, rules: [{ field: 'x' }, { field: '\u0000' }] })).toBe('rules[1].field');
    expect(unstorableAt({ a: { 'b\ud800': 1 } })).toBe('a.b\ufffd');
    expect(unstorableAt('\u0000')).toBe('');
    expect(unstorableAt({ a: ['b', { c: 'd' }], e: null, f: 1 })).toBeUndefined();
  });
});
