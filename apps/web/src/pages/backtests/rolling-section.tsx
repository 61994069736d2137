import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ChartSeries } from '../../charts/series-canvas';
import { SeriesChart } from '../../charts/series-chart';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { numberIn } from './metric-text';
import { rollingQuery } from './queries';

const WINDOWS = ['21', '63', '126', '252'];

const seriesOf = (items: readonly Record<string, unknown>[]): ChartSeries[] => {
  const points = (key: string) =>
    items.map((item) => ({ time: Date.parse(String(item.date)), value: numberIn(item, key) }));
  return [
    { name: 'Sharpe ratio', points: points('sharpe_ratio') },
    { name: 'Volatility a year', points: points('volatility'), pane: 1, unit: 'percent' },
    { name: 'Beta to buy and hold', points: points('beta'), pane: 2 },
  ];
};

/** Figures of the window that ends at each bar. */
export function RollingSection({ id, daily }: { id: string; daily: boolean }) {
  const [window, setWindow] = useState('63');
  const query = useQuery(rollingQuery(id, Number(window)));
  const series = useMemo(() => query.data && seriesOf(query.data.items), [query.data]);
  return (
    <Section
      title="Rolling figures"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Bars of a window"
          value={window}
          onChange={setWindow}
          data={WINDOWS.map((bars) => ({ value: bars, label: `${bars} bars` }))}
        />
      }
    >
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 || !series ? (
            <Empty title="No whole window">The run has fewer bars than a window of {window}.</Empty>
          ) : (
            <SeriesChart
              label={`Sharpe ratio, volatility and beta of the last ${window} bars at each bar`}
              series={series}
              daily={daily}
              height={460}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
