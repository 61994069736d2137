import { askedOf, readFilter } from './list-filter';

describe('the filter of strategies', () => {
  it('asks for archived ones only where they are wanted', () => {
    const asked = [{}, { archived: true }, { status: 'archived' }, { status: 'draft', archived: true }] as const;
    expect(asked.map((filter) => askedOf(filter).status)).toEqual(['open', undefined, 'archived', 'draft']);
  });

  it('hands on words and tag, the newest first', () => {
    expect(askedOf({ q: 'trend', tag: 'keep' })).toEqual({ q: 'trend', tag: 'keep', order: 'newest', status: 'open' });
  });

  it('takes from an address what it knows', () => {
    expect(readFilter({ q: 500, status: 'nonsense', tag: '', archived: 'yes' })).toEqual({
      q: '500',
      status: undefined,
      tag: undefined,
      archived: undefined,
    });
  });
});
