import { newId } from './new-id';

const millisecondOf = (id: string): number => parseInt(id.replaceAll('-', '').slice(0, 12), 16);

describe('newId', () => {
  let nowMs = Date.now() + 1_000_000;
  beforeEach(() => void jest.spyOn(Date, 'now').mockImplementation(() => nowMs));
  afterEach(() => void jest.restoreAllMocks());

  it('is a UUID of version 7 and variant 10', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('carries the millisecond it was made in', () => {
    nowMs += 1_000;
    expect(millisecondOf(newId())).toBe(nowMs);
  });

  it('sorts in order of creation, also within one millisecond', () => {
    nowMs += 1_000;
    const ids = Array.from({ length: 10_000 }, newId);
    expect(new Set(ids.map(millisecondOf))).toEqual(new Set([nowMs]));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('does not go back when the clock does', () => {
    nowMs += 1_000;
    const later = newId();
    nowMs -= 500_000;
    const ids = [later, newId(), newId()];
    expect([...ids].sort()).toEqual(ids);
    expect(millisecondOf(ids[2]!)).toBe(nowMs + 500_000);
  });
});
