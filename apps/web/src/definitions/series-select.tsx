import { Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { plural } from '../format/words';
import { PageLink } from '../shell/links';
import { Loading } from '../states/loading';
import { ProblemAlert } from '../states/problem-alert';
import { allSeriesQuery, seriesKey, type StoredSeries } from './series-query';

interface Props {
  value: StoredSeries | null;
  onChange: (series: StoredSeries | null) => void;
  label?: string;
  error?: string | undefined;
}

const textOf = ({ symbol, timeframe, source, bars, synthetic }: StoredSeries): string =>
  `${symbol}, ${plural(bars, 'bar')} of ${timeframe} from ${source}${synthetic ? ', made up' : ''}`;

/** One of the stored series. */
export function SeriesSelect({ value, onChange, label = 'Series of bars', error }: Props) {
  const query = useQuery(allSeriesQuery);
  if (query.isPending) return <Loading lines={1} height={36} />;
  if (query.isError) return <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) {
    return (
      <Text size="sm">
        There are no bars yet.{' '}
        <PageLink to="/data" underline="always">
          Import some first
        </PageLink>
        .
      </Text>
    );
  }
  const byKey = new Map(query.data.map((series) => [seriesKey(series), series]));
  return (
    <Select
      label={label}
      searchable
      placeholder="Choose"
      data={[...byKey].map(([key, series]) => ({ value: key, label: textOf(series) }))}
      value={value && seriesKey(value)}
      onChange={(key) => onChange((key && byKey.get(key)) || null)}
      error={error}
      allowDeselect={false}
    />
  );
}
