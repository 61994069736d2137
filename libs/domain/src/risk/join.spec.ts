import { hasJoined } from './join';

describe('a deployment', () => {
  it('that joins now sends at once, whatever the signal', () => {
    for (const signal of [null, -1, 0, 1]) expect(hasJoined('now', false, signal, signal)).toBe(true);
  });

  it.each([
    [1, 1, false],
    [1, 0, true],
    [1, -1, true],
    [0, 0, false],
    // none at the start counts as another
    [null, 0, true],
    [null, 1, true],
    // none now is no target to join with
    [1, null, false],
    [null, null, false],
  ])('that waits for the next entry, from %p, joins at %p: %p', (atStart, signal, joined) => {
    expect(hasJoined('next_entry', false, atStart, signal)).toBe(joined);
  });

  it('that has joined stays in when the target of the start comes back', () => {
    expect(hasJoined('next_entry', true, 1, 1)).toBe(true);
    expect(hasJoined('next_entry', true, 1, null)).toBe(true);
  });
});
