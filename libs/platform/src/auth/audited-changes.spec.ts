import { auditedChanges, isSameAmount } from '.';

describe('auditedChanges', () => {
  it('tells what differs, amounts by their value and whatever order keys have', () => {
    const before = { cap: '10000', qty: '1e2', note: 'a', days: { from: 1, to: 2 }, live: false };
    expect(auditedChanges(before, { cap: 10000.0, qty: '100.0', note: 'a', days: { to: 2, from: 1 } })).toEqual({});
    expect(auditedChanges(before, { cap: '10000.1', note: 'b', live: true, more: 5 })).toEqual({
      cap: { from: '10000', to: '10000.1' },
      note: { from: 'a', to: 'b' },
      live: { from: false, to: true },
      more: { from: null, to: 5 },
    });
  });

  it('takes a text for an amount only where it could be one', () => {
    expect(auditedChanges({ of: '1e999999999' }, { of: '1e5' })).toEqual({ of: { from: '1e999999999', to: '1e5' } });
    const isSame = (a: unknown, b: unknown, name: string) => (name === 'of' ? a === b : isSameAmount(a, b));
    expect(auditedChanges({ of: '007', qty: '7.0' }, { of: '7', qty: '7' }, isSame)).toEqual({
      of: { from: '007', to: '7' },
    });
  });

  it('tells everything of what was not there, and names that look like amounts where they are compared as they are', () => {
    expect(auditedChanges(null, { lot: '1', shortable: null })).toEqual({ lot: { from: null, to: '1' } });
    expect(auditedChanges({ name: '1' }, { name: '1.0' }, Object.is)).toEqual({ name: { from: '1', to: '1.0' } });
  });
});
