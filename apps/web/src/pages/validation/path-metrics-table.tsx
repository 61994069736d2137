import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { usePalette } from '../../charts/palette';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { metricText } from '../backtests/metric-text';
import { metricsQuery } from '../backtests/queries';
import { metricsOverPaths, type MetricOverPaths, type Quantile } from './path-metrics';

const WIDTH = 96;

/** A mark a path between the least and the greatest; the numbers stand beside it. */
function Strip({ places }: Pick<MetricOverPaths, 'places'>) {
  const palette = usePalette();
  return (
    <svg viewBox={`0 0 ${WIDTH} 14`} width={WIDTH} height={14} aria-hidden="true">
      <line x1={5} x2={WIDTH - 5} y1={7} y2={7} stroke={palette.grid} />
      {places.map((place, path) => (
        <circle
          key={path}
          cx={5 + place * (WIDTH - 10)}
          cy={7}
          r={3.5}
          fill={palette.series[0]}
          fillOpacity={0.45}
          stroke={palette.series[0]}
        />
      ))}
    </svg>
  );
}

const quantile = (key: Quantile, header: string): Column<MetricOverPaths> => ({
  key,
  header,
  align: 'right',
  cell: (row) => metricText(row[key], row.unit),
});

const COLUMNS: Column<MetricOverPaths>[] = [
  { key: 'metric', header: 'Metric', cell: ({ name }) => name },
  { key: 'strip', header: 'Each path', wide: true, cell: ({ places }) => <Strip places={places} /> },
  quantile('least', 'Least'),
  quantile('q25', '25 %'),
  quantile('median', 'Median'),
  quantile('q75', '75 %'),
  quantile('greatest', 'Greatest'),
  {
    key: 'paths',
    header: 'Paths',
    align: 'right',
    cell: ({ defined, reason }) => (
      <>
        {defined}
        {reason && (
          <Text size="xs" c="dimmed">
            {reason}
          </Text>
        )}
      </>
    ),
  },
];

/** Every metric of the catalogue over the paths. */
export function PathMetricsTable({ result }: { result: Record<string, unknown> }) {
  const catalogue = useQuery(metricsQuery);
  return (
    <QueryView query={catalogue} lines={10}>
      {(metrics) => {
        const rows = metricsOverPaths(result, metrics);
        return (
          rows && (
            <DataTable
              label="Metrics over the paths"
              columns={COLUMNS}
              list={loadedList(rows)}
              rowKey={({ key }) => key}
              empty={null}
              minWidth={720}
            />
          )
        );
      }}
    </QueryView>
  );
}
