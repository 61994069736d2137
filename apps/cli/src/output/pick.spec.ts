import { pick, shown } from './pick';

describe('a part of an answer', () => {
  const answer = { id: 'a', result: { top: [{ params: { window: 50 } }, { params: { window: 60 } }] }, none: null };

  it('is found by names and places', () => {
    expect(pick(answer, 'id')).toEqual(['a']);
    expect(pick(answer, 'result.top[1].params.window')).toEqual([60]);
    expect(pick(answer, 'none')).toEqual([null]);
    expect(pick([1, 2], '[1]')).toEqual([2]);
  });

  it('may be many', () => {
    expect(pick(answer, 'result.top[].params.window')).toEqual([50, 60]);
    expect(pick([{ a: 1 }, { b: 2 }], '[].a')).toEqual([1]);
  });

  it('may be missing, also below what has no parts and in what every object has', () => {
    expect(pick(answer, 'result.bottom')).toEqual([]);
    expect(pick(answer, 'id.length')).toEqual([]);
    expect(pick(answer, 'none.x')).toEqual([]);
    expect(pick(answer, 'constructor')).toEqual([]);
    expect(pick(answer, 'result.top[7]')).toEqual([]);
  });

  it.each(['', '.', 'a..b', 'a.', '[x]', 'a[', '.a'])('is no path: %j', (path) => {
    expect(() => pick(answer, path)).toThrow(`was ${path}`);
  });

  it('is shown as text without quotes, else as JSON', () => {
    expect(shown('a "b"')).toBe('a "b"');
    expect(shown({ a: [1, null] })).toBe('{"a":[1,null]}');
  });
});
