import { Capacity } from './capacity';

const never = new AbortController().signal;

describe('the capacity of a process', () => {
  it('lets in so many, and another only when one is over; an end counts once', () => {
    const capacity = new Capacity({ open: 2, active: 1, waitMs: 10 });
    const end = capacity.enter();
    capacity.enter();
    expect(() => capacity.enter()).toThrow('open requests must be at most 2: try again in 1 s');
    end();
    end();
    capacity.enter();
    expect(() => capacity.enter()).toThrow(
      expect.objectContaining({ code: 'overloaded', facts: { retry_after_s: 1 } }),
    );
  });

  it('takes few long bodies at a time', () => {
    const capacity = new Capacity({ open: 99, active: 1, waitMs: 10 });
    const ends = [1, 2, 3, 4].map(() => capacity.enterLong());
    expect(() => capacity.enterLong()).toThrow(expect.objectContaining({ code: 'overloaded' }));
    ends[0]!();
    capacity.enterLong();
  });

  it('takes few files to disk at a time', () => {
    const capacity = new Capacity({ open: 99, active: 1, waitMs: 10 });
    const ends = Array.from({ length: 16 }, () => capacity.enterSpooled());
    expect(() => capacity.enterSpooled()).toThrow(expect.objectContaining({ code: 'overloaded' }));
    capacity.enterLong();
    ends[0]!();
    capacity.enterSpooled();
  });

  it('leaves half of it to other callers', () => {
    const capacity = new Capacity({ open: 4, active: 1, waitMs: 10 });
    const end = capacity.enterAs('a');
    capacity.enterAs('a');
    expect(() => capacity.enterAs('a')).toThrow(expect.objectContaining({ code: 'rate_limited' }));
    capacity.enterAs('b');
    end();
    capacity.enterAs('a');
  });

  it('gives places at work in the order of asking, passing over who has gone', async () => {
    const capacity = new Capacity({ open: 9, active: 1, waitMs: 60_000 });
    const leave = await capacity.slot(never);
    const gone = new AbortController();
    const order: string[] = [];
    const waiting = ['a', 'b', 'c'].map((name) =>
      capacity.slot(name === 'b' ? gone.signal : never).then((done) => {
        order.push(name);
        done();
      }),
    );
    gone.abort(new Error('gone'));
    leave();
    await expect(waiting[1]).rejects.toThrow('gone');
    await Promise.all([waiting[0], waiting[2]]);
    expect(order).toEqual(['a', 'c']);
    await expect(capacity.slot(gone.signal)).rejects.toThrow('gone');
  });

  it('refuses who has waited too long', async () => {
    const capacity = new Capacity({ open: 9, active: 1, waitMs: 1 });
    const leave = await capacity.slot(never);
    await expect(capacity.slot(never)).rejects.toMatchObject({ code: 'overloaded' });
    leave();
    (await capacity.slot(never))();
  });
});
