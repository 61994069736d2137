import { ChangeLog } from './change-log';

const change = (id: string, ownerId = 'ann') => ({ kind: 'run', id, ownerId, atMs: 0 });

describe('what a process has heard of', () => {
  it("gives a reader his own changes after the last he saw, and nobody else's", () => {
    const log = new ChangeLog('e1');
    const seen = log.idOf(log.add(change('1')).sequence);
    log.add(change('2', 'bob'));
    log.add(change('3'));
    expect(log.since(seen, 'ann')!.map(({ id }) => id)).toEqual(['3']);
    expect(log.since(seen, 'bob')!.map(({ id }) => id)).toEqual(['2']);
    expect(log.since(log.idOf(), 'ann')).toEqual([]);
  });

  it('does not pretend to know what it may have missed', () => {
    const log = new ChangeLog('e1', 2);
    const first = log.idOf(log.add(change('1')).sequence);
    for (const id of ['2', '3', '4']) log.add(change(id));
    const last = log.idOf();
    expect(log.since(first, 'ann')).toBeUndefined();
    expect(log.since(last, 'ann')).toEqual([]);
    log.forget();
    expect(log.since(last, 'ann')).toBeUndefined();
    expect(log.since(log.idOf(), 'ann')).toEqual([]);
  });

  it.each(['e0-1', 'e1-99', 'e1-', 'e1-x', '', 'e1--1'])('has nothing after %j', (id) => {
    const log = new ChangeLog('e1');
    log.add(change('1'));
    expect(log.since(id, 'ann')).toBeUndefined();
  });
});
