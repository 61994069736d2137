import { Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { SeriesChart } from '../../charts/series-chart';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { curvesOf } from './curve';
import { equityQuery } from './queries';

export function EquitySection({ id, daily }: { id: string; daily: boolean }) {
  const query = useQuery(equityQuery(id));
  const series = useMemo(() => query.data && curvesOf(query.data), [query.data]);
  return (
    <Section title="Equity and drawdown">
      <QueryView query={query}>
        {(points) =>
          points.length === 0 || !series ? (
            <Empty title="No scored bar">Nothing was scored in this range.</Empty>
          ) : (
            <>
              <SeriesChart
                label="Value of 1 at the start, after costs; below it the fall from the peak so far"
                series={series}
                daily={daily}
                height={460}
              />
              <Group justify="flex-end">
                <Anchor size="sm" href={`/api/backtests/${id}/equity-curve?format=csv`} download={`equity-${id}.csv`}>
                  Download as CSV
                </Anchor>
              </Group>
            </>
          )
        }
      </QueryView>
    </Section>
  );
}
