import fc from 'fast-check';
import { byAvailability, type Observations } from './observations';
import { pointInTimeJoin } from './point-in-time-join';

interface Row {
  event: number;
  available: number;
  value: number;
}

/** Small numbers, so that ties of every kind come up; no two rows of one event and one availability. */
const rows = fc.uniqueArray(
  fc
    .record({
      event: fc.integer({ min: 0, max: 20 }),
      lag: fc.integer({ min: 0, max: 15 }),
      value: fc.double({ noNaN: true }),
    })
    .map(({ event, lag, value }): Row => ({ event, available: event + lag, value })),
  { selector: ({ event, available }) => `${event} ${available}`, maxLength: 60 },
);
const times = fc
  .array(fc.integer({ min: -2, max: 45 }), { maxLength: 40 })
  .map((all) => Float64Array.from(all.sort((a, b) => a - b)));
const ages = fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 12 }));

const columnsOf = (of: readonly Row[]): Observations =>
  byAvailability({
    eventMs: Float64Array.from(of, ({ event }) => event),
    availableMs: Float64Array.from(of, ({ available }) => available),
    value: Float64Array.from(of, ({ value }) => value),
  });

/** Looks through all rows for every time, as the rule is said. */
function naive(at: Float64Array, of: readonly Row[], maxAge: number): Float64Array {
  return at.map((time) => {
    const known = of.filter(({ available }) => available <= time);
    const latest = Math.max(...known.map(({ event }) => event));
    const revisions = known.filter(({ event }) => event === latest);
    const newest = Math.max(...revisions.map(({ available }) => available));
    const row = revisions.find(({ available }) => available === newest);
    return row === undefined || time - row.available > maxAge ? NaN : row.value;
  });
}

describe('the point-in-time join', () => {
  it('is what a search of all rows for every time finds', () => {
    fc.assert(
      fc.property(times, rows, ages, (at, of, maxAge) => {
        expect(pointInTimeJoin(at, columnsOf(of), maxAge)).toEqual(naive(at, of, maxAge));
      }),
      { numRuns: 500 },
    );
  });

  it('is causal: what becomes available later changes nothing, whatever it is about', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.double(), fc.integer({ min: 0, max: 60 })), { maxLength: 5 });
    fc.assert(
      fc.property(times, rows, ages, fc.integer({ min: -2, max: 45 }), changes, (at, of, maxAge, now, changed) => {
        const before = of.filter(({ available }) => available <= now);
        const after = of.filter(({ available }) => available > now);
        const other = changed.map(([i, value, event]): Row => ({
          ...(after[i % after.length] ?? { available: now + 1 }),
          value,
          event,
        }));
        const until = at.filter((time) => time <= now);
        const known = pointInTimeJoin(until, columnsOf(of), maxAge);
        expect(pointInTimeJoin(until, columnsOf(before), maxAge)).toEqual(known);
        expect(pointInTimeJoin(until, columnsOf([...before, ...other]), maxAge)).toEqual(known);
      }),
    );
  });

  it('takes revisions as they come, and no revision of what is past', () => {
    const of = columnsOf([
      { event: 1, available: 5, value: 10 },
      { event: 1, available: 8, value: 11 },
      { event: 2, available: 9, value: 20 },
      { event: 1, available: 12, value: 12 },
    ]);
    const at = Float64Array.of(4, 5, 8, 9, 12);
    expect([...pointInTimeJoin(at, of)]).toEqual([NaN, 10, 11, 20, 20]);
    expect([...pointInTimeJoin(at, of, 2)]).toEqual([NaN, 10, 11, 20, NaN]);
  });

  it('refuses what is in no order', () => {
    const of = { eventMs: Float64Array.of(1, 1), availableMs: Float64Array.of(3, 2), value: Float64Array.of(1, 2) };
    expect(() => pointInTimeJoin(Float64Array.of(5), of)).toThrow('observation 1 is not');
    expect(() => pointInTimeJoin(Float64Array.of(5, 4), columnsOf([]))).toThrow('time 1 does not');
  });
});
