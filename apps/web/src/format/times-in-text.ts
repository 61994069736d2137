import { formatTime } from './time';

const ISO = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z/g;
/** A bar of a day is stamped so: on another clock it would bear the date before. */
const MIDNIGHT = /T00:00(:00(\.0+)?)?Z$/;

/** Words of a service with the times in them as the pages write times: on the user's clock, zone named; midnights stay in UTC. */
export const timesInText = (text: string, zone?: string): string =>
  text.replace(ISO, (iso, seconds: string | undefined) => {
    if (Number.isNaN(Date.parse(iso))) return iso;
    const detail = seconds !== undefined && !/^:00(\.0+)?$/.test(seconds) ? 'second' : 'minute';
    return formatTime(iso, { zone: MIDNIGHT.test(iso) ? 'UTC' : zone, detail, named: true });
  });
