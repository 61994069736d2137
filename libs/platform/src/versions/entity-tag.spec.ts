import { entityTag, isNamedBy } from './entity-tag';

describe('entityTag', () => {
  const document = { id: 'a', version: 3, status: 'draft' };

  it('begins with the row version and follows every field of the answer', () => {
    const tag = entityTag(document, 3);
    expect(tag).toMatch(/^"3-[0-9a-f]{16}"$/);
    expect(entityTag({ ...document }, 3)).toBe(tag);
    expect(entityTag({ ...document, status: 'validated' }, 3)).not.toBe(tag);
    expect(entityTag({ status: 'draft', version: 3, id: 'a' }, 3)).toBe(tag);
  });

  it.each<[string | undefined, boolean]>([
    [undefined, false],
    ['"3-ab"', true],
    ['W/"3-ab"', true],
    ['"1-00", "3-ab"', true],
    ['*', true],
    ['"3"', false],
    ['"3-abc"', false],
    ['3-ab', false],
  ])('"3-ab" against If-None-Match %s: %s', (header, named) => {
    expect(isNamedBy('"3-ab"', header)).toBe(named);
  });
});
