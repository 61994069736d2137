import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { formatNumber } from '../../format/number';
import { ButtonLink, PageLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { ComparedCurves } from './compared-curves';
import { comparedRuns } from './compared-runs';
import { metricText } from './metric-text';
import { strategiesQuery } from '../../definitions/strategies-query';
import { metricsQuery } from './queries';

const route = getRouteApi('/app/backtests/compare');

/** Metrics of several runs side by side; the best of each by the direction of the metric. */
export function ComparePage() {
  const ids = route.useSearch().ids.split(',').filter(Boolean);
  const query = useQuery({
    queryKey: ['backtest', 'compare', ids],
    queryFn: ({ signal }) =>
      answer(
        research.POST('/api/backtests/compare', {
          body: { backtest_ids: ids },
          signal,
        }),
      ),
    enabled: ids.length > 1,
    refetchInterval: false,
  });
  const all = <ButtonLink to="/backtests">All backtests</ButtonLink>;
  if (ids.length < 2) {
    return (
      <Page title="Compare backtests">
        <Empty title="Two at least" action={all}>
          Choose completed backtests in the list, then compare them here.
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Compare backtests" lead="The best of each metric is marked by its direction." actions={all}>
      <QueryView query={query} lines={10}>
        {(comparison) => <Compared comparison={comparison} />}
      </QueryView>
    </Page>
  );
}

function Compared({ comparison }: { comparison: components['schemas']['ComparisonDto'] }) {
  const { items, metrics, best, same_data: sameData, correlation } = comparison;
  const catalogue = useQuery(metricsQuery);
  const { data: strategies } = useQuery(strategiesQuery);
  const runs = useMemo(
    () => comparedRuns(items, (wanted) => strategies?.find(({ id }) => id === wanted)?.name),
    [items, strategies],
  );
  const matrix = correlation as unknown as (number | null)[][];
  return (
    <>
      <Text size="sm" fw={sameData ? undefined : 600}>
        {sameData
          ? 'All of them read the same bars.'
          : '! They read different bars: a better figure may come from the time or the market.'}
      </Text>
      <ComparedCurves runs={runs} />
      <Section title="Metrics">
        <QueryView query={catalogue} lines={10}>
          {(known) => (
            <Table.ScrollContainer minWidth={200 + 160 * runs.length}>
              <Table striped verticalSpacing={6} aria-label="Metrics side by side">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">Metric</Table.Th>
                    {runs.map(({ id, strategy, revision }) => (
                      <Table.Th key={id} scope="col" ta="right">
                        <PageLink to="/backtests/$id" params={{ id }} fz="sm">
                          {strategy}
                        </PageLink>
                        <Text size="xs" c="dimmed">
                          version {revision}
                        </Text>
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {known
                    .filter(({ key }) => Array.isArray(metrics[key]))
                    .map(({ key, name, unit, definition }) => (
                      <Table.Tr key={key}>
                        <Table.Th scope="row" fw={500} title={definition}>
                          {name}
                        </Table.Th>
                        {runs.map(({ id }, index) => {
                          const value = (metrics[key] as (number | null)[])[index];
                          const isBest = (best[key] as string[] | undefined)?.includes(id) ?? false;
                          return (
                            <Table.Td key={id} ta="right" className="figure" fw={isBest ? 700 : undefined}>
                              {isBest && <span title="The best of them">★ </span>}
                              {metricText(value, unit)}
                            </Table.Td>
                          );
                        })}
                      </Table.Tr>
                    ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </QueryView>
      </Section>
      <Section title="Correlation of returns on common bars">
        <Table.ScrollContainer minWidth={0}>
          <Table aria-label="Correlation of returns">
            <Table.Thead>
              <Table.Tr>
                <Table.Td />
                {runs.map(({ id, name }) => (
                  <Table.Th key={id} scope="col" ta="right">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {matrix.map((row, index) => (
                <Table.Tr key={runs[index]?.id}>
                  <Table.Th scope="row">{runs[index]?.name}</Table.Th>
                  {row.map((value, column) => (
                    <Table.Td key={runs[column]?.id} ta="right" className="figure">
                      {formatNumber(value, 3)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Section>
    </>
  );
}
