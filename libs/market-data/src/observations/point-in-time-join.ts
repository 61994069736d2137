import type { Observations } from './observations';

/**
 * The value that was known at each time: of the observations available by then (at the very instant included) the one of
 * the latest event, of its revisions the latest available. NaN where none was, or where the one that was had become
 * available longer than `maxAgeMs` ago. A later revision of an earlier event changes nothing once a later event is known.
 *
 * One pass over both: times rise (shape n), observations are in the order of `byAvailability` (shape m). No value
 * depends on an observation that became available after its time.
 * @throws RangeError for times or observations out of order
 */
export function pointInTimeJoin(
  timesMs: Float64Array,
  { eventMs, availableMs, value }: Observations,
  maxAgeMs = Infinity,
): Float64Array {
  const known = new Float64Array(timesMs.length);
  const count = value.length;
  let next = 0;
  let best = -1;
  for (let i = 0; i < timesMs.length; i += 1) {
    const time = timesMs[i];
    if (i > 0 && time < timesMs[i - 1]) throw new RangeError(`times must rise, time ${i} does not`);
    for (; next < count && availableMs[next] <= time; next += 1) {
      if (next > 0 && availableMs[next] < availableMs[next - 1])
        throw new RangeError(`observations must be in the order of their availability, observation ${next} is not`);
      // what comes later is available later: of one event it is the newer revision
      if (best < 0 || eventMs[next] >= eventMs[best]) best = next;
    }
    known[i] = best < 0 || time - availableMs[best] > maxAgeMs ? NaN : value[best];
  }
  return known;
}
