import { Text } from '@mantine/core';
import { formatTime, MARKET_ZONES, userZone, type Market, type TimeDetail } from '../format/time';
import { NONE } from '../format/number';

interface Props {
  value: string | number | null | undefined;
  /** The market whose wall clock stands beside; a daily bar is dated by it. */
  market?: Market;
  detail?: TimeDetail;
}

/** A time on the user's clock; the market's beside it where that is another one. */
export function Time({ value, market, detail = 'minute' }: Props) {
  if (value === null || value === undefined) return <>{NONE}</>;
  const own = userZone();
  const zone = market && MARKET_ZONES[market];
  const iso = new Date(value).toISOString();
  if (zone && detail === 'date') {
    // bars of a day or longer are stamped 00:00Z of their session's date
    return (
      <time dateTime={iso} title={`${iso} (date of the market, ${zone})`} className="figure">
        {formatTime(value, { zone: 'UTC', detail })}
      </time>
    );
  }
  const here = formatTime(value, { detail, named: detail !== 'date' });
  if (!zone || zone === own) {
    return (
      <time dateTime={iso} title={iso} className="figure">
        {here}
      </time>
    );
  }
  return (
    <time dateTime={iso} title={iso}>
      <span className="figure">{here}</span>{' '}
      <Text span c="dimmed" size="xs" className="figure">
        ({formatTime(value, { zone, detail, named: true })})
      </Text>
    </time>
  );
}
