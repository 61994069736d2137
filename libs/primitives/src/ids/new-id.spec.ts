import { newId } from './new-id';

describe('newId', () => {
  it('is a UUID of version 7 and variant 10', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('carries the millisecond it was made in', () => {
    const future = Date.now() + 1_000_000;
    expect(parseInt(newId(future).replaceAll('-', '').slice(0, 12), 16)).toBe(future);
  });

  it('sorts in order of creation, also within one millisecond and when the counter runs over', () => {
    const now = Date.now() + 2_000_000;
    const ids = Array.from({ length: 10_000 }, () => newId(now));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('does not go back when the clock does', () => {
    const later = newId(Date.now() + 3_000_000);
    expect(newId(0) > later).toBe(true);
  });
});
