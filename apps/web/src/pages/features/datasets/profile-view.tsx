import { Anchor, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { EChart } from '../../../charts/e-chart';
import { histogram, histogramTable, type Bins } from '../../../charts/histogram';
import { usePalette } from '../../../charts/palette';
import { isDaily } from '../../../format/timeframe';
import { formatCount, formatNumber, formatPercent } from '../../../format/number';
import { formatTime } from '../../../format/time';
import { QueryView } from '../../../states/query-view';
import { loadedList } from '../../../tables/cursor-list';
import { DataTable, type Column } from '../../../tables/data-table';
import { Facts } from '../../../values/facts';
import { Figure } from '../../../values/figure';
import { profileQuery, type Dataset, type DatasetProfile } from '../queries';

const text = (value: number): string => formatNumber(value, 4);

interface Row {
  time: string;
  value: number | null;
}

function Distribution({ bins, name }: { bins: Bins; name: string }) {
  const palette = usePalette();
  const data = useMemo(() => ({ bins, valueName: name }), [bins, name]);
  const option = useMemo(() => histogram(data, palette, text), [data, palette]);
  return (
    <EChart label={`Distribution of ${name}`} option={option} table={() => histogramTable(data, text)} height={280} />
  );
}

/** What a dataset looks like: how much is missing, its moments, its distribution, its last rows. */
export function ProfileView({ feature, name, dataset }: { feature: string; name: string; dataset: Dataset }) {
  const query = useQuery(profileQuery(feature, dataset.dataset_id));
  return <QueryView query={query}>{(profile) => <Profile {...{ profile, feature, name, dataset }} />}</QueryView>;
}

interface Props {
  profile: DatasetProfile;
  feature: string;
  name: string;
  dataset: Dataset;
}

function Profile({ profile, feature, name, dataset }: Props) {
  const daily = isDaily(dataset.timeframe);
  const { rows, missing, histogram: bins } = profile;
  const columns: Column<Row>[] = [
    {
      key: 'time',
      header: 'Bar',
      cell: ({ time }) =>
        daily ? formatTime(time, { zone: 'UTC', detail: 'date' }) : formatTime(time, { detail: 'minute' }),
    },
    { key: 'value', header: name, align: 'right', cell: ({ value }) => <Figure value={value} digits={6} /> },
  ];
  const address = `/api/features/${feature}/datasets/${dataset.dataset_id}/export`;
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          ['Rows', formatCount(rows)],
          ['Missing', `${formatCount(missing)} (${formatPercent(rows === 0 ? null : missing / rows, 1)})`],
          ['Mean', <Figure key="mean" value={profile.mean} />],
          ['Deviation', <Figure key="deviation" value={profile.std} />],
          ['Least', <Figure key="min" value={profile.min} />],
          ['Median', <Figure key="median" value={profile.quantiles?.p50} />],
          ['Greatest', <Figure key="max" value={profile.max} />],
        ]}
      />
      {bins && <Distribution bins={bins} name={name} />}
      <DataTable
        label={`The last rows of ${name}`}
        columns={columns}
        list={loadedList((profile.tail as unknown as Row[]).toReversed())}
        rowKey={({ time }) => time}
        empty={null}
        total={rows}
      />
      <Group gap="md">
        {(['csv', 'parquet'] as const).map((format) => (
          <Anchor key={format} href={`${address}?format=${format}`} size="sm" download>
            All rows as {format === 'csv' ? 'CSV' : 'Parquet'}
          </Anchor>
        ))}
      </Group>
    </Stack>
  );
}
