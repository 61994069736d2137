import { Anchor, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { EChart } from '../../../charts/e-chart';
import { binsOf, histogram, histogramTable } from '../../../charts/histogram';
import { usePalette } from '../../../charts/palette';
import { isDaily } from '../../../charts/use-bars';
import { formatCount, formatNumber, formatPercent } from '../../../format/number';
import { formatTime } from '../../../format/time';
import { QueryView } from '../../../states/query-view';
import { loadedList } from '../../../tables/cursor-list';
import { DataTable, type Column } from '../../../tables/data-table';
import { Facts } from '../../../values/facts';
import { Figure } from '../../../values/figure';
import { datasetQuery, type Dataset } from '../queries';
import { profileOf } from './column-profile';

const BINS = 40;
const PREVIEW_ROWS = 10;
const text = (value: number): string => formatNumber(value, 4);

type Row = readonly [number, number | null];

function Distribution({ values, name }: { values: readonly number[]; name: string }) {
  const palette = usePalette();
  const data = useMemo(() => ({ bins: binsOf(values, BINS), valueName: name }), [values, name]);
  const option = useMemo(() => histogram(data, palette, text), [data, palette]);
  return (
    <EChart label={`Distribution of ${name}`} option={option} table={() => histogramTable(data, text)} height={280} />
  );
}

/** What a dataset looks like: how much is missing, its moments, its distribution, its last rows. */
export function ProfileView({ feature, name, dataset }: { feature: string; name: string; dataset: Dataset }) {
  const query = useQuery(datasetQuery(feature, dataset.dataset_id));
  return (
    <QueryView query={query}>{(column) => <Profile rows={[...column]} {...{ feature, name, dataset }} />}</QueryView>
  );
}

interface Props {
  rows: readonly Row[];
  feature: string;
  name: string;
  dataset: Dataset;
}

function Profile({ rows, feature, name, dataset }: Props) {
  const daily = isDaily(dataset.timeframe);
  const profile = profileOf(rows.map(([, value]) => value));
  const present = rows.flatMap(([, value]) => value ?? []);
  const columns: Column<Row>[] = [
    {
      key: 'time',
      header: 'Bar',
      cell: ([time]) =>
        daily ? formatTime(time, { zone: 'UTC', detail: 'date' }) : formatTime(time, { detail: 'minute' }),
    },
    { key: 'value', header: name, align: 'right', cell: ([, value]) => <Figure value={value} digits={6} /> },
  ];
  const address = `/api/features/${feature}/datasets/${dataset.dataset_id}/export`;
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          ['Rows', formatCount(profile.rows)],
          ['Missing', `${formatCount(profile.missing)} (${formatPercent(profile.missingShare, 1)})`],
          ['Mean', <Figure key="mean" value={profile.mean} />],
          ['Deviation', <Figure key="deviation" value={profile.deviation} />],
          ['Least', <Figure key="min" value={profile.min} />],
          ['Median', <Figure key="median" value={profile.median} />],
          ['Greatest', <Figure key="max" value={profile.max} />],
        ]}
      />
      {present.length > 0 && <Distribution values={present} name={name} />}
      <DataTable
        label={`The last rows of ${name}`}
        columns={columns}
        list={loadedList(rows.slice(-PREVIEW_ROWS).toReversed())}
        rowKey={([time]) => String(time)}
        empty={null}
        total={rows.length}
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
